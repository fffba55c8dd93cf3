// Package wechat is the adapter of WeChat. As a mini-program it finds out who an
// account is and whether a face belongs to a resident ID, and sends a message when
// a todo has arrived. As a service account it provides the QR code, the answers and
// the menu of technical support.
//
// It implements session.Authorizer and verification.FaceChecker with
// silenceper/wechat/v2, and hides everything that has a name of WeChat's own. The
// SDK has one HTTP client for the whole process, prints secrets into its errors, and
// trusts some unverified input. Only sdk.go knows the SDK, and passes it neither a
// secret nor network access. What the SDK does unsafely or not at all is implemented
// here from WeChat's documents: the face check, tokens that replicas share, and the
// messages that WeChat's server pushes to us.
//
// The package must not log, and its only error of a call is kit.CallError (R32). It
// never imports bff, sql or another adapter.
package wechat

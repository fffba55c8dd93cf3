// Package alipay is the adapter of the Alipay open platform. It finds out who an
// account is, what Alipay knows of its owner, and whether a face belongs to a
// document, and notifies accounts that a todo has arrived.
//
// It implements session.Authorizer, session.Prefiller and verification.FaceChecker
// with smartwalle/alipay/v3, and hides everything that has a name of Alipay's own.
// It adds what the SDK leaves open: time-outs, limits of answers, checks of the
// HTTP status, redirects and the host, the time zone, and the rule that an unsigned
// answer decides nothing.
//
// The package must not log, and its only error of a call is kit.CallError (R32). It
// never imports bff, sql or another adapter.
package alipay

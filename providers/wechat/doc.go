// Package wechat calls WeChat. As a mini-program it asks who an account is and
// whether a face belongs to a resident ID, and sends a message when a todo has
// arrived. As a service account it provides the QR code, the answers and the menu
// of technical support.
//
// It implements session.Authorizer and verification.FaceChecker on
// silenceper/wechat/v2 and keeps to itself everything that WeChat calls by its
// own names. The SDK has one HTTP client for the whole process, prints secrets
// into its errors, and decides some things by the sender's word; sdk.go is the
// only file that knows it, and returns it neither a secret nor the network. What
// it does unsafely, or not at all, is done here by WeChat's documents: the face,
// tokens shared by replicas, and what WeChat's server pushes to us.
//
// No error of this package carries an answer, an address or a sentence of
// somebody else: only the fields of CallError leave it (R32). Nothing is logged.
//
// It never imports bff, sql or another provider.
package wechat

// Package alipay speaks to the Alipay open platform: who an account is, what
// Alipay knows of its owner, and whether a face belongs to a document.
//
// It implements session.Authorizer, session.Prefiller and
// verification.FaceChecker on smartwalle/alipay/v3 and keeps to itself
// everything that Alipay calls by its own names. What the SDK leaves open is
// closed here: time-outs, the size of answers, the HTTP status, redirects, the
// host, the time zone, and answers without a signature, which decide nothing.
//
// No error of this package carries an answer, an address or a sentence of
// somebody else: only the fields of CallError leave it (R32). Nothing is logged.
//
// It never imports bff, sql or another provider.
package alipay

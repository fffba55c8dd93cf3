// Package tencentcloud asks Tencent Cloud's identity service (慧眼, faceid)
// whether a bank card belongs to a person, and whether name, number and validity
// belong to one resident ID.
//
// The vendor's SDK signs the request (TC3-HMAC-SHA256) and does nothing else:
// instead of its HTTP transport stands a transport of ours that asserts the host,
// refuses redirects, bounds the answer and keeps it from the SDK's own parser,
// which copies whole answers into error texts and panics on some. Nothing is ever
// retried: the source cannot be asked what became of a query (R11).
//
// The package must not log, and its errors carry action, code, status and
// request id alone (R32).
package tencentcloud

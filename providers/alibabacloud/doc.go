// Package alibabacloud asks Alibaba Cloud's identity service (实人认证,
// cloudauth) whether a bank card belongs to a person, and whether name, number
// and validity belong to one document.
//
// Requests are signed here (ACS3-HMAC-SHA256): the vendor's client would bring
// some seventy modules for one call. They go over a kit.Line: one host, no
// redirect, bounded answers, no repeats, since the source cannot be asked what
// became of a query (R11). Parameters travel in the body, never in an address.
//
// The package must not log, and its errors carry action, code, status and
// request id alone (R32).
package alibabacloud

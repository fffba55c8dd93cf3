// Package alibabacloud is the adapter of Alibaba Cloud's identity service (实人认证,
// cloudauth). It checks whether a bank card belongs to a person, and whether name,
// number and validity belong to one document.
//
// The package signs requests itself (ACS3-HMAC-SHA256), because the vendor's client
// would bring some seventy modules for one call. It never repeats a call, because
// the source cannot be asked what became of a query (R11). Parameters are sent in
// the body, never in an address.
//
// The package must not log, and its only error of a call is kit.CallError (R32).
package alibabacloud

// Package agency is the adapter of an authority's own data gateway. It checks
// documents that no commercial source may check, and lets the gateway compare a
// living face with the authority's record. The gateway implements our contract,
// docs/agency.md.
//
// Trust is based on signatures, in addition to TLS. We sign requests, and the
// gateway signs answers (RFC 9421), including the signature of the request that it
// answers. An answer is rejected if it is unsigned, signed by another key, about
// another request, or not recent. A face passes only with the gateway's verdict on
// liveness (R14), and only for the document and account with which its session was
// started.
//
// Every call is idempotent by its attempt id and may be repeated. The package must
// not log, and its only error of a call is kit.CallError (R32).
package agency

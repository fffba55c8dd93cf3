// Package agency asks an authority's own data gateway about documents that no
// commercial source may check, and lets it compare a living face with the
// authority's record. The gateway implements our contract, docs/agency.md.
//
// Trust lies in signatures, on top of TLS: requests are signed by us and
// answers by the gateway (RFC 9421), each answer over the signature of the
// request that it answers. An answer that is unsigned, signed by another key,
// about another request or not of now is not believed. A face passes
// only with the gateway's verdict on liveness (R14), and only for the document
// and account that its session was begun with.
//
// Every call is idempotent by its attempt id and may be repeated. The package
// must not log, and its errors carry call, code, status and reference alone (R32).
package agency

// Package registry connects the registration authorities' systems. It reads the
// operator's file of registries (Directory), verifies their signed requests
// (Verifier) and delivers events to them (Deliverer).
//
//	registry ──RFC 9421 signature──▶ Verifier.Check ──▶ its own cases
//	registry ◀──Standard Webhooks──  Deliverer      ◀── events
//
// A registry is not trusted in either direction. A request is accepted only under
// the registry's own key, once, for this host and within minutes. An event is sent
// only to addresses that the operator named, which are checked when the connection
// is made. The libraries that read and write signatures do not check nonce, clock,
// digest and limits, so this package does.
//
// The package must not log. Its errors name a code or a place in the file, never a
// value (R32).
package registry

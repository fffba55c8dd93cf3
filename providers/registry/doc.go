// Package registry is the way between this service and the registration
// authorities' systems: it reads the operator's file of registries (Directory),
// believes their signed requests (Gate) and pushes events to them (Deliverer).
//
//	registry ──RFC 9421 signature──▶ Gate.Check ──▶ its own cases
//	registry ◀──Standard Webhooks──  Deliverer  ◀── events
//
// A registry is an outsider on both ways. What it sends is believed only under
// its own key, once, for this host and within minutes; what is sent to it goes
// only to the addresses that the operator named, checked when the connection is
// made. The libraries that read and write signatures leave nonce, clock, digest
// and bounds to this package.
//
// The package must not log; its errors name a code or a place in the file,
// never a value (R32).
package registry

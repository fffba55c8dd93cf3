// Package todo holds the rules on what a person has to answer: cases that a
// registry pushes, todos within their window, the detail that is shown,
// confirmations, declines, and the events that tell the registry (rules
// R6, R8, R18…R27).
//
// # States
//
//	todo   open ──► confirmed | refused | expired | superseded | withdrawn | done_at_window
//	event  written with its cause ──► sequenced (feed) ──► delivered | dead
//
// The todo row carries state, revision, digest and expires_at, so that one
// conditional update settles confirm against expire, withdraw and revise; the
// workers only announce. A confirmation is sealed before its transaction and
// written together with todo, verification, event and idempotency key.
//
// The package knows no transport and no SQL; store.go says what it asks for.
package todo

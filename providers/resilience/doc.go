// Package resilience stands between the rules and each third party, so that one
// that is slow, silent or broken takes nothing from the rest of the server.
//
// Every call of every provider has a gate of its own: a bulkhead, which lets so
// many calls out at a time, and a circuit breaker, which lets none out for a
// while after too many went wrong. Who is turned away at a gate gets an answer
// at once, and an error that is verification.ErrNothingDone (for a session's
// calls session.ErrUnavailable): nothing was sent, so nothing may be counted and
// another provider may be asked.
//
// The decorators change nothing else: they repeat no call, cut none short, and
// hand results and errors through as they are. The package knows no adapter; an
// adapter's error says of itself what it tells of its provider (see Health). It
// must not log.
package resilience

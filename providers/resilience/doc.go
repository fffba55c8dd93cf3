// Package resilience protects the server from third parties that are slow, silent
// or broken.
//
// Every call of every provider has a circuit. Its bulkhead limits how many calls
// run at a time. Its circuit breaker rejects all calls for a while after too many
// have failed. A rejected call fails at once with verification.ErrNothingDone (with
// session.ErrUnavailable for a session's calls): nothing was sent, so no try is
// counted and another provider may be asked.
//
// The decorators change nothing else. They do not repeat or cancel calls, and
// return results and errors unchanged. The package knows no adapter: an error of an
// adapter reports what it says about its provider (see Health). The package must
// not log.
package resilience

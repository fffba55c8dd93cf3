// Package verification holds the rules on how a person proves who they are:
// notices and consents, policy, checks, attempts and limits, failures and their
// remedies (rules R5…R17, R33, R34).
//
// # States
//
//	verification  open ──► awaiting_acceptance ──► passed ──► consumed
//	                │              │                 │
//	                └──────────────┴─────────────────┴──► failed, expired, voided
//	check         pending ⇄ open ──► passed | failed;  pending ──► skipped
//	attempt       open ──► passed | failed | cancelled | unresolved | superseded
//	                └────► unknown ──► (the same ends)
//
// An access verification waits for the person to accept the captured photo; a
// confirm verification goes to passed at once and is consumed by the
// confirmation. Every change is one conditional update in the store; a rule
// never calls the next step, it stores the new state and returns.
//
// What the client reports is never trusted: a check passes only by our own query of
// the provider, for the id, account, name and number that were stored at the start.
//
// The package knows no transport, no SQL and no third party. The interfaces in
// store.go and provider.go are what it needs from outside.
package verification

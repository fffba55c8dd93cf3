// Package session holds the rules on who the caller is: accounts of a channel,
// sessions, prefilled documents, access grants and idempotency keys (rules R1…R4,
// R31).
//
// A request carries an opaque token. Service.Authenticate turns it into a Session,
// which has the account and, if one is live, the grant that lets this session see one
// subject's todos. Nothing here verifies a person: verification makes a grant when
// its result is accepted.
//
// The package knows no transport and no SQL. The interfaces in store.go and
// provider.go are what it needs from outside.
package session

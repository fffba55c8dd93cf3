// Package session holds the rules on who is calling: accounts of a channel,
// sessions, prefilled documents, access grants and idempotency keys
// (rules R1…R4, R31).
//
// A request arrives with an opaque token; Service.Authenticate turns it into a
// Session, which carries the account and, where one lives, the grant that lets
// this session see one subject's todos. Nothing here verifies a person: a grant
// is made by verification when its result is accepted.
//
// The package knows no transport and no SQL. It asks for what it needs through
// the interfaces of store.go and provider.go.
package session

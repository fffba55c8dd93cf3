// Package operations has what an operator sees of the service: how far persons get and what stops them, third parties,
// registries, support tickets, and the attempts of one verification.
//
// None of it contains personal data. The attempts of a verification belong to a person, however, so each access to them is
// recorded and shown to that person.
//
// The package knows no transport and no SQL.
package operations

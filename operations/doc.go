// Package operations has what an operator sees of the service: how far persons get, what stops them, third parties,
// registries, support tickets, and the steps of a verification. It contains no personal data; steps belong to a person, so
// that each look at them is recorded.
//
// The package knows no transport and no SQL.
package operations

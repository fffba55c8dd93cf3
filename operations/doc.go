// Package operations has what an operator sees of the service: how far persons get, and what stops them. It contains
// numbers, states and times, and nothing personal.
//
// The package knows no transport and no SQL.
package operations

// Package setting defines how a package reports what is wrong with its
// configuration: one [Error] for each field, all of them joined.
//
// It is a package of its own because its users may not know each other: rules
// (verification/policy), adapters (providers/*) and the program that reads an
// operator's settings (cmd/bff) all share it. It therefore imports only the
// standard library. It is not a part of package identity, which describes people.
package setting

import (
	"errors"
	"fmt"
)

// Error is what is wrong with one field of a configuration.
type Error struct {
	// Field is the Go name of the field, such as "AppID", or "Todo.Page" for a
	// field of a nested struct. cmd/bff replaces it by the name of the variable
	// that an operator sets.
	Field string
	Err   error // never repeats the value, which may be secret
}

// Error returns the field and what is wrong with it.
func (e *Error) Error() string { return e.Field + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Wrap returns err as an error of a field, and nil if err is nil.
func Wrap(field string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Field: field, Err: err}
}

// Require returns an error of a field with the text of a rule unless the rule
// holds.
func Require(holds bool, field, rule string) error { //nolint:revive // flag-parameter: the condition is what it checks, as in an assertion
	if holds {
		return nil
	}
	return &Error{Field: field, Err: errors.New(rule)}
}

// Errorf returns an error of a field with a text that is formatted like that of
// fmt.Errorf.
func Errorf(field, format string, args ...any) error {
	return &Error{Field: field, Err: fmt.Errorf(format, args...)}
}

// Split returns the errors that err joins, at any depth, in their order. An error
// of a field stays whole.
func Split(err error) []error {
	switch e := err.(type) { //nolint:errorlint // the tree is walked level by level
	case nil:
		return nil
	case *Error:
		return []error{e}
	case interface{ Unwrap() []error }:
		var all []error
		for _, joined := range e.Unwrap() {
			all = append(all, Split(joined)...)
		}
		return all
	}
	return []error{err}
}

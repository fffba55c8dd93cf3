package rulebook

import (
	"errors"
	"fmt"
	"slices"
)

var errAltered = errors.New("its row was changed past the server")

// UnusableError reports an approved version that this server cannot use, such as one that was approved on a newer release.
type UnusableError struct {
	Kind   Kind
	Number int64
	cause  error
}

func (e *UnusableError) Error() string {
	return fmt.Sprintf("version %d of %s cannot be used: %v", e.Number, e.Kind, e.cause)
}

// Unwrap returns why.
func (e *UnusableError) Unwrap() error { return e.cause }

// IsOnly reports whether err, as [Service.Refresh] returns it, tells of unusable versions of these kinds and of nothing else.
func IsOnly(err error, kinds ...Kind) bool {
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	return !slices.ContainsFunc(all, func(one error) bool {
		unusable, ok := errors.AsType[*UnusableError](one)
		return !ok || !slices.Contains(kinds, unusable.Kind)
	})
}

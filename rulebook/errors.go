package rulebook

import "fmt"

// UnusableError reports an approved version that this server cannot load, such as one that a newer version of it approved.
type UnusableError struct {
	Kind   Kind
	Number int64
	cause  error
}

func (e *UnusableError) Error() string {
	return fmt.Sprintf("version %d of %s cannot be used: %v", e.Number, e.Kind, e.cause)
}

// Unwrap returns what the loader said.
func (e *UnusableError) Unwrap() error { return e.cause }

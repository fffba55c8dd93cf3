package bff

// secret is a text of a client that must not be printed.
type secret string

// String returns a placeholder.
func (secret) String() string { return "[hidden]" }

// GoString returns a placeholder for %#v.
func (secret) GoString() string { return "[hidden]" }

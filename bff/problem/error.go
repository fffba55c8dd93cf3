package problem

// Error rejects a request with a code of the [Table]. Guards and handlers return
// it where no rule has an error of its own.
type Error struct {
	Code   string
	Values []InvalidValue
}

// Error returns the code.
func (e *Error) Error() string { return e.Code }

// Reject returns an error with a code and the values that break a rule.
func Reject(code string, values ...InvalidValue) error { return &Error{Code: code, Values: values} }

// Invalid returns an error about values that break a rule.
func Invalid(values ...InvalidValue) error { return Reject(ValuesInvalid, values...) }

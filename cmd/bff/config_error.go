package main

import "errors"

// settingError is what is wrong with one setting.
type settingError struct {
	variable string
	err      error
}

// Error begins with the variable.
func (e *settingError) Error() string { return e.variable + ": " + e.err.Error() }

// Unwrap returns the cause.
func (e *settingError) Unwrap() error { return e.err }

// named puts the setting before what is wrong with it.
func named(variable string, err error) error {
	if err == nil {
		return nil
	}
	return &settingError{variable: variable, err: err}
}

// joined joins all problems: first those of decoding, then the others, except
// those of a setting that could not be decoded. They would judge a value that
// nobody has set.
func joined(decoding, others []error) error {
	undecoded := map[string]bool{}
	for _, problem := range decoding {
		if setting, ok := errors.AsType[*settingError](problem); ok {
			undecoded[setting.variable] = true
		}
	}
	problems := decoding
	for _, problem := range others {
		if setting, ok := errors.AsType[*settingError](problem); !ok || !undecoded[setting.variable] {
			problems = append(problems, problem)
		}
	}
	return errors.Join(problems...)
}

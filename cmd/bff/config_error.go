package main

import (
	"errors"

	"renzheng/setting"
)

// named puts the variable of a setting before what is wrong with it.
func named(variable string, err error) error { return setting.Wrap(variable, err) }

// joined joins all problems: first those of decoding, then the others, except
// those of a setting that could not be decoded. They would judge a value that
// nobody has set.
func joined(decoding, others []error) error {
	undecoded := map[string]bool{}
	for _, problem := range decoding {
		if named, ok := errors.AsType[*setting.Error](problem); ok {
			undecoded[named.Field] = true
		}
	}
	problems := decoding
	for _, problem := range others {
		if named, ok := errors.AsType[*setting.Error](problem); !ok || !undecoded[named.Field] {
			problems = append(problems, problem)
		}
	}
	return errors.Join(problems...)
}

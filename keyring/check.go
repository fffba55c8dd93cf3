package keyring

import (
	"crypto/hmac"
	"errors"
	"fmt"
)

// ErrOtherKeys is returned when the keys of this replica differ from those in use.
var ErrOtherKeys = errors.New("other keys than those in use")

// Check is the check value of one master or look-up key: equal for equal keys.
//
// Shape: kind "master" or "lookup", the id of the file, 32 bytes. Secrecy: safe to store and to log; it reveals nothing
// about the key.
type Check struct {
	Kind, ID string
	Value    []byte
}

// CompareChecks returns an error unless a replica with the check values mine may use a database that stores the check
// values of the active keys. A key that is only in mine is accepted, because it is new.
//
// Errors: [ErrOtherKeys] with every difference: a different value of an id, or a stored id that is not in mine.
func CompareChecks(mine, stored []Check) error {
	differences := otherValues(mine, stored)
	for _, s := range stored {
		if find(mine, s) == nil {
			differences = append(differences, fmt.Errorf("%s key %q is in use but not in the key file", s.Kind, s.ID))
		}
	}
	if len(differences) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrOtherKeys, errors.Join(differences...))
}

func otherValues(mine, stored []Check) []error {
	var differences []error
	for _, s := range stored {
		if m := find(mine, s); m != nil && !hmac.Equal(m.Value, s.Value) {
			differences = append(differences, fmt.Errorf("%s key %q has another value", s.Kind, s.ID))
		}
	}
	return differences
}

// find returns the check of the same kind and id, or nil.
func find(checks []Check, like Check) *Check {
	for i := range checks {
		if checks[i].Kind == like.Kind && checks[i].ID == like.ID {
			return &checks[i]
		}
	}
	return nil
}

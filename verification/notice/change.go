package notice

import (
	"errors"
	"fmt"
	"maps"
)

// CheckChange returns an error for each notice whose text changes from one file to another while its version stays: what a person
// accepted must be identified by the version, too. It also returns what Load does.
func CheckChange(before, after []byte) error {
	old, err := Load(before)
	if err != nil {
		return err
	}
	changed, err := Load(after)
	if err != nil {
		return err
	}
	var errs []error
	for _, data := range changed.all {
		for _, former := range old.all {
			if data.ID == former.ID && data.Version == former.Version && !maps.Equal(changed.hashes[data.ID], old.hashes[data.ID]) {
				errs = append(errs, fmt.Errorf("notice %q: its text has changed, so its version must differ from %q", data.ID, data.Version))
			}
		}
	}
	return errors.Join(errs...)
}

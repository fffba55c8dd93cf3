package keyring

import (
	"fmt"

	"renzheng/strictjson"
)

// reader reads a key file and collects its problems.
type reader struct{ strictjson.Report }

// failure returns all problems as one error, or nil.
func (r *reader) failure() error {
	if err := r.Err(); err != nil {
		return fmt.Errorf("reading the key file: %w", err)
	}
	return nil
}

package keyring

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// reader reads JSON strictly and collects problems instead of stopping at the first. It never quotes what it reads: a
// key pasted into the wrong place must not come back in an error.
type reader struct{ problems []error }

func (r *reader) report(at, problem string) {
	if at == "" {
		at = "/"
	}
	r.problems = append(r.problems, fmt.Errorf("%s: %s", at, problem))
}

func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return fmt.Errorf("reading the key file: %w", errors.Join(r.problems...))
}

// object gives the members of an object that has each of the names exactly once and no other.
func (r *reader) object(raw []byte, at string, names ...string) map[string]json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		r.report(at, "is not an object")
		return nil
	}
	members := make(map[string]json.RawMessage, len(names))
	for decoder.More() {
		token, err := decoder.Token()
		name, isName := token.(string)
		var value json.RawMessage
		if err != nil || !isName || decoder.Decode(&value) != nil {
			r.report(at, "is broken JSON near byte "+strconv.FormatInt(decoder.InputOffset(), 10))
			return nil
		}
		if !slices.Contains(names, name) {
			r.report(at, "has an unknown member")
		} else if _, twice := members[name]; twice {
			r.report(at, "has "+name+" twice")
		}
		members[name] = value
	}
	if !ends(decoder) {
		r.report(at, "is broken JSON at its end")
	}
	for _, name := range names {
		if members[name] == nil {
			r.report(at, "lacks "+name)
		}
	}
	return members
}

// ends says whether the object is closed and nothing follows it.
func ends(decoder *json.Decoder) bool {
	if _, err := decoder.Token(); err != nil {
		return false
	}
	_, err := decoder.Token()
	return errors.Is(err, io.EOF)
}

// list gives the elements of an array. A missing value was reported by object and is empty here.
func (r *reader) list(raw json.RawMessage, at string) []json.RawMessage {
	var elements []json.RawMessage
	if raw == nil {
		return nil
	}
	if json.Unmarshal(raw, &elements) != nil || elements == nil {
		r.report(at, "is not a list")
	}
	return elements
}

// text gives a string; empty for a missing value, which object reported.
func (r *reader) text(raw json.RawMessage, at string) string {
	var text *string
	if raw == nil {
		return ""
	}
	if json.Unmarshal(raw, &text) != nil || text == nil {
		r.report(at, "is not a text")
		return ""
	}
	return *text
}

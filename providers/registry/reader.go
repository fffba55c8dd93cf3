package registry

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
)

// reader reads JSON strictly and collects problems instead of stopping at the
// first. It never quotes what it reads: a secret pasted into the wrong place
// must not come back in an error.
type reader struct {
	readFile func(path string) ([]byte, error) // reads the files of secrets that the file of registries names
	problems []error
}

// members are the names that an object may have.
type members struct{ required, optional []string }

func (r *reader) report(at, problem string) {
	if at == "" {
		at = "/"
	}
	r.problems = append(r.problems, fmt.Errorf("%s %s", at, problem))
}

// unread reports why a file was not read. It drops the path, which errors of the operating system quote.
func (r *reader) unread(at string, err error) {
	if system := new(fs.PathError); errors.As(err, &system) {
		err = system.Err
	}
	r.report(at, "names a file that cannot be read: "+err.Error())
}

func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return fmt.Errorf("reading the file of registries: %w", errors.Join(r.problems...))
}

// object gives the members of an object, or nil where it is none.
func (r *reader) object(raw []byte, at string, known members) map[string]json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		r.report(at, "is not an object")
		return nil
	}
	found := map[string]json.RawMessage{}
	for decoder.More() {
		token, err := decoder.Token()
		name, isName := token.(string)
		var value json.RawMessage
		if err != nil || !isName || decoder.Decode(&value) != nil {
			r.report(at, "is broken JSON near byte "+strconv.FormatInt(decoder.InputOffset(), 10))
			return nil
		}
		if !slices.Contains(known.required, name) && !slices.Contains(known.optional, name) {
			r.report(at, "has an unknown member")
			continue
		}
		if _, twice := found[name]; twice {
			r.report(at, "has "+name+" twice")
		}
		found[name] = value
	}
	if !ends(decoder) {
		r.report(at, "is broken JSON at its end")
	}
	for _, name := range known.required {
		if found[name] == nil {
			r.report(at, "lacks "+name)
		}
	}
	return found
}

// ends says whether the object is closed and nothing follows it.
func ends(decoder *json.Decoder) bool {
	if _, err := decoder.Token(); err != nil {
		return false
	}
	_, err := decoder.Token()
	return errors.Is(err, io.EOF)
}

// list gives the elements of an array. A missing value is empty here: object
// reported it where it is required.
func (r *reader) list(raw json.RawMessage, at string, most int) []json.RawMessage {
	var elements []json.RawMessage
	if raw == nil {
		return nil
	}
	if json.Unmarshal(raw, &elements) != nil || elements == nil {
		r.report(at, "is not a list")
	}
	if len(elements) > most {
		r.report(at, "has more than "+strconv.Itoa(most)+" entries")
		return elements[:most]
	}
	return elements
}

// text gives a string; empty for a missing value.
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

// shaped gives a string of a shape; empty for a missing or misshapen one.
func (r *reader) shaped(raw json.RawMessage, at string, shape *regexp.Regexp) string {
	text := r.text(raw, at)
	if raw != nil && !shape.MatchString(text) {
		r.report(at, "wants "+shape.String())
		return ""
	}
	return text
}

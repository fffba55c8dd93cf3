package strictjson

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Report reads a file value by value and collects its problems instead of stopping at the first. It never quotes what it
// reads, not even the name of an unknown member: a secret in the wrong place must not appear in an error. Pointers are
// the caller's. The zero Report is ready to use.
type Report struct{ problems []error }

// Names are the member names that an object may have.
type Names struct{ Required, Optional []string }

// Add adds the problem of the value at a pointer.
func (r *Report) Add(pointer, problem string) {
	if pointer == "" {
		pointer = "/"
	}
	r.problems = append(r.problems, fmt.Errorf("%s: %s", pointer, problem))
}

// Err returns all problems as one error, or nil.
func (r *Report) Err() error { return errors.Join(r.problems...) }

// Object returns the members of an object, or nil if the value is not an object.
func (r *Report) Object(raw []byte, pointer string, names Names) Object {
	object := Object{}
	err := eachMember(raw, func(name string, value json.RawMessage) {
		switch {
		case !slices.Contains(names.Required, name) && !slices.Contains(names.Optional, name):
			r.Add(pointer, "has an unknown member")
			return
		case object[name] != nil:
			r.Add(pointer, "has "+name+" twice")
		}
		object[name] = value
	}, jsontext.AllowDuplicateNames(true)) // each object reports its own
	if err != nil && !r.tolerates(pointer, newError(raw, err), err) {
		return nil
	}
	for _, name := range names.Required {
		if object[name] == nil {
			r.Add(pointer, "lacks "+name)
		}
	}
	return object
}

// tolerates adds a problem of the grammar, and reports whether the members could be read all the same.
func (r *Report) tolerates(pointer string, e *Error, err error) bool {
	switch {
	case errors.Is(err, errNoObject), e.Rule == Empty:
		r.Add(pointer, "is not an object")
	case e.Rule == Trailing:
		r.Add(pointer, "is broken JSON at its end")
		return true
	case e.Rule == UTF8:
		r.Add(pointer, "is not UTF-8")
	default:
		r.Add(pointer, "is broken JSON near byte "+strconv.FormatInt(e.Offset, 10))
	}
	return false
}

// List returns the elements of an array. A missing value has no elements and is not a problem: Object reports it if it is
// required.
func (r *Report) List(raw json.RawMessage, pointer string) []json.RawMessage {
	if raw == nil {
		return nil
	}
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil || elements == nil {
		r.Add(pointer, "is not a list")
	}
	return elements
}

// Text returns a string. A missing value is "" and not a problem.
func (r *Report) Text(raw json.RawMessage, pointer string) string {
	text, ok := unquote(raw)
	if !ok && raw != nil {
		r.Add(pointer, "is not a text")
	}
	return text
}

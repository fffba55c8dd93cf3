package receipt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

var errShape = errors.New("is of another shape")

// memberError is what is wrong with one member.
type memberError struct{ path, problem string }

func (e *memberError) Error() string {
	if e.path == "" {
		return errShape.Error()
	}
	return fmt.Sprintf(e.problem, e.path)
}

// in returns the error with the path of the member from one level above.
func (e *memberError) in(name string) *memberError {
	return &memberError{join(name, e.path), e.problem}
}

// difference returns an error that names the first member in which a text differs from what could be read of it. Both
// are canonical JSON, so members are compared in the order in which they were read.
func difference(text, read []byte) error {
	var got, want any
	if json.Unmarshal(text, &got) != nil || json.Unmarshal(read, &want) != nil {
		return errShape
	}
	if found := differ(got, want); found != nil {
		return found
	}
	return errShape
}

// differ returns nil for equal values. Only a difference gets a path: a path of each member would cost the square of
// the text.
func differ(got, want any) *memberError {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return differMembers(got, want)
		}
	case []any:
		if got, ok := got.([]any); ok && len(got) == len(want) {
			for i := range want {
				if found := differ(got[i], want[i]); found != nil {
					return found.in(strconv.Itoa(i))
				}
			}
			return nil
		}
	}
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return &memberError{problem: "has a member %s of another shape"}
}

func differMembers(got, want map[string]any) *memberError {
	names := slices.Concat(slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(want)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		theirs, isThere := got[name]
		ours, belongs := want[name]
		switch {
		case !belongs:
			return &memberError{join(name, ""), "has a member %s that does not belong there"}
		case !isThere:
			return &memberError{join(name, ""), "lacks the member %s"}
		}
		if found := differ(theirs, ours); found != nil {
			return found.in(name)
		}
	}
	return nil
}

// repeatedMember returns the path of the first repeated member of an object, or "". The text must not be deeper than
// maxDepth.
func repeatedMember(raw []byte) string {
	path, _ := repeated(json.NewDecoder(bytes.NewReader(raw)))
	return path
}

// repeated reads one value and returns the path of a repeated member in it, or "".
func repeated(d *json.Decoder) (string, error) {
	start, err := d.Token()
	switch {
	case err != nil:
		return "", err
	case start == json.Delim('{'):
		return repeatedInObject(d)
	case start == json.Delim('['):
		return repeatedInArray(d)
	}
	return "", nil
}

func repeatedInObject(d *json.Decoder) (string, error) {
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		name, _ := token.(string)
		if seen[name] {
			return join(name, ""), nil
		}
		seen[name] = true
		if path, err := repeatedBelow(d, name); path != "" || err != nil {
			return path, err
		}
	}
	_, err := d.Token()
	return "", err
}

func repeatedInArray(d *json.Decoder) (string, error) {
	for i := 0; d.More(); i++ {
		if path, err := repeatedBelow(d, strconv.Itoa(i)); path != "" || err != nil {
			return path, err
		}
	}
	_, err := d.Token()
	return "", err
}

// repeatedBelow is repeated for the value of a member or element.
func repeatedBelow(d *json.Decoder, name string) (string, error) {
	path, err := repeated(d)
	if path == "" {
		return "", err
	}
	return join(name, path), nil
}

// join returns the path of a member and, below it, a path that join returned or "". Every character of the name that is
// not plain is quoted.
func join(name, below string) string {
	if !isToken(name) {
		name = strconv.QuoteToASCII(name)
	}
	if below == "" {
		return name
	}
	return name + "/" + below
}

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

// difference returns an error that names the first member in which a text differs from what was decoded from it. Both
// are canonical JSON, so the members are compared in the order of the text.
func difference(text, read []byte) error {
	var got, want any
	if json.Unmarshal(text, &got) != nil || json.Unmarshal(read, &want) != nil {
		return errShape
	}
	return differ("", got, want)
}

func differ(path string, got, want any) error {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return differMembers(path, got, want)
		}
	case []any:
		if got, ok := got.([]any); ok && len(got) == len(want) {
			for i := range want {
				if err := differ(join(path, strconv.Itoa(i)), got[i], want[i]); err != nil {
					return err
				}
			}
			return nil
		}
	}
	switch {
	case reflect.DeepEqual(got, want):
		return nil
	case path == "":
		return errShape
	}
	return fmt.Errorf("has a member %s of another shape", path)
}

func differMembers(path string, got, want map[string]any) error {
	names := slices.Concat(slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(want)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		theirs, isThere := got[name]
		ours, belongs := want[name]
		at := join(path, name)
		switch {
		case !belongs:
			return fmt.Errorf("has a member %s that does not belong there", at)
		case !isThere:
			return fmt.Errorf("lacks the member %s", at)
		}
		if err := differ(at, theirs, ours); err != nil {
			return err
		}
	}
	return nil
}

// repeatedMember returns the path of the first repeated member of an object, or "".
func repeatedMember(raw []byte) string {
	path, _ := repeated(json.NewDecoder(bytes.NewReader(raw)), "")
	return path
}

// repeated reads one value and returns the path of its first repeated member, or "".
func repeated(d *json.Decoder, path string) (string, error) {
	start, err := d.Token()
	if err != nil || start != json.Delim('{') && start != json.Delim('[') {
		return "", err //nolint:wrapcheck // the caller ignores it
	}
	seen := map[string]bool{}
	for i := 0; d.More(); i++ {
		name := strconv.Itoa(i)
		if start == json.Delim('{') {
			var token json.Token
			if token, err = d.Token(); err != nil {
				return "", err //nolint:wrapcheck // as above
			}
			name, _ = token.(string)
		}
		at := join(path, name)
		if seen[name] {
			return at, nil
		}
		seen[name] = true
		var found string
		if found, err = repeated(d, at); found != "" || err != nil {
			return found, err
		}
	}
	_, err = d.Token()
	return "", err //nolint:wrapcheck // as above
}

// join returns the path of a member. Names with unusual characters are quoted.
func join(path, name string) string {
	if quoted := strconv.QuoteToASCII(name); !isToken(name) {
		name = quoted
	}
	if path == "" {
		return name
	}
	return path + "/" + name
}

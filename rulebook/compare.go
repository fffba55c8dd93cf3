package rulebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Change is a field that differs between two contents.
type Change struct {
	Field  string  // its way through the content, such as "entries · face_differs · texts · en · answer"
	Before []Piece // empty if the field is new
	After  []Piece // empty if it is gone
}

// Compare returns the fields that differ, in the order of their names. An object of a list that has an id is found by it, so
// that its place in the list does not matter. Lists of plain values are one field.
func Compare(before, after []byte) ([]Change, error) {
	return compare(before, after, fieldsOf)
}

// compare is Compare of the fields that a function finds in a content.
func compare(before, after []byte, fields func([]byte) (map[string]string, error)) ([]Change, error) {
	old, err := fields(before)
	if err != nil {
		return nil, err
	}
	changed, err := fields(after)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for name := range old {
		names[name] = true
	}
	for name := range changed {
		names[name] = true
	}
	var changes []Change
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, had := old[name]
		y, has := changed[name]
		if had && has && x == y {
			continue
		}
		c := Change{Field: name}
		c.Before, c.After = pieces(x, y)
		changes = append(changes, c)
	}
	return changes, nil
}

// separator of the parts of a field's name.
const separator = " · "

// fieldsOf returns the plain values of a content by name.
func fieldsOf(content []byte) (map[string]string, error) {
	var value any
	read := json.NewDecoder(bytes.NewReader(content))
	read.UseNumber()
	if err := read.Decode(&value); err != nil {
		return nil, fmt.Errorf("reading a content to compare: %w", err)
	}
	fields := map[string]string{}
	flatten(fields, "", value)
	return fields, nil
}

func flatten(fields map[string]string, name string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, one := range value {
			flatten(fields, join(name, key), one)
		}
	case []any:
		if plain, ok := plainList(value); ok {
			fields[name] = plain
			return
		}
		for i, one := range value {
			flatten(fields, join(name, nameOf(one, i)), one)
		}
	default:
		fields[name] = textOf(value)
	}
}

func join(name, part string) string {
	if name == "" {
		return part
	}
	return name + separator + part
}

// nameOf returns the name of an element of a list: its id, or where it stands.
func nameOf(value any, i int) string {
	if object, ok := value.(map[string]any); ok {
		if id, ok := object["id"].(string); ok && id != "" {
			return id
		}
	}
	return strconv.Itoa(i + 1)
}

func plainList(list []any) (string, bool) {
	texts := make([]string, len(list))
	for i, one := range list {
		switch one.(type) {
		case map[string]any, []any:
			return "", false
		}
		texts[i] = textOf(one)
	}
	return strings.Join(texts, ", "), true
}

func textOf(value any) string {
	if value == nil {
		return "null"
	}
	return fmt.Sprint(value)
}

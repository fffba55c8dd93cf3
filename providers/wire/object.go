package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"unicode/utf8"
)

var errNoObject = errors.New("not one JSON object with distinct members in UTF-8")

// Object is a JSON object, its values not yet read.
type Object map[string]json.RawMessage

// ReadObject reads one JSON object more strictly than encoding/json would:
// exact member names, no duplicates, valid UTF-8, nothing behind it. Two
// readers of one answer must see the same.
func ReadObject(raw []byte) (Object, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') || !utf8.Valid(raw) {
		return nil, errNoObject
	}
	found := Object{}
	for d.More() {
		token, err := d.Token()
		name, text := token.(string)
		var value json.RawMessage
		if err != nil || !text || d.Decode(&value) != nil {
			return nil, errNoObject
		}
		if _, twice := found[name]; twice {
			return nil, errNoObject
		}
		found[name] = value
	}
	if end, err := d.Token(); err != nil || end != json.Delim('}') {
		return nil, errNoObject
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errNoObject
	}
	return found, nil
}

// Text gives the string under a name, "" where there is none.
func (o Object) Text(name string) string {
	var text *string
	if json.Unmarshal(o[name], &text) != nil || text == nil {
		return ""
	}
	return *text
}

// Shaped gives the string under a name if it has the shape, else "". What is
// kept of another's text for errors and logs passes through here (R32).
func (o Object) Shaped(name string, shape *regexp.Regexp) string {
	text := o.Text(name)
	if !shape.MatchString(text) {
		return ""
	}
	return text
}

package strictjson

import (
	stdjson "encoding/json"
	"regexp"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Object is the members of a JSON object. Their values were checked and not decoded.
type Object map[string]stdjson.RawMessage

// ReadObject reads one object. Its values share the memory of data.
func ReadObject(data []byte) (Object, error) {
	if offset := deepAt(data); offset >= 0 {
		return nil, &Error{Rule: Depth, Offset: offset}
	}
	object := Object{}
	err := eachMember(data, func(name string, value stdjson.RawMessage) { object[name] = value })
	if err != nil {
		return nil, newError(data, err)
	}
	return object, nil
}

// visitor reads the members of an object, in their order.
type visitor struct {
	data  []byte
	visit func(name string, value stdjson.RawMessage)
}

// eachMember calls visit for every member of the object in data. Members before an error were visited.
func eachMember(data []byte, visit func(name string, value stdjson.RawMessage), options ...json.Options) error {
	return json.Unmarshal(data, &visitor{data, visit}, options...)
}

func (v *visitor) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if kind := d.PeekKind(); kind != jsontext.KindBeginObject && kind != jsontext.KindInvalid {
		return at(d, errNoObject)
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != jsontext.KindEndObject {
		name, err := d.ReadToken()
		if err != nil {
			return err
		}
		text := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return err
		}
		end := d.InputOffset()
		v.visit(text, v.data[int(end)-len(value):end:end])
	}
	_, err := d.ReadToken()
	return err
}

// Text returns the string of a member, or "" if the member is absent or not a string.
func (o Object) Text(name string) string {
	text, _ := unquote(o[name])
	return text
}

// Matching returns the string of a member if the pattern matches it, or "". What is kept of another party's text for
// errors and logs passes through here.
func (o Object) Matching(name string, pattern *regexp.Regexp) string {
	text, ok := unquote(o[name])
	if !ok || !pattern.MatchString(text) {
		return ""
	}
	return text
}

// unquote returns the string that a value is.
func unquote(value stdjson.RawMessage) (string, bool) {
	if len(value) == 0 || value[0] != '"' {
		return "", false
	}
	text, err := jsontext.AppendUnquote(nil, value)
	return string(text), err == nil
}

package strictjson

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const (
	maxDepth    = 16        // the deepest document of ours has 5 levels
	maxSafeInt  = 1<<53 - 1 // JavaScript reads a larger number as another one
	maxNameText = 40        // the longest member name of ours has 16 characters

	nameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_"
)

// Foreign precedes a member name in the result of [Parse] that has other characters than the names of our documents.
const Foreign = "\x00"

// Unfit replaces null, and numbers that are not whole or not safe in JavaScript, in the result of [Parse].
type Unfit struct{}

// Parse reads one value for a check against a schema. The result consists of map[string]any, []any, string, float64,
// bool and [Unfit], which fits no schema. A member name that has other characters than [a-z0-9_], or more than 40, begins
// with [Foreign], so that no schema knows it: decoders that ignore case take PHONE and ſession for names of ours.
func Parse(data []byte) (any, error) {
	var t tree
	if err := json.Unmarshal(data, &t); err != nil {
		return nil, newError(data, err)
	}
	return t.value, nil
}

// tree reads itself, so that json.Unmarshal lends it a decoder that was used before.
type tree struct{ value any }

func (t *tree) UnmarshalJSONFrom(d *jsontext.Decoder) (err error) {
	t.value, err = parseValue(d)
	return err
}

func parseValue(d *jsontext.Decoder) (any, error) {
	switch d.PeekKind() {
	case jsontext.KindString:
		return parseText(d)
	case jsontext.KindNumber:
		return parseNumber(d)
	case jsontext.KindBeginObject:
		return parseObject(d)
	case jsontext.KindBeginArray:
		return parseArray(d)
	case jsontext.KindTrue, jsontext.KindFalse, jsontext.KindNull,
		jsontext.KindInvalid, jsontext.KindEndObject, jsontext.KindEndArray: // the decoder rejects the last three
	}
	return parseWord(d)
}

func parseWord(d *jsontext.Decoder) (any, error) {
	token, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	if token.Kind() == jsontext.KindNull {
		return Unfit{}, nil
	}
	return token.Bool(), nil
}

func parseObject(d *jsontext.Decoder) (any, error) {
	if err := enter(d); err != nil {
		return nil, err
	}
	members := map[string]any{}
	for d.PeekKind() != jsontext.KindEndObject {
		name, err := parseText(d)
		if err != nil {
			return nil, err
		}
		if !isOurs(name) {
			name = Foreign + name
		}
		if members[name], err = parseValue(d); err != nil {
			return nil, err
		}
	}
	_, err := d.ReadToken()
	return members, err
}

// enter reads the start of an object or array.
func enter(d *jsontext.Decoder) error {
	_, err := d.ReadToken()
	if err == nil && d.StackDepth() > maxDepth {
		err = at(d, errDepth)
	}
	return err
}

// isOurs reports whether a name could be one of our documents'.
func isOurs(name string) bool {
	return name != "" && len(name) <= maxNameText && strings.Trim(name, nameCharacters) == ""
}

func parseArray(d *jsontext.Decoder) (any, error) {
	if err := enter(d); err != nil {
		return nil, err
	}
	items := []any{}
	for d.PeekKind() != jsontext.KindEndArray {
		item, err := parseValue(d)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	_, err := d.ReadToken()
	return items, err
}

// parseText reads a string or a member name. Most have no escape, and reading their bytes is faster than a token.
func parseText(d *jsontext.Decoder) (string, error) {
	quoted, err := d.ReadValue()
	if err != nil {
		return "", err
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1]), nil
	}
	text, err := jsontext.AppendUnquote(nil, quoted)
	if err == nil && bytes.IndexByte(text, 0) >= 0 {
		err = at(d, errNUL)
	}
	return string(text), err
}

func parseNumber(d *jsontext.Decoder) (any, error) {
	digits, err := d.ReadValue()
	if err != nil {
		return nil, err
	}
	if n, err := strconv.ParseInt(string(digits), 10, 64); err == nil && -maxSafeInt <= n && n <= maxSafeInt {
		return float64(n), nil
	}
	return Unfit{}, nil
}

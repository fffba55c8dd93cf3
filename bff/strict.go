package bff

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Bounds of a JSON document. Its size is bounded by the call's body cap.
const (
	maxDepth    = 16        // our deepest document has 5 levels
	maxSafeInt  = 1<<53 - 1 // beyond it a JavaScript client means another number than it says
	maxNameText = 40        // our longest member name has 16 characters
	notOurs     = "\x00"    // put before a member name that cannot be one of ours
)

// refused is a value that fits no schema: null, and numbers that are not whole.
type refused struct{}

// The rules that a body can break before its members are looked at.
var (
	errSyntax    = errors.New("syntax")            // not JSON
	errUTF8      = errors.New("utf8")              // bytes that are not UTF-8
	errSurrogate = errors.New("lone_surrogate")    // half of a character by escape
	errNUL       = errors.New("nul_character")     // U+0000 by escape
	errDuplicate = errors.New("duplicate_member")  // two members of one name
	errDepth     = errors.New("depth")             // nested deeper than maxDepth
	errTrailing  = errors.New("trailing_data")     // something after the document
	errEmpty     = errors.New("body_missing")      // a body is needed
	errNoBody    = errors.New("body_not_expected") // none is taken
)

// parseStrict reads one JSON document into maps, slices, strings, numbers and
// booleans. It takes less than encoding/json does, so that no two readers of the
// same bytes ever see different documents. Numbers are whole and safe; any
// other number and null become a value that fits no schema. Member names that
// cannot be ours are marked, so that no schema knows them: encoding/json and
// huma take PHONE or ſession for names of ours.
func parseStrict(data []byte) (any, error) {
	if !utf8.Valid(data) {
		return nil, errUTF8
	}
	p := parser{data: data}
	p.space()
	if p.at == len(data) {
		return nil, errEmpty
	}
	value, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.at < len(data) {
		return nil, errTrailing
	}
	return value, nil
}

// parser stands before the next unread byte.
type parser struct {
	data []byte
	at   int
}

func (p *parser) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errDepth
	}
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"':
		return p.text()
	case c == '-', '0' <= c && c <= '9':
		return p.number()
	case p.word("true"):
		return true, nil
	case p.word("false"):
		return false, nil
	case p.word("null"):
		return refused{}, nil
	}
	return nil, errSyntax
}

func (p *parser) object(depth int) (any, error) {
	members := map[string]any{}
	p.at++
	p.space()
	if p.skip('}') {
		return members, nil
	}
	for {
		p.space()
		name, err := p.memberName(members)
		if err != nil {
			return nil, err
		}
		if members[name], err = p.value(depth + 1); err != nil {
			return nil, err
		}
		p.space()
		if p.skip('}') {
			return members, nil
		}
		if !p.skip(',') {
			return nil, errSyntax
		}
	}
}

// memberName reads up to the value. Names are told apart before they are folded.
func (p *parser) memberName(members map[string]any) (string, error) {
	if p.peek() != '"' {
		return "", errSyntax
	}
	name, err := p.text()
	if err != nil {
		return "", err
	}
	if !ourName(name) {
		name = notOurs + name
	}
	if _, twice := members[name]; twice {
		return "", errDuplicate
	}
	p.space()
	if !p.skip(':') {
		return "", errSyntax
	}
	p.space()
	return name, nil
}

// ourName tells whether a name has the shape of our member names.
func ourName(name string) bool {
	return name != "" && len(name) <= maxNameText && strings.Trim(name, lower+digits+"_") == ""
}

func (p *parser) array(depth int) (any, error) {
	items := []any{}
	p.at++
	p.space()
	if p.skip(']') {
		return items, nil
	}
	for {
		p.space()
		item, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		p.space()
		if p.skip(']') {
			return items, nil
		}
		if !p.skip(',') {
			return nil, errSyntax
		}
	}
}

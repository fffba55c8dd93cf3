package strictjson

import (
	"errors"
	"strconv"
)

// Rule is a rule that a text breaks. The word is stable and can be sent to a client.
type Rule string

// The rules.
const (
	Syntax        Rule = "syntax"           // not JSON
	Empty         Rule = "empty"            // nothing but white space
	UTF8          Rule = "utf8"             // bytes that are not UTF-8
	LoneSurrogate Rule = "lone_surrogate"   // one half of a surrogate pair as an escape
	NUL           Rule = "nul_character"    // U+0000 as an escape; only Parse rejects it
	Duplicate     Rule = "duplicate_member" // an object with two members of one name
	Depth         Rule = "depth"            // more than maxDepth levels of objects and arrays
	Trailing      Rule = "trailing_data"    // something after the value
	UnknownMember Rule = "unknown_member"   // a member that the Go type has no field for
	Type          Rule = "type"             // a value that the Go type cannot hold
)

// Error is the first problem of a text.
type Error struct {
	Rule Rule
	// Pointer is the place of the problem as a JSON pointer (RFC 6901), "" for the whole text. It ends with the name of a
	// member that is unknown or repeated. Names can be anything that the text's author wrote.
	Pointer string
	// Offset is the number of bytes before the problem.
	Offset int64

	problem ValueError
}

func (e *Error) Error() string {
	text := e.Rule.text()
	if e.problem != "" {
		text = string(e.problem)
	}
	if e.Pointer != "" {
		text = printable(e.Pointer) + ": " + text
	}
	return text + " near byte " + strconv.FormatInt(e.Offset, 10)
}

func (r Rule) text() string {
	switch r {
	case Syntax:
		return "not JSON"
	case Empty:
		return "no JSON value"
	case UTF8:
		return "not UTF-8"
	case LoneSurrogate:
		return "half a surrogate pair"
	case NUL:
		return "character U+0000"
	case Duplicate:
		return "repeated member"
	case Depth:
		return "too many levels"
	case Trailing:
		return "more than one JSON value"
	case UnknownMember:
		return "unknown member"
	case Type:
		return "value of another type"
	}
	return string(r)
}

// printable returns a pointer as it is, or quoted if it has characters that do not print.
func printable(pointer string) string {
	if quoted := strconv.QuoteToGraphic(pointer); len(quoted) != len(pointer)+2 {
		return quoted
	}
	return pointer
}

// RuleOf returns the rule that an error of this package names, or "" for any other error.
func RuleOf(err error) Rule {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Rule
	}
	return ""
}

// ValueError is the error of an UnmarshalJSON method. [Decode] adds the place of the value to it, and passes on no other
// error's text, because most quote the value.
type ValueError string

func (p ValueError) Error() string { return string(p) }

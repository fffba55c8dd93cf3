package strictjson

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The rules that the decoder does not check.
var (
	errDepth    = errors.New("depth")
	errNUL      = errors.New("nul character")
	errNoObject = errors.New("not an object")
)

// located is one of these errors with its place.
type located struct {
	error
	pointer jsontext.Pointer
	offset  int64
}

func (e *located) Unwrap() error { return e.error }

func at(d *jsontext.Decoder, err error) error {
	return &located{err, d.StackPointer(), d.InputOffset()}
}

// newError translates an error from reading a text.
func newError(data []byte, err error) *Error {
	e := &Error{Rule: ruleFor(err)}
	e.Pointer, e.Offset = place(err)
	_ = errors.As(err, &e.problem)
	switch {
	case !utf8.Valid(data):
		e.Rule, e.Offset = UTF8, validPrefix(data)
	case isBlank(data):
		e.Rule = Empty
	case e.Rule == Syntax && !errors.Is(err, io.ErrUnexpectedEOF):
		e.Rule = syntaxRule(data, int(e.Offset))
	}
	return e
}

// place returns where an error is.
func place(err error) (string, int64) {
	var (
		ours     *located
		syntax   *jsontext.SyntacticError
		semantic *json.SemanticError
	)
	switch {
	case errors.As(err, &ours):
		return string(ours.pointer), ours.offset
	case errors.As(err, &syntax):
		return string(syntax.JSONPointer), syntax.ByteOffset
	case errors.As(err, &semantic):
		return string(semantic.JSONPointer), semantic.ByteOffset
	}
	return "", 0
}

func ruleFor(err error) Rule {
	switch semantic := (*json.SemanticError)(nil); {
	case errors.Is(err, errDepth):
		return Depth
	case errors.Is(err, errNUL):
		return NUL
	case errors.Is(err, jsontext.ErrDuplicateName):
		return Duplicate
	case errors.Is(err, json.ErrUnknownName):
		return UnknownMember
	case errors.Is(err, errNoObject), errors.As(err, &semantic):
		return Type
	}
	return Syntax
}

// syntaxRule distinguishes the rules of the grammar by the text at the place of the error. The decoder's messages quote the
// text and are not stable.
func syntaxRule(data []byte, offset int) Rule {
	offset = min(offset, len(data))
	switch {
	case isSurrogate(data[offset:]):
		return LoneSurrogate
	case jsontext.Value(data[:offset]).IsValid(jsontext.AllowDuplicateNames(true)):
		return Trailing
	}
	return Syntax
}

// isSurrogate reports whether a text begins with the escape of one half of a surrogate pair.
func isSurrogate(text []byte) bool {
	const length = len(`\uD800`)
	if len(text) < length || text[0] != '\\' || text[1] != 'u' || text[2]|0x20 != 'd' {
		return false
	}
	return text[3] == '8' || text[3] == '9' || 'a' <= text[3]|0x20 && text[3]|0x20 <= 'f'
}

// validPrefix returns how many bytes before the first wrong one are UTF-8.
func validPrefix(data []byte) int64 {
	n := 0
	for n < len(data) {
		r, size := utf8.DecodeRune(data[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return int64(n)
}

// isBlank reports whether a text is nothing but the white space of JSON.
func isBlank(data []byte) bool { return len(bytes.Trim(data, " \t\r\n")) == 0 }

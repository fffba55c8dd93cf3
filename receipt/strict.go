package receipt

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/gowebpki/jcs"
)

var (
	errBase64    = errors.New("is not canonical base64url")
	errJSON      = errors.New("is not JSON")
	errCanonical = errors.New("is not written as RFC 8785 JSON")
	errDepth     = errors.New("is nested too deeply")
)

// maxDepth bounds the nesting of JSON. The deepest text of ours has 6 levels. The canonicalizer copies each level into
// the one above it and recurses, so that the cost of a deeper text would be the square of its size.
const maxDepth = 32

// canonicalJSON returns the RFC 8785 JSON of a value. Its errors may quote the value, so callers must not return them.
func canonicalJSON(value any) ([]byte, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding: %w", err)
	}
	if isDeep(raw) {
		return nil, errDepth
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, fmt.Errorf("canonicalizing: %w", err)
	}
	return canonical, nil
}

// isDeep reports whether a text, which need not be JSON, nests deeper than maxDepth.
func isDeep(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[', c == '{':
			if depth++; depth > maxDepth {
				return true
			}
		case c == ']', c == '}':
			depth--
		}
	}
	return false
}

// decodeStrict decodes JSON whose members are exactly those of into, and returns its canonical form. Encoding the result
// again must return the same JSON. So members that are unknown, repeated, missing or spelled in other cases are
// rejected. The errors name the member and quote no value.
func decodeStrict(raw []byte, into any) ([]byte, error) {
	if isDeep(raw) {
		return nil, errDepth
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		if path := repeatedMember(raw); path != "" {
			return nil, fmt.Errorf("has the member %s twice", path)
		}
		return nil, errJSON
	}
	// The error is ignored because it may quote a value. What was not decoded is a difference below.
	_ = json.Unmarshal(canonical, into)
	again, err := canonicalJSON(into)
	if err != nil {
		return nil, errJSON
	}
	if !bytes.Equal(canonical, again) {
		return nil, difference(canonical, again)
	}
	return canonical, nil
}

// decodeCanonical is decodeStrict for JSON that must also be written as RFC 8785 says.
func decodeCanonical(raw []byte, into any) error {
	canonical, err := decodeStrict(raw, into)
	if err != nil {
		return err
	}
	if !bytes.Equal(canonical, raw) {
		return errCanonical
	}
	return nil
}

// decodeBase64 reads the one base64url text of some bytes. The standard decoder also takes line breaks, which would
// allow several texts of one receipt.
func decodeBase64(text string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || base64.RawURLEncoding.EncodedLen(len(raw)) != len(text) {
		return nil, errBase64
	}
	return raw, nil
}

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
	errBase64 = errors.New("is not canonical base64url")
	errJSON   = errors.New("is broken JSON, or has a member twice")
	errMember = errors.New("has a member that does not belong there, lacks one, or has one of another type")
)

// canonicalJSON gives the RFC 8785 JSON of a value. Its errors may quote the value and go no further.
func canonicalJSON(value any) ([]byte, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding: %w", err)
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, fmt.Errorf("canonicalizing: %w", err)
	}
	return canonical, nil
}

// decodeStrict reads JSON that says exactly what into can hold: encoding the result again must give the same. That
// refuses members that are unknown, repeated, missing or spelled in other cases. It returns the canonical form. Its
// errors quote nothing.
func decodeStrict(raw []byte, into any) ([]byte, error) {
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, errJSON
	}
	if json.Unmarshal(canonical, into) != nil {
		return nil, errMember
	}
	again, err := canonicalJSON(into)
	if err != nil || !bytes.Equal(canonical, again) {
		return nil, errMember
	}
	return canonical, nil
}

// decodeBase64 reads the one base64url text of some bytes. The standard decoder also takes line breaks, which would
// give one receipt several texts.
func decodeBase64(text string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || base64.RawURLEncoding.EncodedLen(len(raw)) != len(text) {
		return nil, errBase64
	}
	return raw, nil
}

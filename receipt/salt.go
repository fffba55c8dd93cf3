package receipt

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

const saltBytes = 32

var errSaltText = errors.New("a salt is 43 characters of base64url")

// Salt hides a value behind its commitment. Each commitment has a salt of its own.
//
// Shape: 32 random bytes; as JSON 43 characters of base64url. Zero value: rejected, it hides nothing. Secrecy: as
// secret as the value; stored under the key of its subject or case. It masks itself in print and log; its JSON shows
// it, for openings.
type Salt [saltBytes]byte

// NewSalt draws a salt.
//
// Errors: that of the source of randomness.
func NewSalt(random io.Reader) (Salt, error) {
	var s Salt
	if _, err := io.ReadFull(random, s[:]); err != nil {
		return Salt{}, fmt.Errorf("drawing a salt: %w", err)
	}
	return s, nil
}

// MarshalText writes the salt openly.
func (s Salt) MarshalText() ([]byte, error) {
	return base64.RawURLEncoding.AppendEncode(nil, s[:]), nil
}

// UnmarshalText reads what MarshalText writes and nothing else.
func (s *Salt) UnmarshalText(text []byte) error {
	raw, err := decodeBase64(string(text))
	if err != nil || len(raw) != saltBytes {
		return errSaltText
	}
	*s = Salt(raw)
	return nil
}

const maskedSalt = "[salt]"

// Format prints a mask whatever the verb.
func (Salt) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, maskedSalt) }

// LogValue logs a mask.
func (Salt) LogValue() slog.Value { return slog.StringValue(maskedSalt) }

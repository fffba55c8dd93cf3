package wire

import (
	"fmt"
	"io"
	"log/slog"
)

const secretMask = "***"

// Secret is a key that signs requests. The zero value holds none. Secrecy:
// secret; it renders as a mask in fmt, slog and JSON. The text lies behind a
// pointer because fmt prints the fields of unexported fields without asking
// them.
type Secret struct{ text *string }

var (
	_ fmt.Formatter  = Secret{}
	_ slog.LogValuer = Secret{}
)

// NewSecret wraps a key; the empty string gives the zero value.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: &text}
}

// Reveal gives the key, or "" for the zero value.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Format writes the mask whatever the verb. fmt meets a failing writer itself.
func (s Secret) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, secretMask) }

// LogValue gives the mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(secretMask) }

// MarshalText gives the mask, also to encoding/json.
func (s Secret) MarshalText() ([]byte, error) { return []byte(secretMask), nil }

package identity

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unique"
)

const maskRune = "*"

// veiled is the body of every personal type: the plaintext behind a handle,
// and the mask that stands for it in every rendering.
//
// The handle rather than a string, because fmt does not call methods on
// unexported fields and for a wrong verb such as %p: it then prints the fields
// themselves, which here are an address and the mask. Handles of equal
// plaintexts are equal, so the types stay comparable.
type veiled struct {
	plain unique.Handle[string]
	mask  string
}

var (
	_ fmt.Formatter  = veiled{}
	_ fmt.GoStringer = veiled{}
	_ slog.LogValuer = veiled{}
	_ json.Marshaler = veiled{}
)

func veil(plain, mask string) veiled {
	return veiled{plain: unique.Make(plain), mask: mask}
}

// Reveal gives the normalised plaintext, or "" for the zero value. Secrecy:
// personal; never into a log, an error or an unencrypted column.
func (v veiled) Reveal() string {
	if v.IsZero() {
		return ""
	}
	return v.plain.Value()
}

// Masked gives the form that may be shown to the person it belongs to.
func (v veiled) Masked() string { return v.mask }

// IsZero tells whether nothing was parsed into the value.
func (v veiled) IsZero() bool { return v == veiled{} }

// String gives the mask.
func (v veiled) String() string { return v.mask }

// GoString gives the mask.
func (v veiled) GoString() string { return v.mask }

// Format writes the mask whatever the verb.
func (v veiled) Format(out fmt.State, _ rune) { writeMask(out, v.mask) }

// LogValue gives the mask.
func (v veiled) LogValue() slog.Value { return slog.StringValue(v.mask) }

// MarshalText gives the mask.
func (v veiled) MarshalText() ([]byte, error) { return []byte(v.mask), nil }

// MarshalJSON gives the mask as a JSON string.
func (v veiled) MarshalJSON() ([]byte, error) { return json.Marshal(v.mask) }

// writeMask drops the error of the write: fmt gives a Formatter no way to
// report one and meets the same error itself.
func writeMask(out io.Writer, mask string) { _, _ = io.WriteString(out, mask) }

// hide keeps the first head and the last tail characters of plain and puts one
// mask character for each other; plain is longer than both together.
func hide(plain string, head, tail int) string {
	runes := []rune(plain)
	end := len(runes) - tail
	return string(runes[:head]) + strings.Repeat(maskRune, end-head) + string(runes[end:])
}

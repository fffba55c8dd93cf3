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

// redacted is the body of every personal and secret type. It holds the plaintext
// behind a handle, and the mask that every rendering shows instead.
//
// It holds a handle rather than a string because fmt does not call methods on
// unexported fields or for an unsuitable verb such as %p. It then prints the
// fields themselves, which here are an address and the mask. The handles of equal
// plaintexts are equal, so the types are comparable with ==.
type redacted struct {
	plain unique.Handle[string]
	mask  string
}

var (
	_ fmt.Formatter  = redacted{}
	_ fmt.GoStringer = redacted{}
	_ slog.LogValuer = redacted{}
	_ json.Marshaler = redacted{}
)

func redact(plain, mask string) redacted {
	return redacted{plain: unique.Make(plain), mask: mask}
}

// Reveal returns the plaintext, or "" for the zero value. The plaintext must not
// be written to a log, an error or an unencrypted column.
func (r redacted) Reveal() string {
	if r.IsZero() {
		return ""
	}
	return r.plain.Value()
}

// Masked returns the form that may be shown to the person it belongs to.
func (r redacted) Masked() string { return r.mask }

// IsZero reports whether r holds no value.
func (r redacted) IsZero() bool { return r == redacted{} }

// String returns the mask.
func (r redacted) String() string { return r.mask }

// GoString returns the mask.
func (r redacted) GoString() string { return r.mask }

// Format writes the mask for every verb.
func (r redacted) Format(out fmt.State, _ rune) { writeMask(out, r.mask) }

// LogValue returns the mask.
func (r redacted) LogValue() slog.Value { return slog.StringValue(r.mask) }

// MarshalText returns the mask.
func (r redacted) MarshalText() ([]byte, error) { return []byte(r.mask), nil }

// MarshalJSON returns the mask as a JSON string.
func (r redacted) MarshalJSON() ([]byte, error) { return json.Marshal(r.mask) }

// writeMask drops the error of the write. A Formatter cannot report one, and fmt
// meets the same error itself.
func writeMask(out io.Writer, mask string) { _, _ = io.WriteString(out, mask) }

// maskMiddle keeps the first head and the last tail characters of plain and
// replaces every other character. plain must be longer than head and tail together.
func maskMiddle(plain string, head, tail int) string {
	runes := []rune(plain)
	end := len(runes) - tail
	return string(runes[:head]) + strings.Repeat(maskRune, end-head) + string(runes[end:])
}

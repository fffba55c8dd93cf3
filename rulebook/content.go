package rulebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// ProblemsError reports everything that is wrong with a content.
type ProblemsError struct{ Problems []string }

func (e *ProblemsError) Error() string { return strings.Join(e.Problems, "\n") }

// problemsOf returns a ProblemsError of the lines of a loader's error.
func problemsOf(err error) *ProblemsError {
	var once []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if !slices.Contains(once, line) {
			once = append(once, line)
		}
	}
	return &ProblemsError{Problems: once}
}

// Canonical returns JSON without white space, the members of objects in order, so that equal contents have equal bytes. The
// content was validated.
func Canonical(raw []byte) ([]byte, error) {
	var value any
	read := json.NewDecoder(bytes.NewReader(raw))
	read.UseNumber()
	if err := read.Decode(&value); err != nil {
		return nil, fmt.Errorf("reading the content: %w", err)
	}
	var out bytes.Buffer
	write := json.NewEncoder(&out)
	write.SetEscapeHTML(false)
	if err := write.Encode(value); err != nil {
		return nil, fmt.Errorf("writing the content: %w", err)
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

// Indented returns a content for people to edit.
func Indented(content []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, content, "", "  "); err != nil {
		return string(content)
	}
	return out.String()
}

// DigestOf returns the digest of a canonical content.
func DigestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

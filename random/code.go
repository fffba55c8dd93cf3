package random

import (
	"encoding/base32"
	"io"
	"strings"
	"unicode"
)

const (
	codeLength  = 8                                  // 40 bits: not a secret, but unique
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's alphabet has no letters that look alike
)

// Code draws a code to be read out and written down: a letter and two groups, as "T-7K2M-93QF". It is no secret.
func Code(r io.Reader, letter string) (string, error) {
	b, err := Bytes(r, codeLength)
	if err != nil {
		return "", err
	}
	for i := range b {
		b[i] = codeLetters[int(b[i])%len(codeLetters)]
	}
	return grouped(letter, string(b)), nil
}

// ReadCode returns the code with that letter in words, whatever its spelling, or "" if they are not one.
func ReadCode(words, letter string) string {
	text, ok := strings.CutPrefix(Spelled(words), letter)
	if !ok || len(text) != codeLength || strings.Trim(text, codeLetters) != "" {
		return ""
	}
	return grouped(letter, text)
}

// Encoding is base32 with Crockford's alphabet, for what people read out and write down.
func Encoding() *base32.Encoding { return encoding }

var encoding = base32.NewEncoding(codeLetters).WithPadding(base32.NoPadding) //nolint:gochecknoglobals // a table, built once

// Spelled returns a code as it was drawn or encoded from how somebody wrote it: with small or full-width letters, with spaces, hyphens or
// dashes, with O for 0, with I or L for 1.
func Spelled(words string) string { return strings.Map(spelled, words) }

const fullWidth = '！' - '!' // between a full-width character and its ASCII one

func spelled(r rune) rune {
	if '！' <= r && r <= '～' {
		r -= fullWidth
	}
	r = unicode.ToUpper(r)
	switch {
	case r == 'I', r == 'L':
		return '1'
	case r == 'O':
		return '0'
	case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), r == '−':
		return -1
	}
	return r
}

func grouped(letter, text string) string {
	return letter + "-" + text[:codeLength/2] + "-" + text[codeLength/2:]
}

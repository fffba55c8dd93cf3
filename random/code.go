package random

import (
	"io"
	"strings"
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
	text, ok := strings.CutPrefix(strings.Map(asCrockford, strings.ToUpper(strings.TrimSpace(words))), letter)
	if !ok || len(text) != codeLength || strings.Trim(text, codeLetters) != "" {
		return ""
	}
	return grouped(letter, text)
}

func asCrockford(r rune) rune {
	switch r {
	case '-', ' ':
		return -1
	case 'I', 'L':
		return '1'
	case 'O':
		return '0'
	}
	return r
}

func grouped(letter, text string) string {
	return letter + "-" + text[:codeLength/2] + "-" + text[codeLength/2:]
}

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// headBytes begin a needle; a shorter one would be found by chance.
const headBytes = 8

// needle is a form of a secret.
type needle struct {
	what string // the kind of secret and its form, never the secret
	text []byte
}

// sieve finds many needles in one pass over the bytes.
type sieve struct {
	pairs [1 << 16]bool // first two bytes of any needle: most bytes are passed over by this alone
	heads map[[headBytes]byte][]needle
	known map[string]bool
}

func newSieve() *sieve {
	return &sieve{heads: map[[headBytes]byte][]needle{}, known: map[string]bool{}}
}

// add makes the sieve find a secret in every form.
func (s *sieve) add(t *testing.T, what, secret string) {
	t.Helper()
	if s.known[secret] {
		return
	}
	s.known[secret] = true
	for form, text := range formsOf(secret) {
		if len(text) < headBytes {
			t.Fatalf("a %s of %d bytes as %s would be found by chance", what, len(text), form)
		}
		head := [headBytes]byte([]byte(text[:headBytes]))
		s.pairs[binary.BigEndian.Uint16(head[:])] = true
		s.heads[head] = append(s.heads[head], needle{what + ", " + form, []byte(text)})
	}
}

// find names what is in the bytes, each once.
func (s *sieve) find(data []byte) []string {
	var found []string
	seen := map[string]bool{}
	for i := 0; i+headBytes <= len(data); i++ {
		if !s.pairs[uint16(data[i])<<8|uint16(data[i+1])] {
			continue
		}
		for _, n := range s.heads[[headBytes]byte(data[i:i+headBytes])] {
			if bytes.HasPrefix(data[i:], n.text) && !seen[n.what] {
				seen[n.what], found = true, append(found, n.what)
			}
		}
	}
	return found
}

// clean checks that nothing is in the bytes.
func (s *sieve) clean(t *testing.T, where string, data []byte) {
	t.Helper()
	if len(data) == 0 {
		t.Errorf("%s: nothing to look at", where)
	}
	for _, what := range s.find(data) {
		t.Errorf("%s: got a %s", where, what)
	}
}

// formsOf returns a text as it might be written. Of a long one the middle does:
// part of a key is a leak too.
func formsOf(text string) map[string]string {
	const long, part = 80, 40
	if len(text) > long && strings.IndexFunc(text, func(r rune) bool { return r > '~' }) < 0 {
		text = text[len(text)/2 : len(text)/2+part]
	}
	forms := map[string]string{
		"plain": text, "in hexadecimal": hex.EncodeToString([]byte(text)),
		"in capital hexadecimal": strings.ToUpper(hex.EncodeToString([]byte(text))),
		"as a query":             url.QueryEscape(text), "as a path": url.PathEscape(text),
		"as a small query": strings.ToLower(url.QueryEscape(text)),
		"quoted":           strings.Trim(strconv.QuoteToASCII(text), `"`),
		"escaped":          escaped(text, "0123456789abcdef"), "escaped in capitals": escaped(text, "0123456789ABCDEF"),
	}
	if inJSON, err := json.Marshal(text); err == nil {
		forms["in JSON"] = strings.Trim(string(inJSON), `"`)
	}
	for offset := range 3 {
		at := " from byte " + strconv.Itoa(offset)
		forms["in base64"+at] = inside(base64.StdEncoding, text, offset)
		forms["in base64url"+at] = inside(base64.URLEncoding, text, offset)
	}
	same := map[string]bool{}
	for form, written := range forms {
		if form != "plain" && (written == text || same[written]) {
			delete(forms, form)
		}
		same[written] = true
	}
	return forms
}

// escaped writes all but ASCII as \uXXXX.
func escaped(text, digits string) string {
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		if unit < ' ' || unit > '~' {
			out.WriteString(`\u`)
			for shift := 12; shift >= 0; shift -= 4 {
				out.WriteByte(digits[unit>>shift&15])
			}
			continue
		}
		out.WriteByte(byte(unit))
	}
	return out.String()
}

// inside returns the characters that a text has in the base64 of something longer
// in which it begins offset bytes after a full group.
func inside(encoding *base64.Encoding, text string, offset int) string {
	padded := append(make([]byte, offset), text...)
	const bits = 6
	first, end := (offset*8+bits-1)/bits, len(padded)*8/bits
	return encoding.EncodeToString(padded)[first:end]
}

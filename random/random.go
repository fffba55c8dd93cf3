// Package random draws ids and tokens that nobody guesses.
package random

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
)

const (
	idBytes      = 16 // no two ids meet
	shortIDBytes = 14 // 28 hex digits: 32 characters with a prefix of four, which every provider accepts as an order number
	tokenBytes   = 32
)

// Bytes draws n bytes.
func Bytes(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, fmt.Errorf("reading randomness: %w", err)
	}
	return b, nil
}

// ID draws an id: a prefix such as "tod_" and 32 hex digits.
func ID(r io.Reader, prefix string) (string, error) {
	b, err := Bytes(r, idBytes)
	return prefix + hex.EncodeToString(b), err
}

// ShortID draws an id with 28 hex digits.
func ShortID(r io.Reader, prefix string) (string, error) {
	b, err := Bytes(r, shortIDBytes)
	return prefix + hex.EncodeToString(b), err
}

// Token draws a token: 43 characters of unpadded base64url, which are also a PKCE verifier.
func Token(r io.Reader) (string, error) {
	b, err := Bytes(r, tokenBytes)
	return base64.RawURLEncoding.EncodeToString(b), err
}

// HashToken returns the hash of a token, which is all that a store keeps of it, or false if the text is not in the format of
// a token.
func HashToken(token string) ([sha256.Size]byte, bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != tokenBytes || len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return [sha256.Size]byte{}, false
	}
	return sha256.Sum256([]byte(token)), true
}

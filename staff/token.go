package staff

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
)

const (
	tokenBytes = 32 // 256 bits: cannot be guessed
	idBytes    = 14
)

// newToken returns 43 characters of unpadded base64url, which is also a PKCE verifier.
func (s *Service) newToken() (string, error) {
	raw, err := s.random(tokenBytes)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// hashOf returns the hash of a token, or false if the text is not in the format of our tokens.
func hashOf(token string) ([32]byte, bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != tokenBytes || len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return [32]byte{}, false
	}
	return sha256.Sum256([]byte(token)), true
}

func (s *Service) newID(prefix string) (string, error) {
	raw, err := s.random(idBytes)
	if err != nil {
		return "", err
	}
	return prefix + hex.EncodeToString(raw), nil
}

func (s *Service) random(n int) ([]byte, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(s.deps.Rand, raw); err != nil {
		return nil, fmt.Errorf("reading randomness: %w", err)
	}
	return raw, nil
}

package todo

import (
	"encoding/hex"
	"fmt"
	"io"

	"renzheng/receipt"
)

// idBytes is enough that ids never meet and none is guessed.
const idBytes = 16

// newID returns a random id behind its prefix, such as "tod_" and 32 hex digits.
func (s *Service) newID(prefix string) (string, error) {
	var raw [idBytes]byte
	if _, err := io.ReadFull(s.Rand, raw[:]); err != nil {
		return "", fmt.Errorf("drawing an id: %w", err)
	}
	return prefix + hex.EncodeToString(raw[:]), nil
}

func (s *Service) newSalt() (receipt.Salt, error) {
	salt, err := receipt.NewSalt(s.Rand)
	if err != nil {
		return receipt.Salt{}, fmt.Errorf("drawing a salt: %w", err)
	}
	return salt, nil
}

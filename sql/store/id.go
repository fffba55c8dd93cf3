package store

import (
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

const idBytes = 16 // 128 bits: nobody guesses one, no two are alike

// newID returns a random id such as "sub_" and 32 hex digits.
func (s *Store) newID(prefix string) (string, error) {
	b, err := s.random(idBytes)
	if err != nil {
		return "", err
	}
	return prefix + hex.EncodeToString(b), nil
}

func (s *Store) random(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		return nil, fmt.Errorf("drawing randomness: %w", err)
	}
	return b, nil
}

// ms returns a time as it is stored; the zero time is 0.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fromMs returns a stored time in UTC; 0 is the zero time.
func fromMs(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.UnixMilli(stored).UTC()
}

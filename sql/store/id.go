package store

import (
	"time"

	"renzheng/random"
)

func (s *Store) newID(prefix string) (string, error) { return random.ID(s.rand, prefix) }

func (s *Store) random(n int) ([]byte, error) { return random.Bytes(s.rand, n) }

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

package bff

import (
	"strconv"
	"time"
)

// when returns a time for a document, or nil for the zero time.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = utc(t)
	return &t
}

// utc returns a time as documents contain it, in milliseconds like the database.
func utc(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// later returns the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// retryAfter returns the value of a Retry-After header, rounded up to seconds.
func retryAfter(d time.Duration) string {
	return strconv.Itoa(max(1, int((d+time.Second-1)/time.Second)))
}

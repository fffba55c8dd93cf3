package bff

import (
	"encoding/base32"
	"io"
)

const (
	requestIDHeader = "X-Request-Id"
	requestIDBytes  = 15 // 24 characters without padding
)

// newRequestID returns a random id for a request. An id that a client sends is
// neither used nor logged, because it may be a person's number. A proxy that has
// ids of its own finds this one in the answer.
func newRequestID(random io.Reader) string {
	var raw [requestIDBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "unnamed" // it names a line of the log, no more
	}
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
}

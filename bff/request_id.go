package bff

import (
	"encoding/base32"
	"io"
)

const (
	requestIDHeader = "X-Request-Id"
	requestIDBytes  = 15 // 24 characters without padding
)

// newRequestID returns a random name for a request. What a client sends as one is
// neither used nor logged: it may be anybody's number. A proxy that keeps ids of
// its own finds ours in the answer.
func newRequestID(random io.Reader) string {
	var raw [requestIDBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "unnamed" // it names a line of the log, no more
	}
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
}

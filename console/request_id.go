package console

import (
	"encoding/base32"
	"io"
)

const requestIDBytes = 15 // 24 characters without padding

// newRequestID returns a random id for a request: 24 characters of base32hex.
func newRequestID(random io.Reader) string {
	var raw [requestIDBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "unnamed" // the id only finds a line of the log, so the request goes on without one
	}
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
}

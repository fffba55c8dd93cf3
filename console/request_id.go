package console

import (
	"encoding/base32"
	"io"
)

const requestIDBytes = 15 // 24 characters without padding

// newRequestID returns a random id for a request.
func newRequestID(random io.Reader) string {
	var raw [requestIDBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "unnamed" // it names a line of the log, no more
	}
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
}

package random

import "io"

const requestIDBytes = 15 // 24 characters without padding

// RequestID returns a random id for a request. An id that a client sends is neither used nor logged, because it may be a person's
// number. A proxy that has ids of its own finds this one in the answer.
func RequestID(r io.Reader) string {
	var raw [requestIDBytes]byte
	if _, err := io.ReadFull(r, raw[:]); err != nil {
		return "unnamed" // it names a line of the log, no more
	}
	return Encoding().EncodeToString(raw[:])
}

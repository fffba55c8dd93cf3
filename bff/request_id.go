package bff

import (
	"encoding/base32"
	"io"
	"strings"
)

const (
	requestIDHeader = "X-Request-Id"
	requestIDBytes  = 15 // 24 characters without padding
	minRequestID    = 8
	maxRequestID    = 64
)

// requestID gives a request its name: the one that a proxy of ours gave it,
// where it has the shape of one, else a random one.
func requestID(given string, random io.Reader) string {
	if wellFormedID(given) {
		return given
	}
	var raw [requestIDBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "unnamed" // it names a line of the log, no more
	}
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
}

func wellFormedID(id string) bool {
	return len(id) >= minRequestID && len(id) <= maxRequestID && strings.Trim(id, letters+digits+"-") == ""
}

package store

import (
	"encoding/binary"
	"math"
)

// joinParts encodes texts one after the other, each behind its length. What is read for every request is sealed so: it
// opens with one allocation, where JSON needs a dozen.
func joinParts(parts ...string) []byte {
	size := 0
	for _, part := range parts {
		size += binary.MaxVarintLen32 + len(part)
	}
	joined := make([]byte, 0, size)
	for _, part := range parts {
		joined = append(binary.AppendUvarint(joined, uint64(len(part))), part...)
	}
	return joined
}

// splitParts reads what joinParts wrote into parts, and reports whether it was that many texts.
func splitParts(joined []byte, parts ...*string) bool {
	text, at := string(joined), 0
	for _, part := range parts {
		length, n := binary.Uvarint(joined[at:])
		if n <= 0 || length > math.MaxInt32 || int(length) > len(joined)-at-n {
			return false
		}
		at += n
		*part = text[at : at+int(length)]
		at += int(length)
	}
	return at == len(joined)
}

package material

import (
	"encoding/binary"
	"slices"
)

// codec is how the frames of a video are coded, with the configuration of the decoder.
type codec struct {
	entry      string                     // kind of the description in the clean file: "avc1" or "hvc1"
	config     box                        // of the clean file
	lengthSize int                        // bytes of the length before each unit of a frame: 1, 2 or 4
	keeps      func(unitHeader byte) bool // whether a clean frame has a unit, by the first byte of its header
}

const maxConfig = 16 << 10 // bytes

// codecOf returns the codec of a description of H.264 or H.265 with this kind. It rejects other codecs.
func codecOf(entry string, rest []byte) (codec, error) {
	var (
		c  codec
		ok bool
	)
	switch entry {
	case "avc1", "avc3":
		c, ok = avc(descend(rest, "avcC"))
	case "hvc1", "hev1":
		c, ok = hevc(descend(rest, "hvcC"))
	default:
		return codec{}, reject(CodecUnknown)
	}
	if !ok || len(c.config.body) > maxConfig {
		return codec{}, reject(Damaged)
	}
	return c, nil
}

// avc rebuilds the configuration of H.264 from its parameter sets (ISO/IEC 14496-15 §5.3.3).
func avc(config []byte) (codec, bool) {
	if len(config) < 7 || config[0] != 1 {
		return codec{}, false
	}
	clean := append([]byte(nil), config[:6]...)
	clean[4] |= 0xfc
	clean[5] |= 0xe0
	rest, clean, ok := copyUnits(config[6:], clean, int(config[5]&0x1f))
	if !ok || len(rest) < 1 {
		return codec{}, false
	}
	clean = append(clean, rest[0])
	_, clean, ok = copyUnits(rest[1:], clean, int(rest[0]))
	return codec{
		entry: "avc1", config: box{"avcC", clean}, lengthSize: int(config[4]&3) + 1,
		keeps: func(header byte) bool { // pictures, parameter sets, delimiters and ends
			kind := header & 0x1f
			return kind >= 1 && kind <= 5 || kind >= 7 && kind <= 11
		},
	}, ok && validLength(int(config[4]&3)+1)
}

// Bounds of the configuration of H.265.
const (
	hevcFixed  = 23 // bytes of the fixed part
	hevcFirst  = 32 // first type of parameter sets
	hevcLast   = 34 // last type of parameter sets
	hevcArrays = 8
)

// hevc rebuilds the configuration of H.265 (ISO/IEC 14496-15 §8.3.3). It drops arrays of units that are not parameter sets.
func hevc(config []byte) (codec, bool) {
	if len(config) < hevcFixed || config[0] != 1 || config[22] > hevcArrays {
		return codec{}, false
	}
	clean, arrays, rest := append([]byte(nil), config[:hevcFixed]...), byte(0), config[hevcFixed:]
	for range config[22] {
		if len(rest) < 3 {
			return codec{}, false
		}
		kind, count := rest[0]&0x3f, int(binary.BigEndian.Uint16(rest[1:]))
		after, copied, ok := copyUnits(rest[3:], append(slices.Clip(clean), rest[:3]...), count)
		if !ok {
			return codec{}, false
		}
		if kind >= hevcFirst && kind <= hevcLast {
			clean = copied
			arrays++
		}
		rest = after
	}
	clean[22] = arrays
	return codec{
		entry: "hvc1", config: box{"hvcC", clean}, lengthSize: int(config[21]&3) + 1,
		keeps: func(header byte) bool { // as for H.264: pictures, parameter sets, delimiters and ends
			kind := header >> 1 & 0x3f
			return kind <= 21 || kind >= hevcFirst && kind <= 37
		},
	}, validLength(int(config[21]&3) + 1)
}

// validLength reports whether the length before a unit may have n bytes; both standards exclude 3.
func validLength(n int) bool { return n != 3 }

// copyUnits appends count units of from, each with its length of two bytes, to to. It returns what is left of from, the result, and
// false if from is too short or a unit is empty.
func copyUnits(from, to []byte, count int) (rest, copied []byte, ok bool) {
	for range count {
		if len(from) < 2 {
			return nil, nil, false
		}
		n := 2 + int(binary.BigEndian.Uint16(from))
		if n == 2 || n > len(from) {
			return nil, nil, false
		}
		to = append(to, from[:n]...)
		from = from[n:]
	}
	return from, to, true
}

// strip returns a coded frame with only the units that the clean video keeps, in the same memory. ok is false if the frame does not
// consist of units, or if none is kept.
func (c codec) strip(coded []byte) (clean []byte, ok bool) {
	clean = coded[:0]
	for rest := coded; len(rest) > 0; {
		n := 0
		if len(rest) <= c.lengthSize {
			return nil, false
		}
		for _, b := range rest[:c.lengthSize] {
			n = n<<8 | int(b)
		}
		if n < 1 || n > len(rest)-c.lengthSize {
			return nil, false
		}
		unit := rest[:c.lengthSize+n]
		rest = rest[c.lengthSize+n:]
		if c.keeps(unit[c.lengthSize]) {
			clean = append(clean, unit...)
		}
	}
	return clean, len(clean) > 0
}

package material

import "encoding/binary"

// Bounds of videos.
const (
	maxSeconds    = 120
	maxFrames     = 15_000  // at up to 120 a second, with a margin
	maxFrame      = 4 << 20 // bytes of a frame
	maxVideoSide  = 4096    // pixels
	maxVideoPixel = 3840 * 2160
	maxTimescale  = 1_000_000 // units in a second
)

// frame is the place of a coded frame in the file, and its times.
type frame struct {
	at, size int64  // offset and length in the file, in bytes
	length   uint32 // how long it is shown, in units of the timescale
	shift    uint32 // from decoding to showing it, in the same units; two's complement
	key      bool   // it can be decoded without other frames
}

// track is the only video track of a file.
type track struct {
	codec         codec
	width, height int
	timescale     uint32   // units of time in a second
	matrix        [36]byte // how players turn it
	frames        []frame
	duration      uint64 // in units of the timescale
}

func (t *track) milliseconds() int64 {
	return int64(t.duration * 1000 / uint64(t.timescale)) //nolint:gosec // bounded by maxSeconds
}

// readTrack returns the only video track of a box "moov". size is that of the file. It rejects a video with several.
func readTrack(movie []byte, size int64) (*track, error) {
	var found []byte
	for _, b := range boxesIn(movie) {
		if b.kind != "trak" {
			continue
		}
		if handler := descend(b.body, "mdia", "hdlr"); len(handler) < 12 || string(handler[8:12]) != "vide" {
			continue
		}
		if found != nil {
			return nil, reject(CodecUnknown)
		}
		found = b.body
	}
	t := new(track)
	if found == nil {
		return nil, reject(Damaged)
	}
	if err := t.readHeaders(descend(found, "tkhd"), descend(found, "mdia", "mdhd")); err != nil {
		return nil, err
	}
	table := descend(found, "mdia", "minf", "stbl")
	if err := t.readDescription(descend(table, "stsd")); err != nil {
		return nil, err
	}
	if err := t.readFrames(table, size); err != nil {
		return nil, err
	}
	if t.duration > maxSeconds*uint64(t.timescale) {
		return nil, reject(TooLong)
	}
	return t, nil
}

// readHeaders reads matrix and timescale from the boxes "tkhd" and "mdhd".
func (t *track) readHeaders(header, media []byte) error {
	matrixAt, scaleAt := 40, 12
	if len(header) > 0 && header[0] == 1 {
		matrixAt = 52
	}
	if len(media) > 0 && media[0] == 1 {
		scaleAt = 20
	}
	if len(header) < matrixAt+len(t.matrix) || len(media) < scaleAt+4 {
		return reject(Damaged)
	}
	copy(t.matrix[:], header[matrixAt:])
	t.matrix = quarterTurn(t.matrix)
	t.timescale = binary.BigEndian.Uint32(media[scaleAt:])
	if t.timescale == 0 || t.timescale > maxTimescale {
		return reject(Damaged)
	}
	return nil
}

// quarterTurn returns the matrix of the turn by 0, 90, 180 or 270 degrees that the given one makes; 0 for any other matrix.
func quarterTurn(given [36]byte) [36]byte {
	const one, minusOne = 0x00010000, 0xffff0000
	a, b := binary.BigEndian.Uint32(given[0:]), binary.BigEndian.Uint32(given[4:])
	turns := map[[2]uint32][4]uint32{
		{0, one}: {0, one, minusOne, 0}, {minusOne, 0}: {minusOne, 0, 0, minusOne}, {0, minusOne}: {0, minusOne, one, 0},
	}
	m, ok := turns[[2]uint32{a, b}]
	if !ok {
		m = [4]uint32{one, 0, 0, one}
	}
	var clean [36]byte
	for i, at := range []int{0, 4, 12, 16} {
		binary.BigEndian.PutUint32(clean[at:], m[i])
	}
	binary.BigEndian.PutUint32(clean[32:], 0x40000000)
	return clean
}

// visualEntry is the length in bytes of the fixed part of a description of coded pictures.
const visualEntry = 78

// readDescription reads codec, width and height from the box "stsd".
func (t *track) readDescription(description []byte) error {
	if len(description) < 8 || binary.BigEndian.Uint32(description[4:]) != 1 {
		return reject(Damaged)
	}
	entries := boxesIn(description[8:])
	if len(entries) != 1 || len(entries[0].body) < visualEntry {
		return reject(Damaged)
	}
	entry := entries[0]
	t.width, t.height = int(binary.BigEndian.Uint16(entry.body[24:])), int(binary.BigEndian.Uint16(entry.body[26:]))
	switch {
	case max(t.width, t.height) > maxVideoSide, t.width*t.height > maxVideoPixel:
		return reject(TooManyPixels)
	case min(t.width, t.height) < minSide:
		return reject(TooSmall)
	}
	var err error
	t.codec, err = codecOf(entry.kind, entry.body[visualEntry:])
	return err
}

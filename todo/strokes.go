package todo

import (
	"encoding/base64"
	"encoding/binary"
)

// Bounds of a handwriting.
const (
	MaxStrokesText   = 24 << 10       // characters of the encoded form
	MaxCanvas        = 4096           // pixels, each side
	MaxStrokes       = 256            // how often the pen goes down
	MaxStrokePoints  = 4096           // of all strokes together
	MaxStrokesMillis = 10 * 60 * 1000 // from the first point to the last
	MaxStrokesPath   = 200            // the pen's way while it is down, in longer sides of the canvas; bounds what drawing it costs
	strokesVersion   = 1
)

// Strokes is a handwritten signature as the pen moved.
//
// On the wire it is one field of ASCII characters: base64url (RFC 4648 §5) without
// padding, at most MaxStrokesText characters, over these bytes, every number an
// unsigned varint (seven bits per byte, lowest first, high bit set on all but the
// last, as few bytes as it takes):
//
//	version   1
//	width     of the canvas in its pixels, 1…4096
//	height    likewise
//	strokes   how many follow, 1…256
//	per stroke:
//	  points  how many follow, 1…4096, and 4096 in all strokes together
//	  per point:
//	    dx    from the point before in zigzag form (0, -1, 1, -2 … as 0, 1, 2, 3 …)
//	    dy    likewise
//	    dt    milliseconds since the point before, at least 0
//
// The first point of all counts from (0, 0) and has dt 0; the first point of a
// later stroke counts from the last point of the stroke before. x grows to the
// right and y downwards, 0 ≤ x ≤ width and 0 ≤ y ≤ height. Nothing follows the
// last point. There is exactly one encoding of a handwriting; any other is
// rejected, so that equal strokes are equal bytes.
//
// Secrecy: personal.
type Strokes struct {
	Width, Height int // of the canvas, pixels
	Strokes       [][]Point
}

// Point is where the pen was, and when.
type Point struct {
	X, Y   int // pixels of the canvas, from its upper left corner
	Millis int // since the first point of the handwriting
}

// Encode returns the one encoding of the strokes. It rejects nothing; what it
// makes of strokes out of bounds does not decode.
func (s Strokes) Encode() string {
	raw := binary.AppendUvarint(nil, strokesVersion)
	raw = binary.AppendUvarint(raw, unsigned(s.Width))
	raw = binary.AppendUvarint(raw, unsigned(s.Height))
	raw = binary.AppendUvarint(raw, unsigned(len(s.Strokes)))
	var pen Point
	for _, stroke := range s.Strokes {
		raw = binary.AppendUvarint(raw, unsigned(len(stroke)))
		for _, p := range stroke {
			raw = binary.AppendVarint(raw, int64(p.X-pen.X))
			raw = binary.AppendVarint(raw, int64(p.Y-pen.Y))
			raw = binary.AppendUvarint(raw, unsigned(p.Millis-pen.Millis))
			pen = p
		}
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// points counts the points of all strokes.
func (s Strokes) points() int {
	n := 0
	for _, stroke := range s.Strokes {
		n += len(stroke)
	}
	return n
}

// unsigned returns n for writing; what is negative becomes too large to be read.
func unsigned(n int) uint64 { return uint64(n) } //nolint:gosec // the wrap-around is what the decoder rejects

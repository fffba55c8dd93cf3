package todo

import (
	"encoding/base64"
	"encoding/binary"
)

// Rules that a handwriting can break.
const (
	RuleStrokesLength    = "length"     // longer than MaxStrokesText
	RuleStrokesEncoding  = "encoding"   // not base64url, cut off, followed by something, or not the one encoding
	RuleStrokesVersion   = "version"    // a version that this server does not know
	RuleStrokesCanvas    = "canvas"     // a side of 0 or above MaxCanvas
	RuleStrokesCount     = "count"      // no stroke, an empty one, or too many strokes or points
	RuleStrokesOutside   = "outside"    // a point outside the canvas
	RuleStrokesTime      = "time"       // a first point that is not at 0, no time passed, or too much
	RuleStrokesTooLittle = "too_little" // a dot or a slip, no handwriting
	RuleStrokesTooMuch   = "too_much"   // a way that is longer than MaxStrokesPath
)

// Ink that a handwriting needs, as parts of the shorter side of the canvas: the
// single horizontal line of 一 passes, a tap or a slip of the finger does not.
const (
	minPathPart = 5  // the pen's way is at least a fifth
	minBoxPart  = 10 // and the longer side of what it covers at least a tenth
)

// DecodeStrokes reads a handwriting that a person sends; see Strokes for the form.
//
// Errors: *RejectedError with CodeStrokesInvalid and one of the RuleStrokes
// constants.
func DecodeStrokes(text string) (Strokes, error) {
	s, err := parseStrokes(text)
	if err != nil {
		return Strokes{}, err
	}
	last := s.Strokes[len(s.Strokes)-1]
	switch {
	case last[len(last)-1].Millis == 0:
		return Strokes{}, badStrokes(RuleStrokesTime)
	case !s.inked():
		return Strokes{}, badStrokes(RuleStrokesTooLittle)
	case s.path() > MaxStrokesPath*float64(max(s.Width, s.Height)):
		return Strokes{}, badStrokes(RuleStrokesTooMuch)
	}
	return s, nil
}

// parseStrokes reads the form alone. Stored handwritings are read by it, so that a later,
// stricter rule for new ones cannot make evidence unreadable. For the same reason the
// bounds of the form may be raised and never lowered.
func parseStrokes(text string) (Strokes, error) {
	if len(text) > MaxStrokesText {
		return Strokes{}, badStrokes(RuleStrokesLength)
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return Strokes{}, badStrokes(RuleStrokesEncoding)
	}
	r := strokesReader{rest: raw}
	s := r.strokes()
	switch {
	case r.rule != "":
		return Strokes{}, badStrokes(r.rule)
	case len(r.rest) > 0, s.Encode() != text: // the base64 decoder skips line breaks, so compare text
		return Strokes{}, badStrokes(RuleStrokesEncoding)
	}
	return s, nil
}

func badStrokes(rule string) error {
	return &RejectedError{Code: CodeStrokesInvalid, Rule: rule}
}

// strokesReader reads numbers until the first broken rule.
type strokesReader struct {
	rest  []byte
	pen   Point
	total int // points so far
	rule  string
}

func (r *strokesReader) strokes() Strokes {
	version := r.count(strokesVersion, RuleStrokesVersion)
	if version != strokesVersion {
		r.fail(RuleStrokesVersion)
	}
	s := Strokes{Width: r.count(MaxCanvas, RuleStrokesCanvas), Height: r.count(MaxCanvas, RuleStrokesCanvas)}
	if s.Width == 0 || s.Height == 0 {
		r.fail(RuleStrokesCanvas)
	}
	n := r.some(MaxStrokes)
	for i := 0; i < n && r.rule == ""; i++ {
		s.Strokes = append(s.Strokes, r.stroke(s))
	}
	return s
}

func (r *strokesReader) stroke(s Strokes) []Point {
	n := r.some(MaxStrokePoints - r.total)
	var points []Point // grows as bytes are read: n alone must not reserve memory
	for i := 0; i < n && r.rule == ""; i++ {
		first := r.total == 0
		r.pen.X += r.distance()
		r.pen.Y += r.distance()
		r.pen.Millis += r.count(MaxStrokesMillis-r.pen.Millis, RuleStrokesTime)
		if r.pen.X < 0 || r.pen.X > s.Width || r.pen.Y < 0 || r.pen.Y > s.Height {
			r.fail(RuleStrokesOutside)
		}
		if first && r.pen.Millis != 0 {
			r.fail(RuleStrokesTime)
		}
		r.total++
		points = append(points, r.pen)
	}
	return points
}

// fail notes the first rule that is broken; after it every number reads as 0.
func (r *strokesReader) fail(rule string) {
	if r.rule == "" {
		r.rule = rule
	}
}

// some reads how many of something follow, at least one.
func (r *strokesReader) some(most int) int {
	n := r.count(most, RuleStrokesCount)
	if n == 0 {
		r.fail(RuleStrokesCount)
	}
	return n
}

// count reads an unsigned number that is at most most, else rule is broken.
func (r *strokesReader) count(most int, rule string) int {
	value, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail(RuleStrokesEncoding)
	}
	if value > uint64(most) { //nolint:gosec // bounds are not negative
		r.fail(rule)
	}
	if r.rule != "" {
		return 0
	}
	r.rest = r.rest[n:]
	return int(value) //nolint:gosec // at most most
}

// distance reads a signed number within the reach of a canvas.
func (r *strokesReader) distance() int {
	value, n := binary.Varint(r.rest)
	if n <= 0 {
		r.fail(RuleStrokesEncoding)
	}
	if value < -MaxCanvas || value > MaxCanvas {
		r.fail(RuleStrokesOutside)
	}
	if r.rule != "" {
		return 0
	}
	r.rest = r.rest[n:]
	return int(value)
}

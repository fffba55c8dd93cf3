package todo

import "math"

// inked reports whether the strokes are long and wide enough to be handwriting.
func (s Strokes) inked() bool {
	side := min(s.Width, s.Height)
	if s.points() < 2 || s.path()*minPathPart < float64(side) {
		return false
	}
	width, height := s.box()
	return max(width, height)*minBoxPart >= side
}

// path returns the length of the pen's way while it was down, in pixels.
func (s Strokes) path() float64 {
	length := 0.0
	for _, stroke := range s.Strokes {
		for i := 1; i < len(stroke); i++ {
			length += math.Hypot(float64(stroke[i].X-stroke[i-1].X), float64(stroke[i].Y-stroke[i-1].Y))
		}
	}
	return length
}

// box returns the sides of the box around all points, in pixels.
func (s Strokes) box() (width, height int) {
	left, top, right, bottom := MaxCanvas, MaxCanvas, 0, 0
	for _, stroke := range s.Strokes {
		for _, p := range stroke {
			left, right = min(left, p.X), max(right, p.X)
			top, bottom = min(top, p.Y), max(bottom, p.Y)
		}
	}
	return right - left, bottom - top
}

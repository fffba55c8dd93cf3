package todo_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"testing"

	"renzheng/todo"
)

// The picture is evidence, so the same strokes must be drawn as the same pixels by
// every version of the program. The lines have all eight directions, are level,
// upright or a dot, and run along and up to every edge. One canvas is scaled down,
// the other needs the thinnest pen.
func TestStrokes_RenderTheSamePixelsInEveryVersion(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		width, height int
		want          string
	}{
		{1500, 701, "d7e3fb2ae3e96fec"},
		{120, 90, "110842e75d29e55d"},
	} {
		w, h := tt.width, tt.height
		x, y := w/2, h/2
		s := todo.Strokes{Width: w, Height: h, Strokes: [][]todo.Point{
			{{X: x, Y: y}, {X: x + 40, Y: y + 10}, {X: x + 30, Y: y + 40}, {X: x - 9, Y: y + 43}, {X: x - 40, Y: y + 20}},
			{{X: x - 41, Y: y - 3}, {X: x - 20, Y: y - 40}, {X: x + 20, Y: y - 41}, {X: x + 45, Y: y - 20}},
			{{X: 0, Y: 0}, {X: w, Y: 0}, {X: w, Y: h}, {X: 0, Y: h}, {X: 0, Y: 0}},
			{{X: 17, Y: 19}},
			{{X: 5, Y: 25}, {X: 20, Y: 25}, {X: 20, Y: 50}},
		}}
		raw, err := s.Render()
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		indexed, ok := picture.(*image.Paletted)
		if !ok {
			t.Fatalf("got %T", picture)
		}
		sum := sha256.Sum256(indexed.Pix)
		if got := hex.EncodeToString(sum[:8]); got != tt.want {
			t.Errorf("%dx%d: got pixels %s, want %s", w, h, got, tt.want)
		}
	}
}

package todo_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image/png"
	"slices"
	"strings"
	"testing"

	"renzheng/todo"
)

func signature() todo.Strokes {
	return todo.Strokes{Width: 600, Height: 300, Strokes: [][]todo.Point{
		{{X: 40, Y: 60}, {X: 90, Y: 60, Millis: 20}, {X: 240, Y: 55, Millis: 61}},
		{{X: 140, Y: 10, Millis: 300}, {X: 120, Y: 280, Millis: 420}},
	}}
}

func TestDecodeStrokes_ReadsWhatEncodeWrites(t *testing.T) {
	t.Parallel()
	want := signature()
	text := want.Encode()
	got, err := todo.DecodeStrokes(text)
	if err != nil {
		t.Fatal(err)
	}
	if got.Encode() != text || got.Width != 600 || len(got.Strokes) != 2 || got.Strokes[1][1] != want.Strokes[1][1] {
		t.Errorf("got %+v, want %+v", got, want)
	}
	const golden = "AdgErAICA1B4AGQAFKwCCSkCxwFZ7wEnnAR4"
	if text != golden {
		t.Errorf("got %s, want %s: clients out there write the latter", text, golden)
	}
}

func TestDecodeStrokes_Refuses(t *testing.T) {
	t.Parallel()
	raw := func(b ...byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	changed := func(change func(s *todo.Strokes)) string {
		s := signature()
		change(&s)
		return s.Encode()
	}
	cases := map[string]struct{ text, rule string }{
		"nothing":                     {"", todo.RuleStrokesEncoding},
		"padding":                     {signature().Encode() + "=", todo.RuleStrokesEncoding},
		"a line break":                {signature().Encode()[:8] + "\n" + signature().Encode()[8:], todo.RuleStrokesEncoding},
		"a byte behind the end":       {raw(1, 100, 100, 1, 2, 0, 0, 0, 100, 100, 9, 0), todo.RuleStrokesEncoding},
		"a number with a spare byte":  {raw(1, 0xe4, 0, 100, 1, 2, 0, 0, 0, 100, 100, 9), todo.RuleStrokesEncoding},
		"an end in the middle":        {raw(1, 100, 100, 1, 2, 0, 0, 0, 100), todo.RuleStrokesEncoding},
		"more text than allowed":      {strings.Repeat("A", todo.MaxStrokesText+1), todo.RuleStrokesLength},
		"another version":             {raw(2, 100, 100, 1, 2, 0, 0, 0, 100, 100, 9), todo.RuleStrokesVersion},
		"no canvas":                   {changed(func(s *todo.Strokes) { s.Height = 0 }), todo.RuleStrokesCanvas},
		"a canvas too large":          {changed(func(s *todo.Strokes) { s.Width = todo.MaxCanvas + 1 }), todo.RuleStrokesCanvas},
		"no stroke":                   {changed(func(s *todo.Strokes) { s.Strokes = nil }), todo.RuleStrokesCount},
		"an empty stroke":             {changed(func(s *todo.Strokes) { s.Strokes[0] = nil }), todo.RuleStrokesCount},
		"too many strokes":            {changed(func(s *todo.Strokes) { s.Strokes = make([][]todo.Point, todo.MaxStrokes+1) }), todo.RuleStrokesCount},
		"too many points":             {changed(func(s *todo.Strokes) { s.Strokes[1] = make([]todo.Point, 4096) }), todo.RuleStrokesCount},
		"a point right of the canvas": {changed(func(s *todo.Strokes) { s.Strokes[0][1].X = 601 }), todo.RuleStrokesOutside},
		"a point above the canvas":    {changed(func(s *todo.Strokes) { s.Strokes[0][1].Y = -1 }), todo.RuleStrokesOutside},
		"a first point that is late":  {changed(func(s *todo.Strokes) { s.Strokes[0][0].Millis = 1 }), todo.RuleStrokesTime},
		"time that goes back":         {changed(func(s *todo.Strokes) { s.Strokes[1][0].Millis = 60 }), todo.RuleStrokesTime},
		"eleven minutes":              {changed(func(s *todo.Strokes) { s.Strokes[1][1].Millis = 660_000 }), todo.RuleStrokesTime},
		"no time at all":              {raw(1, 100, 100, 1, 2, 0, 0, 0, 100, 100, 0), todo.RuleStrokesTime},
		"a tap":                       {raw(1, 100, 100, 1, 2, 100, 100, 0, 2, 2, 9), todo.RuleStrokesTooLittle},
		"a way that is too long":      {scribble(todo.MaxStrokesPath + 1).Encode(), todo.RuleStrokesTooMuch},
		"trembling on one spot": {changed(func(s *todo.Strokes) {
			s.Strokes = [][]todo.Point{nil}
			for i := range 200 {
				s.Strokes[0] = append(s.Strokes[0], todo.Point{X: 50 + i%2, Y: 50, Millis: i})
			}
		}), todo.RuleStrokesTooLittle},
	}
	for name, c := range cases {
		_, err := todo.DecodeStrokes(c.text)
		var rejected *todo.RejectedError
		if !errors.As(err, &rejected) || rejected.Code != todo.CodeStrokesInvalid || rejected.Rule != c.rule {
			t.Errorf("%s: got %v, want rule %s", name, err, c.rule)
		}
	}
}

// scribble goes from one side of the largest canvas to the other so many times.
func scribble(times int) todo.Strokes {
	stroke := make([]todo.Point, times+1)
	for i := range stroke {
		stroke[i] = todo.Point{X: i % 2 * todo.MaxCanvas, Y: todo.MaxCanvas / 2, Millis: i}
	}
	return todo.Strokes{Width: todo.MaxCanvas, Height: todo.MaxCanvas, Strokes: [][]todo.Point{stroke}}
}

// A pen may touch every edge of the largest canvas, cross it at once and take ten minutes.
func TestDecodeStrokes_TakesTheEdges(t *testing.T) {
	t.Parallel()
	const side, last = todo.MaxCanvas, todo.MaxStrokesMillis
	long := make([]todo.Point, todo.MaxStrokePoints)
	for i := range long {
		long[i] = todo.Point{X: i % 2, Y: i % 90, Millis: i}
	}
	for name, tt := range map[string]struct {
		strokes todo.Strokes
		read    bool
	}{
		"from corner to corner and back": {todo.Strokes{Width: side, Height: side, Strokes: [][]todo.Point{
			{{X: 0, Y: 0}, {X: side, Y: side, Millis: 1}, {X: 0, Y: 0, Millis: last}},
		}}, true},
		"a millisecond longer": {todo.Strokes{Width: side, Height: side, Strokes: [][]todo.Point{
			{{X: 0, Y: 0}, {X: side, Y: side, Millis: 1}, {X: 0, Y: 0, Millis: last + 1}},
		}}, false},
		"as many points as are read": {todo.Strokes{Width: 90, Height: 90, Strokes: [][]todo.Point{long[:4000], long[4000:]}}, true},
		"as long as a way may be":    {scribble(todo.MaxStrokesPath), true},
		"a side longer":              {scribble(todo.MaxStrokesPath + 1), false},
		"a tenth wide, a fifth long": {todo.Strokes{Width: 100, Height: 100, Strokes: [][]todo.Point{
			{{X: 50, Y: 50}, {X: 60, Y: 50, Millis: 1}, {X: 50, Y: 50, Millis: 2}},
		}}, true},
		"less than a tenth wide": {todo.Strokes{Width: 100, Height: 100, Strokes: [][]todo.Point{
			{{X: 50, Y: 50}, {X: 59, Y: 50, Millis: 1}, {X: 50, Y: 50, Millis: 2}, {X: 59, Y: 50, Millis: 3}},
		}}, false},
		"less than a fifth long": {todo.Strokes{Width: 100, Height: 100, Strokes: [][]todo.Point{
			{{X: 50, Y: 50}, {X: 69, Y: 50, Millis: 1}},
		}}, false},
		"long but in two places": {todo.Strokes{Width: 100, Height: 100, Strokes: [][]todo.Point{
			{{X: 10, Y: 50}}, {{X: 90, Y: 50, Millis: 1}},
		}}, false},
	} {
		text := tt.strokes.Encode()
		got, err := todo.DecodeStrokes(text)
		if (err == nil) != tt.read || tt.read && got.Encode() != text {
			t.Errorf("%s: got %v, want it read %t", name, err, tt.read)
		}
	}
}

func TestStrokes_Render(t *testing.T) {
	t.Parallel()
	s := signature()
	first, err := s.Render()
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Render()
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("got other bytes the second time (%v), want the same", err)
	}
	picture, err := png.Decode(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 600 || size.Y != 300 {
		t.Errorf("got %v, want the size of the canvas", size)
	}
	for name, c := range map[string]struct {
		x, y int
		dark bool
	}{"on a line": {65, 60, true}, "in a corner": {599, 299, false}, "where the pen was up": {190, 30, false}} {
		if red, _, _, _ := picture.At(c.x, c.y).RGBA(); (red < 0x4000) != c.dark {
			t.Errorf("%s: got brightness %#x, want dark %v", name, red, c.dark)
		}
	}
}

func TestStrokes_RenderIsBounded(t *testing.T) {
	t.Parallel()
	s := todo.Strokes{Width: todo.MaxCanvas, Height: todo.MaxCanvas, Strokes: [][]todo.Point{nil}}
	for i := range todo.MaxStrokePoints {
		s.Strokes[0] = append(s.Strokes[0], todo.Point{X: i % 2 * todo.MaxCanvas, Y: i % 3 * todo.MaxCanvas / 2, Millis: i})
	}
	raw, err := s.Render()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil || picture.Width != 1024 || picture.Height != 1024 {
		t.Errorf("got %dx%d (%v), want a picture scaled to 1024", picture.Width, picture.Height, err)
	}
}

func FuzzDecodeStrokes(f *testing.F) {
	f.Add(signature().Encode())
	f.Add("AWRkAQIAAABkZAk")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := todo.DecodeStrokes(text)
		if err != nil {
			return
		}
		if s.Encode() != text {
			t.Fatal("what was read is not written the same")
		}
		points, last := slices.Concat(s.Strokes...), 0
		for _, p := range points {
			if p.X < 0 || p.X > s.Width || p.Y < 0 || p.Y > s.Height || p.Millis < last {
				t.Fatalf("got a point out of bounds: %+v", p)
			}
			last = p.Millis
		}
		if len(text) > todo.MaxStrokesText || s.Width > todo.MaxCanvas || s.Height > todo.MaxCanvas ||
			len(s.Strokes) > todo.MaxStrokes || len(points) > todo.MaxStrokePoints || last > todo.MaxStrokesMillis {
			t.Fatal("got more than the bounds allow")
		}
	})
}

package todo_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"renzheng/todo"
)

// write makes the vectors anew: go test ./todo -run Vectors -write
var write = flag.Bool("write", false, "write docs/vectors/handwriting.json")

const vectorsPath = "../docs/vectors/handwriting.json"

// strokesVector is a text that is read as a handwriting, or breaks a rule.
type strokesVector struct {
	Name        string             `json:"name"`
	Handwriting *vectorHandwriting `json:"handwriting,omitempty"` // that is encoded as the text
	Encoded     string             `json:"encoded"`
	Valid       bool               `json:"valid"`
	Rule        string             `json:"rule,omitempty"` // that is broken
}

type vectorHandwriting struct {
	Width   int             `json:"width"`
	Height  int             `json:"height"`
	Strokes [][]vectorPoint `json:"strokes"`
}

type vectorPoint struct {
	X int `json:"x"`
	Y int `json:"y"`
	T int `json:"t"` // milliseconds since the first point
}

// drawn returns the vector of a handwriting; without a rule it is valid.
func drawn(name, rule string, width, height int, strokes ...[]vectorPoint) strokesVector {
	s := todo.Strokes{Width: width, Height: height}
	for _, stroke := range strokes {
		var points []todo.Point
		for _, p := range stroke {
			points = append(points, todo.Point{X: p.X, Y: p.Y, Millis: p.T})
		}
		s.Strokes = append(s.Strokes, points)
	}
	drawing := vectorHandwriting{width, height, append([][]vectorPoint{}, strokes...)} // never null
	return strokesVector{name, &drawing, s.Encode(), rule == "", rule}
}

// textOnly returns the vector of a text that no handwriting is encoded as.
func textOnly(name, rule, text string) strokesVector {
	return strokesVector{Name: name, Encoded: text, Rule: rule}
}

func validVectors() []strokesVector {
	return []strokesVector{
		drawn("two strokes", "", 600, 300, []vectorPoint{{40, 60, 0}, {90, 60, 20}, {240, 55, 61}}, []vectorPoint{{140, 10, 300}, {120, 280, 420}}),
		drawn("a single line", "", 100, 100, []vectorPoint{{0, 0, 0}, {50, 50, 9}}),
		drawn("the character 一, which has no height", "", 1000, 500, []vectorPoint{{200, 250, 0}, {500, 250, 130}, {800, 250, 260}}),
		drawn("a dot and a line", "", 1000, 500, []vectorPoint{{300, 100, 0}}, []vectorPoint{{300, 200, 400}, {700, 210, 900}}),
		drawn("two points of the same millisecond", "", 1000, 500, []vectorPoint{{300, 100, 0}, {310, 140, 0}, {400, 400, 16}}),
		drawn("from corner to corner of the largest canvas, in ten minutes", "", 4096, 4096, []vectorPoint{{0, 0, 0}, {4096, 4096, 1}, {0, 0, 600000}}),
		drawn("a tenth wide and a fifth long, the least", "", 100, 100, []vectorPoint{{50, 50, 0}, {60, 50, 1}, {50, 50, 2}}),
	}
}

func invalidDrawings() []strokesVector {
	scribble := make([]vectorPoint, todo.MaxStrokesPath+2)
	for i := range scribble {
		scribble[i] = vectorPoint{i % 2 * 100, 50, i}
	}
	line := []vectorPoint{{20, 20, 0}, {80, 80, 90}}
	return []strokesVector{
		drawn("a canvas without height", todo.RuleStrokesCanvas, 100, 0, line),
		drawn("a canvas that is too large", todo.RuleStrokesCanvas, 4097, 100, line),
		drawn("no stroke", todo.RuleStrokesCount, 100, 100),
		drawn("a stroke without points", todo.RuleStrokesCount, 100, 100, line, []vectorPoint{}),
		drawn("a point to the right of the canvas", todo.RuleStrokesOutside, 100, 100, []vectorPoint{{20, 20, 0}, {101, 80, 90}}),
		drawn("a point above the canvas", todo.RuleStrokesOutside, 100, 100, []vectorPoint{{20, 20, 0}, {80, -1, 90}}),
		drawn("a millisecond more than ten minutes", todo.RuleStrokesTime, 100, 100, []vectorPoint{{20, 20, 0}, {80, 80, 600001}}),
		drawn("no time passes", todo.RuleStrokesTime, 100, 100, []vectorPoint{{20, 20, 0}, {80, 80, 0}}),
		drawn("a tap", todo.RuleStrokesTooLittle, 100, 100, []vectorPoint{{50, 50, 0}, {51, 51, 9}}),
		drawn("less than a fifth long", todo.RuleStrokesTooLittle, 100, 100, []vectorPoint{{50, 50, 0}, {69, 50, 1}}),
		drawn("less than a tenth wide", todo.RuleStrokesTooLittle, 100, 100, []vectorPoint{{50, 50, 0}, {59, 50, 1}, {50, 50, 2}, {59, 50, 3}}),
		drawn("two dots far apart", todo.RuleStrokesTooLittle, 100, 100, []vectorPoint{{10, 50, 0}}, []vectorPoint{{90, 50, 1}}),
		drawn("a scribble of 201 times the canvas's width", todo.RuleStrokesTooMuch, 100, 100, scribble),
	}
}

func invalidTexts() []strokesVector {
	raw := func(b ...byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	good := drawn("", "", 600, 300, []vectorPoint{{0, 0, 0}, {600, 300, 9}}).Encoded
	many := append([]byte{1, 100, 100, 0x81, 2}, bytes.Repeat([]byte{1, 0, 0, 0}, 257)...)
	return []strokesVector{
		textOnly("nothing", todo.RuleStrokesEncoding, ""),
		textOnly("padding", todo.RuleStrokesEncoding, good+"="),
		textOnly("the alphabet of base64 instead of base64url", todo.RuleStrokesEncoding, "AWRkAQIAAAD+/wk"),
		textOnly("a line break", todo.RuleStrokesEncoding, good[:4]+"\n"+good[4:]),
		textOnly("a byte after the end", todo.RuleStrokesEncoding, raw(1, 100, 100, 1, 2, 0, 0, 0, 100, 100, 9, 0)),
		textOnly("a number with a byte too many", todo.RuleStrokesEncoding, raw(1, 0xe4, 0, 100, 1, 2, 0, 0, 0, 100, 100, 9)),
		textOnly("an end in the middle of a point", todo.RuleStrokesEncoding, raw(1, 100, 100, 1, 2, 0, 0, 0, 100)),
		textOnly("another version", todo.RuleStrokesVersion, raw(2, 100, 100, 1, 2, 0, 0, 0, 100, 100, 9)),
		textOnly("257 strokes", todo.RuleStrokesCount, raw(many...)),
		textOnly("a first point that is not at time 0", todo.RuleStrokesTime, raw(1, 100, 100, 1, 2, 0, 0, 1, 100, 100, 9)),
	}
}

func TestStrokes_Vectors(t *testing.T) {
	t.Parallel()
	var lines []string
	rules := map[string]bool{"": true}
	vectors := append(append(validVectors(), invalidDrawings()...), invalidTexts()...)
	for _, v := range vectors {
		_, err := todo.DecodeStrokes(v.Encoded)
		var rejected *todo.RejectedError
		switch {
		case v.Valid && err != nil:
			t.Errorf("%s: got %v, want it read", v.Name, err)
		case !v.Valid && (!errors.As(err, &rejected) || rejected.Rule != v.Rule):
			t.Errorf("%s: got %v, want rule %s", v.Name, err, v.Rule)
		}
		rules[v.Rule] = true
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, "    "+string(line))
	}
	for _, rule := range []string{ // RuleStrokesLength takes more text than a page should have
		todo.RuleStrokesEncoding, todo.RuleStrokesVersion, todo.RuleStrokesCanvas, todo.RuleStrokesCount, todo.RuleStrokesOutside,
		todo.RuleStrokesTime, todo.RuleStrokesTooLittle, todo.RuleStrokesTooMuch,
	} {
		if !rules[rule] {
			t.Errorf("no vector breaks %s", rule)
		}
	}
	want := "{\n  \"vectors\": [\n" + strings.Join(lines, ",\n") + "\n  ]\n}\n"
	got, err := os.ReadFile(vectorsPath)
	if string(got) == want {
		return
	}
	if !*write {
		t.Fatalf("%s is stale (%v); go test ./todo -run Vectors -write makes it anew", vectorsPath, err)
	}
	if err = os.WriteFile(vectorsPath, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

package main

import (
	"encoding/base64"
	"net/http"
	"strings"

	"renzheng/todo"
)

// badAnswers are answers to an open todo, with a verification that has passed
// for it, so that only their own fault makes them invalid.
func badAnswers(seen shown, pass string) []bad {
	at := "/v1/todos/" + seen.id
	stale := seen
	stale.digest = strings.Repeat("A", len(seen.digest))
	later := seen
	later.revision++
	refusal := func(name string, body members, status int, code string) bad {
		return bad{name: name, request: posted(at+"/refusal", body), status: status, code: code}
	}
	nameless := seen.no()
	nameless["reason"] = "other_reason"
	all := []bad{
		{name: "a stale digest in a confirmation", request: posted(at+"/confirmation", stale.yes(pass, handwriting())), status: http.StatusConflict, code: "revision_stale"},
		{name: "a later revision in a confirmation", request: posted(at+"/confirmation", later.yes(pass, handwriting())), status: http.StatusConflict, code: "revision_stale"},
		refusal("a stale digest in a refusal", stale.no(), http.StatusConflict, "revision_stale"),
		refusal("a later revision in a refusal", later.no(), http.StatusConflict, "revision_stale"),
		{name: "a reason that is none", request: posted(at+"/refusal", nameless), status: http.StatusUnprocessableEntity, code: "values_invalid", rule: "enum", pointer: "/reason"},
		{name: "a stale digest in a verification", request: posted("/v1/verifications", members{
			"purpose": "confirm", "todo_id": seen.id, "revision": seen.revision, "content_digest": stale.digest,
		}), status: http.StatusConflict, code: "todo_changed"},
		{
			name: "a verification that nobody has", request: posted(at+"/confirmation", seen.yes("ver_"+strings.Repeat("0", 32), handwriting())),
			status: http.StatusConflict, code: "verification_not_usable",
		},
		{name: "no strokes", request: posted(at+"/confirmation", seen.yes(pass, "")), status: http.StatusUnprocessableEntity, code: "values_invalid", rule: "min_length", pointer: "/strokes"},
		{
			name: "too many strokes", request: posted(at+"/confirmation", seen.yes(pass, strings.Repeat("A", 24577))),
			status: http.StatusUnprocessableEntity, code: "values_invalid", rule: "max_length", pointer: "/strokes",
		},
	}
	for rule, strokes := range badStrokes() {
		all = append(all, bad{
			name: "strokes that break the rule " + rule, request: posted(at+"/confirmation", seen.yes(pass, strokes)),
			status: http.StatusUnprocessableEntity, code: "strokes_invalid", rule: rule, pointer: "/strokes",
		})
	}
	return all
}

// badStrokes are handwritings by the rule that they break.
func badStrokes() map[string]string {
	dot := []todo.Point{{X: 300, Y: 150}, {X: 301, Y: 150, Millis: 9}}
	drawn := func(points ...todo.Point) string {
		return todo.Strokes{Width: 600, Height: 300, Strokes: [][]todo.Point{points}}.Encode()
	}
	scribble := make([]todo.Point, todo.MaxStrokesPath+2)
	for i := range scribble {
		scribble[i] = todo.Point{X: i % 2 * 600, Y: 150, Millis: i}
	}
	return map[string]string{
		"too_little": drawn(dot...),
		"too_much":   drawn(scribble...),
		"outside":    drawn(todo.Point{X: 10, Y: 10}, todo.Point{X: 700, Y: 10, Millis: 90}),
		"time":       drawn(todo.Point{X: 10, Y: 10}, todo.Point{X: 500, Y: 200}),
		"count":      todo.Strokes{Width: 600, Height: 300}.Encode(),
		"canvas":     todo.Strokes{Width: 600, Height: 5000, Strokes: [][]todo.Point{dot}}.Encode(),
		"version":    base64.RawURLEncoding.EncodeToString([]byte{2, 1, 1, 1}),
		"encoding":   "!" + handwriting(),
	}
}

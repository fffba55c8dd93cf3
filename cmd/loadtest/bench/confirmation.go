package bench

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"

	"renzheng/todo"
)

// confirmation is one that is ready to be sent.
type confirmation struct {
	todoID, token string
	body          confirmationBody
}

// confirmationBody is what the client sends (R21).
type confirmationBody struct {
	VerificationID string `json:"verification_id"`
	Revision       int64  `json:"revision"`
	ContentDigest  string `json:"content_digest"`
	Strokes        string `json:"strokes"`
}

func (c confirmation) shot() (shot, error) {
	body, err := json.Marshal(c.body)
	if err != nil {
		return shot{}, fmt.Errorf("encoding a confirmation: %w", err)
	}
	return shot{
		method: http.MethodPost, path: "/v1/todos/" + c.todoID + "/confirmation", token: c.token, key: rand.Text(),
		body: body, want: http.StatusCreated,
	}, nil
}

// handwrite returns a signature of three characters' length, each a little
// otherwise, which the server insists on.
func handwrite() string {
	signature := todo.Strokes{Width: 600, Height: 300}
	millis := 0
	for row := range 6 {
		x, y := 40+mathrand.IntN(60), 60+row*30+mathrand.IntN(20)
		var stroke []todo.Point
		for range 25 {
			stroke = append(stroke, todo.Point{X: x, Y: y, Millis: millis})
			x += 5 + mathrand.IntN(12)
			y += mathrand.IntN(5) - 2
			millis += 9 + mathrand.IntN(9)
		}
		millis += 150
		signature.Strokes = append(signature.Strokes, stroke)
	}
	return signature.Encode()
}

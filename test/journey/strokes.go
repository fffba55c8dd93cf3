package journey

import (
	"math/rand/v2"

	"renzheng/todo"
)

// handwrite returns a handwriting that differs a little each time, as the server
// requires.
func handwrite() string {
	const width, height = 600, 300
	signature := todo.Strokes{Width: width, Height: height}
	millis := 0
	for row := range 4 {
		x, y := 60+rand.IntN(40), 50+row*55+rand.IntN(20)
		var stroke []todo.Point
		for range 20 {
			stroke = append(stroke, todo.Point{X: x, Y: y, Millis: millis})
			x += 8 + rand.IntN(12)
			y += rand.IntN(7) - 3
			millis += 9 + rand.IntN(9)
		}
		millis += 120 + rand.IntN(80)
		signature.Strokes = append(signature.Strokes, stroke)
	}
	return signature.Encode()
}

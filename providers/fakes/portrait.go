package fakes

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/color"
	"image/jpeg"
)

const (
	portraitWidth  = 240
	portraitHeight = 320
	jpegQuality    = 80
	stripe         = 24 // pixels: the diagonal bands that mark it as simulated
)

// Portrait returns the picture that a platform captures of a person, as JPEG. It is
// plainly a drawing, and the same for the same name and number.
func Portrait(name, number string) []byte {
	seed := sha256.Sum256([]byte(name + "\x00" + number))
	canvas := image.NewRGBA(image.Rect(0, 0, portraitWidth, portraitHeight))
	for y := range portraitHeight {
		for x := range portraitWidth {
			canvas.SetRGBA(x, y, shade(seed, x, y))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, canvas, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil // a buffer takes everything
	}
	return out.Bytes()
}

// shade paints a head on shoulders before a striped wall.
func shade(seed [32]byte, x, y int) color.RGBA {
	tone := func(i int, base uint8) uint8 { return base + seed[i]%64 }
	switch {
	case ellipse(x-98, y-120, 9, 6), ellipse(x-142, y-120, 9, 6):
		return color.RGBA{R: 40, G: 40, B: 48, A: 255}
	case ellipse(x-120, y-175, 24, int(3+seed[0]%8)):
		return color.RGBA{R: 150, G: 60, B: 60, A: 255}
	case ellipse(x-120, y-130, 62, 80):
		return color.RGBA{R: tone(1, 180), G: tone(2, 140), B: tone(3, 110), A: 255}
	case ellipse(x-120, y-320, 105, 110):
		return color.RGBA{R: tone(4, 30), G: tone(5, 60), B: tone(6, 90), A: 255}
	case (x+y)/stripe%2 == 0:
		return color.RGBA{R: 236, G: 228, B: 210, A: 255}
	}
	return color.RGBA{R: 222, G: 232, B: 240, A: 255}
}

// ellipse reports whether a point lies in the ellipse of these half-axes.
func ellipse(dx, dy, a, b int) bool {
	return dx*dx*b*b+dy*dy*a*a <= a*a*b*b
}

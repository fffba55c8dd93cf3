package material

import (
	"image"
	"image/color"
)

// shrink returns an upright copy of a picture on a white background, whose longest side is at most maxSide. Each pixel is the mean of a
// square of pixels.
func shrink(src image.Image, o orientation) *image.RGBA {
	bounds := src.Bounds()
	step := max(1, (max(bounds.Dx(), bounds.Dy())+maxSide-1)/maxSide)
	w, h := bounds.Dx()/step, bounds.Dy()/step
	width, height := w, h
	if o.sideways() {
		width, height = h, w
	}
	at := pixelsOf(src)
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			sx, sy := o.source(x, y, w, h)
			out.SetRGBA(x, y, mean(at, bounds.Min.X+sx*step, bounds.Min.Y+sy*step, step))
		}
	}
	return out
}

// pixelsOf returns a function that reads a pixel without allocating.
func pixelsOf(src image.Image) func(x, y int) color.RGBA64 {
	if fast, ok := src.(image.RGBA64Image); ok {
		return fast.RGBA64At
	}
	return func(x, y int) color.RGBA64 {
		r, g, b, a := src.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)} //nolint:gosec // RGBA returns 16 bits
	}
}

// mean returns the mean of a square of pixels on a white background.
func mean(at func(x, y int) color.RGBA64, left, top, side int) color.RGBA {
	var r, g, b uint64
	for y := top; y < top+side; y++ {
		for x := left; x < left+side; x++ {
			c := at(x, y)
			white := 0xffff - uint64(c.A)
			r, g, b = r+uint64(c.R)+white, g+uint64(c.G)+white, b+uint64(c.B)+white
		}
	}
	n := uint64(side * side)                                                                     //nolint:gosec // positive
	return color.RGBA{R: uint8(r / n >> 8), G: uint8(g / n >> 8), B: uint8(b / n >> 8), A: 0xff} //nolint:gosec // 16 bits each
}

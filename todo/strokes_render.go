package todo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"sync"
)

// maxPicture bounds the longer side of a rendered handwriting in pixels, and
// with it what one rendering costs. Printed 8 cm wide it is 300 dots per inch.
const maxPicture = 1024

// Render draws the strokes in black on white, scaled down where the canvas is
// larger than maxPicture, as a grey PNG. The same strokes give the same pixels
// on every machine.
func (s Strokes) Render() ([]byte, error) { return s.renderIn(new(pictureMemory)) }

func (s Strokes) renderIn(memory *pictureMemory) ([]byte, error) {
	page := newPage(s.Width, s.Height)
	for _, stroke := range s.Strokes {
		page.draw(stroke)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: memory} // mostly white: more effort saves little and holds up the answers
	if err := encoder.Encode(&out, page.indexed()); err != nil {
		return nil, fmt.Errorf("encoding a handwriting: %w", err)
	}
	return out.Bytes(), nil
}

// renderEncoded renders strokes as they are stored, by whatever rules they were accepted.
func renderEncoded(encoded []byte, memory *pictureMemory) ([]byte, error) {
	s, err := parseStrokes(string(encoded))
	if err != nil {
		return nil, fmt.Errorf("reading stored strokes: %w", err)
	}
	return s.renderIn(memory)
}

// pictureMemory lends the encoder's memory, above a megabyte, from one picture to
// the next. Zero value: ready. Concurrency: safe.
type pictureMemory struct{ pool sync.Pool }

var _ png.EncoderBufferPool = (*pictureMemory)(nil)

// Get returns memory that was used before, or nil.
func (m *pictureMemory) Get() *png.EncoderBuffer {
	buffer, _ := m.pool.Get().(*png.EncoderBuffer)
	return buffer
}

// Put takes memory back.
func (m *pictureMemory) Put(buffer *png.EncoderBuffer) { m.pool.Put(buffer) }

// page is a picture that is drawn on in the coordinates of a canvas.
//
// Products are converted explicitly before they are added: the language then
// forbids fused operations, whose rounding differs between machines.
type page struct {
	picture *image.Gray
	scale   float64 // from canvas to picture
	radius  float64 // of the pen, in pixels of the picture
}

func newPage(width, height int) page {
	scale := min(1, float64(maxPicture)/float64(max(width, height)))
	w, h := int(math.Ceil(float64(width)*scale)), int(math.Ceil(float64(height)*scale))
	picture := image.NewGray(image.Rect(0, 0, w, h))
	for i := range picture.Pix {
		picture.Pix[i] = math.MaxUint8
	}
	const penPart = 150 // the pen is as thick as a ballpoint on a card of this size
	return page{picture, scale, max(1, float64(min(w, h))/penPart)}
}

func (p page) draw(stroke []Point) {
	for i, to := range stroke {
		from := stroke[max(0, i-1)] // the first point is a dot
		p.line(float64(from.X)*p.scale, float64(from.Y)*p.scale, float64(to.X)*p.scale, float64(to.Y)*p.scale)
	}
}

// line inks the pixels near the way from one point to another. Along its longer
// direction it looks only at the pixels that the pen can reach, so that its cost
// grows with its length and not with the box around it.
func (p page) line(x0, y0, x1, y1 float64) {
	reach := math.Ceil(p.radius*math.Sqrt2) + 1
	along, across := 1, p.picture.Stride
	steep := math.Abs(y1-y0) > math.Abs(x1-x0)
	if steep {
		x0, y0, x1, y1 = y0, x0, y1, x1
		along, across = across, along
	}
	if x0 > x1 {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	width, height := p.picture.Rect.Dx(), p.picture.Rect.Dy()
	if steep {
		width, height = height, width
	}
	slope := 0.0
	if x1 > x0 {
		slope = (y1 - y0) / (x1 - x0)
	}
	way := segment{x0, y0, x1, y1}
	for x := max(0, int(x0-reach)); x <= min(width-1, int(x1+reach)); x++ {
		middle := y0 + float64(slope*(min(max(float64(x), x0), x1)-x0))
		for y := max(0, int(middle-reach)); y <= min(height-1, int(middle+reach)); y++ {
			pixel := x*along + y*across
			if p.picture.Pix[pixel] != 0 { // a black pixel stays black
				p.ink(pixel, way.squaredDistance(float64(x)+0.5, float64(y)+0.5))
			}
		}
	}
}

// ink darkens a pixel that is not black to the part of it that the pen covers at a distance, never lightens it.
func (p page) ink(pixel int, squaredDistance float64) {
	const edge = 0.5 // half a pixel, over which black fades to white
	outer, inner := p.radius+edge, p.radius-edge
	switch {
	case squaredDistance >= square(outer):
	case squaredDistance <= square(inner):
		p.picture.Pix[pixel] = 0
	default:
		grey := uint8(math.Round(math.MaxUint8 * (math.Sqrt(squaredDistance) - inner)))
		p.picture.Pix[pixel] = min(p.picture.Pix[pixel], grey)
	}
}

// indexed returns the same pixels as indexes into all greys. That spares the
// encoder the search for a filter for each row, which finds none for ink on white.
func (p page) indexed() *image.Paletted {
	greys := make(color.Palette, math.MaxUint8+1)
	for i := range greys {
		greys[i] = color.Gray{Y: uint8(i)}
	}
	return &image.Paletted{Pix: p.picture.Pix, Stride: p.picture.Stride, Rect: p.picture.Rect, Palette: greys}
}

type segment struct{ x0, y0, x1, y1 float64 }

// squaredDistance returns how far a point is from the segment, squared.
func (s segment) squaredDistance(x, y float64) float64 {
	dx, dy := s.x1-s.x0, s.y1-s.y0
	part := 0.0
	if length := square(dx) + square(dy); length > 0 {
		part = (float64((x-s.x0)*dx) + float64((y-s.y0)*dy)) / length
		part = min(max(part, 0), 1)
	}
	return square(x-s.x0-float64(part*dx)) + square(y-s.y0-float64(part*dy))
}

func square(v float64) float64 { return float64(v * v) }

package todo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"slices"
)

// samePicture reports whether two PNG files show the same pixels and hold nothing besides.
func samePicture(drawn, given []byte) bool {
	if !isPlainPNG(given) {
		return false
	}
	want, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		return false
	}
	size, err := png.DecodeConfig(bytes.NewReader(given))
	if err != nil || size.Width != want.Bounds().Dx() || size.Height != want.Bounds().Dy() {
		return false // before its pixels take memory
	}
	got, err := png.Decode(bytes.NewReader(given))
	return err == nil && slices.Equal(pixels(want), pixels(got))
}

// isPlainPNG reports whether a file has the chunks that Render writes and no others, and nothing behind them. The
// decoder checks what is in them.
func isPlainPNG(file []byte) bool {
	const signature, head, tail = 8, 8, 4 // bytes; around the data of a chunk are length and type, and a checksum
	if len(file) < signature {
		return false
	}
	var kinds []string
	for rest := file[signature:]; len(rest) > 0; {
		if len(rest) < head+tail {
			return false
		}
		length := uint64(binary.BigEndian.Uint32(rest)) + head + tail
		if length > uint64(len(rest)) {
			return false
		}
		if kind := string(rest[4:head]); len(kinds) == 0 || kind != kinds[len(kinds)-1] {
			kinds = append(kinds, kind)
		}
		rest = rest[length:]
	}
	return slices.Equal(kinds, []string{"IHDR", "PLTE", "IDAT", "IEND"})
}

// pixels returns the colours of a picture, row by row.
func pixels(p image.Image) []uint64 {
	size := p.Bounds()
	all := make([]uint64, 0, size.Dx()*size.Dy())
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			red, green, blue, alpha := p.At(x, y).RGBA()
			all = append(all, uint64(red)<<48|uint64(green)<<32|uint64(blue)<<16|uint64(alpha))
		}
	}
	return all
}

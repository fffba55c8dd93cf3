package kit

import (
	"bytes"
	"image/jpeg"
	"image/png"
)

const largestSide = 8192 // pixels; a phone's camera has less

// IsPicture reports whether data begins with the header of a JPEG or PNG of a
// plausible size. It decodes nothing but the header.
func IsPicture(data []byte) bool {
	header, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		header, err = png.DecodeConfig(bytes.NewReader(data))
	}
	return err == nil && header.Width >= 1 && header.Height >= 1 && header.Width <= largestSide && header.Height <= largestSide
}

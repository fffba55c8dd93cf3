package wechat

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
)

const largestSide = 8192 // pixels; a phone's camera has less

// readsAsPicture looks at the header of a JPEG or PNG; it decodes no more.
func readsAsPicture(picture []byte) bool {
	header, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		header, err = png.DecodeConfig(bytes.NewReader(picture))
	}
	return err == nil && within(header, largestSide)
}

func within(header image.Config, side int) bool {
	return header.Width >= 1 && header.Height >= 1 && header.Width <= side && header.Height <= side
}

package agency

import (
	"bytes"
	"encoding/base64"
	"image/jpeg"
	"image/png"
)

const (
	maxPictureBytes = 2 << 20
	largestSide     = 8192 // pixels; a phone's camera has less
)

// picture gives the bytes of a JPEG or PNG in base64, or nil. It is not decoded
// beyond its header.
func picture(text string) []byte {
	if text == "" || base64.StdEncoding.DecodedLen(len(text)) > maxPictureBytes {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	header, err := jpeg.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		header, err = png.DecodeConfig(bytes.NewReader(raw))
	}
	if err != nil || header.Width < 1 || header.Height < 1 || header.Width > largestSide || header.Height > largestSide {
		return nil
	}
	return raw
}

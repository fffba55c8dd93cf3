package support

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // a picture may be one
	_ "image/png"  // likewise
)

const (
	longestPicture = 512 << 10 // bytes; a code has a few thousand
	mostPixels     = 2048      // of a side
	fewestPixels   = 64
)

// ErrPicture says that a file is no picture of a QR code that can be shown.
var ErrPicture = errors.New("want a PNG or JPEG of 64 to 2048 pixels a side and at most 512 KiB")

// CheckPicture tells whether a file can serve as the fixed QR code: a whole PNG
// or JPEG of bounded size. Errors: ErrPicture.
func CheckPicture(file []byte) error {
	if len(file) > longestPicture {
		return ErrPicture
	}
	header, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || (format != "png" && format != "jpeg") {
		return ErrPicture // others may be known to this program
	}
	if max(header.Width, header.Height) > mostPixels || min(header.Width, header.Height) < fewestPixels {
		return ErrPicture
	}
	if _, _, err = image.Decode(bytes.NewReader(file)); err != nil {
		return ErrPicture
	}
	return nil
}

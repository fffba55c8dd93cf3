package support

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // a format of pictures
	_ "image/png"  // likewise
)

const (
	longestPicture = 512 << 10 // bytes; a QR code has a few thousand
	mostPixels     = 2048      // per side
	fewestPixels   = 64
)

// ErrPicture is returned for a file that cannot be shown as a QR code.
var ErrPicture = errors.New("must be a PNG or JPEG of 64 to 2048 pixels a side and at most 512 KiB")

// CheckPicture returns ErrPicture unless file can be the fixed QR code: a complete
// PNG or JPEG of bounded size.
func CheckPicture(file []byte) error {
	if len(file) > longestPicture {
		return ErrPicture
	}
	header, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || (format != "png" && format != "jpeg") {
		return ErrPicture // another format that this program can decode
	}
	if max(header.Width, header.Height) > mostPixels || min(header.Width, header.Height) < fewestPixels {
		return ErrPicture
	}
	if _, _, err = image.Decode(bytes.NewReader(file)); err != nil {
		return ErrPicture
	}
	return nil
}

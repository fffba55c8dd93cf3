package bff

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/boombuler/barcode/qr"
)

const (
	qrPixels = 8 // of a module: sharp on paper and on a screen
	qrMargin = 4 // modules; ISO/IEC 18004 requires four
)

// qrCode returns a QR code of a text as PNG. A part of it may be dirty or folded.
func qrCode(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("encoding a QR code: %w", err)
	}
	modules := code.Bounds().Dx()
	side := (modules + 2*qrMargin) * qrPixels
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range modules * qrPixels {
		for x := range modules * qrPixels {
			if code.At(x/qrPixels, y/qrPixels) == color.Black {
				picture.SetColorIndex(x+qrMargin*qrPixels, y+qrMargin*qrPixels, 1)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("writing a picture: %w", err)
	}
	return out.Bytes(), nil
}

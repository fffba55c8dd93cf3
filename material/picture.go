package material

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// Bounds of pictures.
const (
	maxPixels  = 50_000_000
	maxDecoded = 96 << 20 // bytes of memory that decoding may take
	minSide    = 240      // pixels
	maxSide    = 2560     // pixels of the clean picture
	quality    = 85       // of the clean JPEG, of 100
)

// cleanPicture decodes a picture, turns it upright, shrinks it, and encodes it as a JPEG.
func cleanPicture(f format, src *readerAt, dst io.Writer) (Info, error) {
	upright, err := checkPicture(f, src)
	if err != nil {
		return Info{}, err
	}
	decoded, err := decoders()[f].decode(bufio.NewReaderSize(src.whole(), 64<<10))
	if err != nil {
		return Info{}, reject(Damaged)
	}
	clean := shrink(decoded, upright)
	if err = jpeg.Encode(dst, clean, &jpeg.Options{Quality: quality}); err != nil {
		return Info{}, fmt.Errorf("writing a clean picture: %w", err)
	}
	return Info{MediaType: "image/jpeg", Width: clean.Rect.Dx(), Height: clean.Rect.Dy()}, nil
}

type decoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

func decoders() map[format]decoder {
	return map[format]decoder{
		jpegFormat: {jpeg.DecodeConfig, jpeg.Decode},
		pngFormat:  {png.DecodeConfig, png.Decode},
		webpFormat: {webp.DecodeConfig, webp.Decode},
	}
}

// checkPicture checks the size of a picture without decoding it, and returns its orientation.
func checkPicture(f format, src *readerAt) (orientation, error) {
	config, err := decoders()[f].config(bufio.NewReader(src.whole()))
	if err != nil {
		return 0, reject(Damaged)
	}
	pixels, upright := int64(config.Width)*int64(config.Height), orientation(1)
	if pixels > maxPixels {
		return 0, reject(TooManyPixels)
	}
	decoded := pixels * 8 // lossless WebP with a transformed copy
	switch f {
	case jpegFormat:
		h, headerErr := readJPEGHeader(bufio.NewReaderSize(src.whole(), 64<<10))
		if headerErr != nil {
			return 0, headerErr
		}
		decoded, upright = h.bytes(pixels), h.upright
	case pngFormat:
		decoded = pixels * pngPerPixel(config.ColorModel)
	case webpFormat, mp4Format:
	}
	switch {
	case decoded > maxDecoded:
		return 0, reject(TooManyPixels)
	case min(config.Width, config.Height) < minSide:
		return 0, reject(TooSmall)
	}
	return upright, nil
}

// pngPerPixel returns the bytes of memory for each pixel of a PNG, half of them more than decoded, in case it is interlaced.
func pngPerPixel(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 2
	case color.Gray16Model:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 12
	}
	return 6
}

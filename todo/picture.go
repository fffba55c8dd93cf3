package todo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/png"
	"io"
	"slices"
)

// samePicture reports whether two PNG files show the same pixels, and differ in nothing but how these are compressed.
func samePicture(drawn, given []byte) bool {
	want, got := splitPNG(drawn), splitPNG(given)
	if !bytes.Equal(want.before, got.before) || !bytes.Equal(want.after, got.after) {
		return false // before its pixels take memory, of whose number the head is
	}
	shown, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		return false
	}
	seen, err := png.Decode(bytes.NewReader(given))
	return err == nil && slices.Equal(pixels(shown), pixels(seen)) && endsWithStream(got.data)
}

// splitFile is a PNG file taken apart: its pixels as they are compressed, and what stands before and behind them.
type splitFile struct{ before, data, after []byte }

// splitPNG takes a file apart. What is not written as chunks stands behind.
func splitPNG(file []byte) splitFile {
	const signature, head, tail = 8, 8, 4 // bytes; around the data of a chunk are length and type, and a checksum
	out := splitFile{before: file[:min(signature, len(file))]}
	for at := len(out.before); ; {
		out.after = file[at:]
		if len(out.after) < head+tail {
			return out
		}
		length := int64(binary.BigEndian.Uint32(out.after))
		if length > int64(len(out.after)-head-tail) {
			return out
		}
		data := out.after[head : head+length]
		at += head + len(data) + tail
		switch isPixels := string(out.after[4:head]) == "IDAT"; {
		case isPixels:
			out.data = append(out.data, data...)
		case out.data != nil:
			return out
		default:
			out.before = file[:at]
		}
	}
}

// endsWithStream reports whether nothing stands behind a compressed stream, which the decoder of pictures passes over.
// That has read the stream before, so that its length is known to be bounded.
func endsWithStream(data []byte) bool {
	rest := bytes.NewReader(data)
	stream, err := zlib.NewReader(rest)
	if err != nil {
		return false
	}
	const longest = (maxPicture + 1) * maxPicture // each row has one byte more
	_, err = io.Copy(io.Discard, io.LimitReader(stream, longest+1))
	return err == nil && rest.Len() == 0
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

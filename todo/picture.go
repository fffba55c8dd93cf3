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

// samePicture reports whether two PNG files have the same pixels and differ only in how these are compressed.
func samePicture(drawn, given []byte) bool {
	want, got := splitPNG(drawn), splitPNG(given)
	if !bytes.Equal(want.before, got.before) || !bytes.Equal(want.after, got.after) {
		return false // checked before decoding, because the header decides how much memory the pixels take
	}
	shown, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		return false
	}
	seen, err := png.Decode(bytes.NewReader(given))
	return err == nil && slices.Equal(pixels(shown), pixels(seen)) && endsWithStream(got.data)
}

// splitFile is a PNG file in three parts: its compressed pixels, and everything before and after them.
type splitFile struct{ before, data, after []byte }

// splitPNG splits a file. The first bytes that are not a chunk, and all after them, belong to after.
func splitPNG(file []byte) splitFile {
	const signature, head, tail = 8, 8, 4 // bytes; a chunk is its length and type, its data, and a checksum
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

// endsWithStream reports whether data ends with its compressed stream. The PNG decoder ignores what follows the stream.
// The caller must have decoded the picture: then the length of the stream is bounded.
func endsWithStream(data []byte) bool {
	rest := bytes.NewReader(data)
	stream, err := zlib.NewReader(rest)
	if err != nil {
		return false
	}
	const longest = (maxPicture + 1) * maxPicture // each row begins with a byte that names its filter
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

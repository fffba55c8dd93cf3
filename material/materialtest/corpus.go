// Package materialtest has hostile pictures and videos, for the tests of every upload.
package materialtest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"renzheng/material"
)

// Secret is in every hostile file, outside of what is seen.
const Secret = "SECRET 39.9042N 116.4074E <script>alert(1)</script>"

// File is one of the corpus. Without a reason, it is accepted.
type File struct {
	Name    string
	Kind    material.Kind
	Content []byte
	Reason  material.Reason
}

// Corpus returns all files.
func Corpus(tb testing.TB) []File {
	tb.Helper()
	photo, video := PhotoJPEG(tb), VideoMP4()
	return []File{
		{"a photo", material.Picture, photo, ""},
		{"a screenshot", material.Picture, screenshotPNG(tb), ""},
		{"position and thumbnail in EXIF", material.Picture, WithSegment(photo, 0xe1, EXIF(1)), ""},
		{"comment", material.Picture, WithSegment(photo, 0xfe, []byte(Secret)), ""},
		{"picture and archive", material.Picture, append(bytes.Clone(photo), "PK\x03\x04"+Secret...), ""},
		{"picture and page", material.Picture, append(screenshotPNG(tb), "<html>"+Secret...), ""},
		{"text in PNG", material.Picture, withChunk(screenshotPNG(tb), "tEXt", []byte("Comment\x00"+Secret)), ""},
		{"compressed text in PNG", material.Picture, withChunk(screenshotPNG(tb), "zTXt", bytes.Repeat([]byte(Secret), 1000)), ""},
		{"svg", material.Picture, []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>` + Secret + `</script></svg>`), material.KindUnknown},
		{"page", material.Picture, []byte("<!doctype html><script>" + Secret), material.KindUnknown},
		{"page that begins like a picture", material.Picture, []byte("\xff\xd8\xff<html>" + Secret), material.Damaged},
		{"program", material.Picture, append([]byte("\x7fELF"), Secret...), material.KindUnknown},
		{"gif", material.Picture, gifOf(tb), material.KindUnknown},
		{"heic", material.Picture, []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + Secret), material.HEIC},
		{"nothing", material.Picture, nil, material.KindUnknown},
		{"a video as a picture", material.Picture, video, material.KindDiffers},
		{"a picture as a video", material.Video, photo, material.KindDiffers},
		{"truncated photo", material.Picture, photo[:len(photo)/2], material.Damaged},
		{"truncated screenshot", material.Picture, screenshotPNG(tb)[:300], material.Damaged},
		{"damaged WebP", material.Picture, []byte("RIFF\x20\x00\x00\x00WEBPVP8L" + Secret), material.Damaged},
		{"PNG bomb: 30,000 pixels a side in its header", material.Picture, PNGHeader(30000, 30000, 6), material.TooManyPixels},
		{"PNG bomb: two billion pixels a side", material.Picture, PNGHeader(0x7fffffff, 0x7fffffff, 0), material.Damaged},
		{"PNG bomb: 5,000 pixels a side, in color", material.Picture, PNGHeader(5000, 5000, 6), material.TooManyPixels},
		{"PNG bomb: really 7,100 pixels a side", material.Picture, flatPNG(tb, 7100), material.TooManyPixels},
		{"JPEG bomb: 65,535 pixels a side", material.Picture, resizedJPEG(photo, 65535), material.TooManyPixels},
		{"JPEG bomb: 7,000 pixels a side in scans", material.Picture, progressive(resizedJPEG(photo, 7000)), material.TooManyPixels},
		{"JPEG bomb: a thousand scans", material.Picture, manyScans(photo), material.TooManyPixels},
		{"WebP bomb: 16,384 pixels a side", material.Picture, []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\xff\xff\xff\x0f" + Secret), material.TooManyPixels},
		{"a dot", material.Picture, encodedPNG(tb, image.NewGray(image.Rect(0, 0, 1, 1))), material.TooSmall},
		{"bytes without end", material.Picture, append(bytes.Clone(photo), make([]byte, material.MaxPicture)...), material.TooLarge},
		{"a video", material.Video, video, ""},
		{"a video by QuickTime", material.Video, bytes.Replace(video, []byte("ftypisom"), []byte("ftypqt  "), 1), ""},
		{"a video with its position", material.Video, Movie(Spec{Extra: "udta"}), ""},
		{"a video with messages between its pictures", material.Video, Movie(Spec{Message: true}), ""},
		{"video and archive", material.Video, append(bytes.Clone(video), box("free", []byte(Secret))...), ""},
		{"truncated video", material.Video, video[:len(video)-40], material.Damaged},
		{"a header of 10 GB", material.Video, slices.Concat(video[:24], bigBox("mdat", 10<<30), video[24:]), material.Damaged},
		{"a box of minus one", material.Video, slices.Concat(video[:24], bigBox("free", 1<<64-1), video[24:]), material.Damaged},
		{"four billion frames", material.Video, Movie(Spec{Claimed: 0xffffffff}), material.TooLong},
		{"frames that overlap", material.Video, Movie(Spec{Overlap: true}), material.Damaged},
		{"frames that alternate between distant places", material.Video, Movie(Spec{Backwards: true}), material.Damaged},
		{"frames outside of the file", material.Video, Movie(Spec{Offset: 1 << 20}), material.Damaged},
		{"ten minutes", material.Video, Movie(Spec{Length: 600_000 / 3}), material.TooLong},
		{"16K", material.Video, Movie(Spec{Width: 15360, Height: 8640}), material.TooManyPixels},
		{"unknown codec", material.Video, Movie(Spec{Codec: "mp4v"}), material.CodecUnknown},
		{"fragments", material.Video, append(bytes.Clone(video), box("moof", []byte(Secret))...), material.CodecUnknown},
		{"two movies", material.Video, slices.Concat(video, video[24:]), material.Damaged},
		{"thousands of boxes", material.Video, append(bytes.Clone(video), bytes.Repeat(box("free", nil), 5000)...), material.Damaged},
		{"only a name", material.Video, []byte("\x00\x00\x00\x10ftypisom" + Secret), material.Damaged},
		{"a page as a video", material.Video, []byte("<video src=x onerror=" + Secret), material.KindUnknown},
	}
}

// PhotoJPEG returns a photo.
func PhotoJPEG(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, gradient(640, 480), nil); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func gradient(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{R: uint8(255 * x / w), G: uint8(255 * y / h), B: 90, A: 255})
		}
	}
	return m
}

func encodedPNG(tb testing.TB, m image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, m); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func screenshotPNG(tb testing.TB) []byte {
	tb.Helper()
	return encodedPNG(tb, gradient(360, 640))
}

// flatPNG is a picture whose pixels are all the same: tens of megabytes in a small file.
func flatPNG(tb testing.TB, side int) []byte {
	tb.Helper()
	return encodedPNG(tb, image.NewGray(image.Rect(0, 0, side, side)))
}

func gifOf(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := gif.Encode(&out, gradient(300, 300), nil); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// WithSegment inserts a segment behind the start of a JPEG.
func WithSegment(photo []byte, marker byte, content []byte) []byte {
	segment := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(content)+2))
	return slices.Concat(photo[:2], segment, content, photo[2:])
}

// EXIF has an orientation, and the secret where a position would be.
func EXIF(orientation byte) []byte {
	return append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"+string(orientation)+"\x00\x00\x00\x00\x00\x00"), Secret...)
}

func withChunk(picture []byte, kind string, content []byte) []byte {
	const afterHeader = 33
	return slices.Concat(picture[:afterHeader], chunk(kind, content), picture[afterHeader:])
}

func chunk(kind string, content []byte) []byte {
	body := append([]byte(kind), content...)
	out := append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}

// PNGHeader returns the beginning of a PNG.
func PNGHeader(w, h uint32, colorType byte) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(header, 8, colorType, 0, 0, 0))...)
}

func frameAt(photo []byte) int { return bytes.Index(photo, []byte{0xff, 0xc0}) }

func resizedJPEG(photo []byte, side uint16) []byte {
	out := bytes.Clone(photo)
	binary.BigEndian.PutUint16(out[frameAt(out)+5:], side)
	binary.BigEndian.PutUint16(out[frameAt(out)+7:], side)
	return out
}

func progressive(photo []byte) []byte {
	out := bytes.Clone(photo)
	out[frameAt(out)+1] = 0xc2
	return out
}

func manyScans(photo []byte) []byte {
	scan := bytes.Index(photo, []byte{0xff, 0xda})
	out := progressive(photo[:len(photo)-2])
	for range 1000 {
		out = append(slices.Clip(out), photo[scan:scan+40]...)
	}
	return out
}

package materialtest

import (
	"encoding/binary"
	"slices"
)

// Spec is what is unusual in a video of three frames.
type Spec struct {
	Extra         string // a box with the secret
	Message       bool   // a message with the secret before each picture
	Claimed       uint32 // frames
	Overlap       bool   // the frames claim as many bytes as the file has
	Backwards     bool   // the last frame is before the second one in the file
	Offset        uint32 // added to where the frames are
	Length        uint32 // of a frame in milliseconds
	Width, Height uint16
	Codec         string
	Sound         bool
}

const frameCount = 3

// VideoMP4 returns a video like those that people send.
func VideoMP4() []byte { return Movie(Spec{Sound: true}) }

// Movie returns a video.
func Movie(s Spec) []byte {
	s.Width, s.Height, s.Length = orElse(s.Width, 1280), orElse(s.Height, 720), orElse(s.Length, 40)
	ftyp := box("ftyp", []byte("isom\x00\x00\x02\x00isommp42"))
	frame := unit("\x65" + "picture of a face and a card")
	if s.Message {
		frame = append(unit("\x06\x05"+Secret), frame...)
	}
	movieBox := s.movieBox(uint32(len(frame)), 0) // as long as with the right places
	at := uint32(len(ftyp)+len(movieBox)+8) + s.Offset
	return slices.Concat(ftyp, s.movieBox(uint32(len(frame)), at), box("mdat", slices.Repeat(frame, frameCount)))
}

func (s Spec) movieBox(size, at uint32) []byte {
	parts := [][]byte{box("mvhd", words(0, 7, 7, 1000, 0)), s.track(size, at)}
	if s.Sound {
		parts = append(parts, box("trak", box("mdia", box("hdlr", words(0, 0), []byte("soun"+Secret)))))
	}
	if s.Extra != "" {
		parts = append(parts, box(s.Extra, box("\xa9xyz", []byte(Secret))))
	}
	return box("moov", parts...)
}

func (s Spec) track(size, at uint32) []byte {
	codec, count := "avc1", uint32(frameCount)
	if s.Codec != "" {
		codec = s.Codec
	}
	if s.Claimed != 0 {
		count = s.Claimed
	}
	if s.Overlap {
		size = 400
	}
	entry := make([]byte, 78)
	binary.BigEndian.PutUint16(entry[24:], s.Width)
	binary.BigEndian.PutUint16(entry[26:], s.Height)
	copy(entry[43:], Secret[:20]) // name of the compressor
	config := []byte("\x01\x64\x00\x1f\xff\xe1\x00\x04\x67\x64\x00\x1f\x01\x00\x03\x68\xee\x3c")
	chunks, places := words(0, 1, 1, frameCount, 1), words(0, 1, at)
	if s.Backwards {
		chunks, places = words(0, 1, 1, 1, 1), words(0, frameCount, at, at+2*size, at+size)
	}
	table := box("stbl",
		box("stsd", words(0, 1), box(codec, entry, box("avcC", config), box("uuid", []byte(Secret)))),
		box("stts", words(0, 1, frameCount, s.Length)), box("stsc", chunks),
		box("stsz", words(0, 0, count, size, size, size)), box("stco", places), box("stss", words(0, 1, 1)))
	header := append(words(3, 7, 7, 1, 0, 0, 0, 0, 0, 0), words(0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000, 0, 0)...)
	return box("trak", box("tkhd", header), box("mdia",
		box("mdhd", words(0, 7, 7, 1000, 0, 0)), box("hdlr", words(0, 0), []byte("vide"+Secret)), box("minf", table)))
}

func orElse[T comparable](given, usual T) T {
	var zero T
	if given == zero {
		return usual
	}
	return given
}

func box(kind string, parts ...[]byte) []byte {
	body := slices.Concat(parts...)
	return append(append(words(uint32(8+len(body))), kind...), body...)
}

// bigBox is a header with a size of 64 bits.
func bigBox(kind string, size uint64) []byte {
	return binary.BigEndian.AppendUint64(append(words(1), kind...), size)
}

func unit(content string) []byte {
	return append(words(uint32(len(content))), content...)
}

func words(values ...uint32) []byte {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, v)
	}
	return out
}

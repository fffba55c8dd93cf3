package material_test

import (
	"encoding/binary"
	"slices"
)

// spec is what is unusual in a video of three frames.
type spec struct {
	extra         string // a box with the secret
	message       bool   // a message with the secret before each picture
	claimed       uint32 // frames
	overlap       bool   // the frames claim as many bytes as the file has
	backwards     bool   // the last frame is before the second one in the file
	offset        uint32 // added to where the frames are
	length        uint32 // of a frame in milliseconds
	width, height uint16
	codec         string
	sound         bool
}

const frameCount = 3

func videoMP4() []byte { return movie(spec{sound: true}) }

func movie(s spec) []byte {
	s.width, s.height, s.length = orElse(s.width, 1280), orElse(s.height, 720), orElse(s.length, 40)
	ftyp := box("ftyp", []byte("isom\x00\x00\x02\x00isommp42"))
	frame := unit("\x65" + "picture of a face and a card")
	if s.message {
		frame = append(unit("\x06\x05"+secret), frame...)
	}
	movieBox := s.movieBox(uint32(len(frame)), 0) // as long as with the right places
	at := uint32(len(ftyp)+len(movieBox)+8) + s.offset
	return slices.Concat(ftyp, s.movieBox(uint32(len(frame)), at), box("mdat", slices.Repeat(frame, frameCount)))
}

func (s spec) movieBox(size, at uint32) []byte {
	parts := [][]byte{box("mvhd", words(0, 7, 7, 1000, 0)), s.track(size, at)}
	if s.sound {
		parts = append(parts, box("trak", box("mdia", box("hdlr", words(0, 0), []byte("soun"+secret)))))
	}
	if s.extra != "" {
		parts = append(parts, box(s.extra, box("\xa9xyz", []byte(secret))))
	}
	return box("moov", parts...)
}

func (s spec) track(size, at uint32) []byte {
	codec, count := "avc1", uint32(frameCount)
	if s.codec != "" {
		codec = s.codec
	}
	if s.claimed != 0 {
		count = s.claimed
	}
	if s.overlap {
		size = 400
	}
	entry := make([]byte, 78)
	binary.BigEndian.PutUint16(entry[24:], s.width)
	binary.BigEndian.PutUint16(entry[26:], s.height)
	copy(entry[43:], secret[:20]) // name of the compressor
	config := []byte("\x01\x64\x00\x1f\xff\xe1\x00\x04\x67\x64\x00\x1f\x01\x00\x03\x68\xee\x3c")
	chunks, places := words(0, 1, 1, frameCount, 1), words(0, 1, at)
	if s.backwards {
		chunks, places = words(0, 1, 1, 1, 1), words(0, frameCount, at, at+2*size, at+size)
	}
	table := box("stbl",
		box("stsd", words(0, 1), box(codec, entry, box("avcC", config), box("uuid", []byte(secret)))),
		box("stts", words(0, 1, frameCount, s.length)), box("stsc", chunks),
		box("stsz", words(0, 0, count, size, size, size)), box("stco", places), box("stss", words(0, 1, 1)))
	header := append(words(3, 7, 7, 1, 0, 0, 0, 0, 0, 0), words(0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000, 0, 0)...)
	return box("trak", box("tkhd", header), box("mdia",
		box("mdhd", words(0, 7, 7, 1000, 0, 0)), box("hdlr", words(0, 0), []byte("vide"+secret)), box("minf", table)))
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

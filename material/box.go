package material

import (
	"encoding/binary"
	"io"
)

// Bounds of a video's container.
const (
	maxTopBoxes = 64
	maxMovie    = 4 << 20 // bytes of the box that describes the video
	maxBoxes    = 64      // in one box
	boxHeader   = 8
	wideHeader  = 16
)

// box is a part of a video's container (ISO/IEC 14496-12).
type box struct {
	kind string
	body []byte
}

// readMovie returns the body of the only box "moov" of a file. Boxes next to it are measured and not read.
func readMovie(src *readerAt) ([]byte, error) {
	var movie []byte
	for at, count := int64(0), 0; at < src.size; count++ {
		kind, header, size, err := boxAt(src, at)
		switch {
		case err != nil || count == maxTopBoxes:
			return nil, reject(Damaged)
		case kind == "moof":
			return nil, reject(CodecUnknown)
		case kind == "moov" && (movie != nil || size-header > maxMovie):
			return nil, reject(Damaged)
		case kind == "moov":
			movie = make([]byte, size-header)
			if _, err = io.ReadFull(io.NewSectionReader(src, at+header, size-header), movie); err != nil {
				return nil, reject(Damaged)
			}
		}
		at += size
	}
	if movie == nil {
		return nil, reject(Damaged)
	}
	return movie, nil
}

// boxAt returns kind, header size and whole size of a box that lies within the file.
func boxAt(src *readerAt, at int64) (kind string, header, size int64, err error) {
	var raw [wideHeader]byte
	n, _ := src.ReadAt(raw[:], at)
	if n < boxHeader {
		return "", 0, 0, reject(Damaged)
	}
	header, size = boxHeader, int64(binary.BigEndian.Uint32(raw[:]))
	switch size {
	case 0: // up to the end
		size = src.size - at
	case 1:
		if n < wideHeader {
			return "", 0, 0, reject(Damaged)
		}
		header, size = wideHeader, int64(binary.BigEndian.Uint64(raw[8:])) //nolint:gosec // negative ones are rejected
	}
	if size < header || size > src.size-at {
		return "", 0, 0, reject(Damaged)
	}
	return string(raw[4:8]), header, size, nil
}

// boxesIn splits the content of a box. Nil if it is not made of boxes.
func boxesIn(body []byte) []box {
	var found []box
	for len(body) >= boxHeader {
		size := int64(binary.BigEndian.Uint32(body))
		if size == 0 { // QuickTime ends a list so
			return found
		}
		if size < boxHeader || size > int64(len(body)) || len(found) == maxBoxes {
			return nil
		}
		found = append(found, box{string(body[4:8]), body[boxHeader:size]})
		body = body[size:]
	}
	return found
}

// only returns the content of the only box of a kind below others, or nil.
func only(body []byte, path ...string) []byte {
	for _, kind := range path {
		var next []byte
		for _, b := range boxesIn(body) {
			if b.kind != kind {
				continue
			}
			if next != nil {
				return nil
			}
			next = b.body
		}
		if next == nil {
			return nil
		}
		body = next
	}
	return body
}

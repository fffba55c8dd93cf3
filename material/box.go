package material

import (
	"encoding/binary"
	"io"
)

// Bounds and sizes of the container of a video.
const (
	maxTopBoxes = 64
	maxMovie    = 4 << 20 // bytes of the box "moov"
	maxBoxes    = 64      // in one box
	boxHeader   = 8       // bytes: size and kind
	wideHeader  = 16      // bytes: with a size of 64 bits
)

// box is an element of the container of a video (ISO/IEC 14496-12).
type box struct {
	kind string
	body []byte
}

// readMovie returns the body of the only box "moov" of a file. It skips the other boxes on the same level. It rejects fragments ("moof").
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

// boxAt returns the kind of the box at an offset, the size of its header, and its whole size. It rejects a box that exceeds the file.
func boxAt(src *readerAt, at int64) (kind string, header, size int64, err error) {
	var raw [wideHeader]byte
	n, _ := src.ReadAt(raw[:], at)
	if n < boxHeader {
		return "", 0, 0, reject(Damaged)
	}
	header, size = boxHeader, int64(binary.BigEndian.Uint32(raw[:]))
	switch size {
	case 0: // up to the end of the file
		size = src.size - at
	case 1:
		if n < wideHeader {
			return "", 0, 0, reject(Damaged)
		}
		header, size = wideHeader, int64(binary.BigEndian.Uint64(raw[8:])) //nolint:gosec // a negative size is rejected below
	}
	if size < header || size > src.size-at {
		return "", 0, 0, reject(Damaged)
	}
	return string(raw[4:8]), header, size, nil
}

// boxesIn returns the boxes that a box contains, or nil if its content does not consist of boxes.
func boxesIn(body []byte) []box {
	var boxes []box
	for len(body) >= boxHeader {
		size := int64(binary.BigEndian.Uint32(body))
		if size == 0 { // QuickTime ends lists with a zero
			return boxes
		}
		if size < boxHeader || size > int64(len(body)) || len(boxes) == maxBoxes {
			return nil
		}
		boxes = append(boxes, box{string(body[4:8]), body[boxHeader:size]})
		body = body[size:]
	}
	return boxes
}

// descend follows a path of kinds from the content of a box, and returns the content of the last. It returns nil if one of the boxes is
// missing or is not the only one of its kind.
func descend(body []byte, path ...string) []byte {
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

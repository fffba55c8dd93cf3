package material

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a camera was held, as EXIF numbers it from 1 (upright) to 8.
type orientation int

const (
	orientationTag = 0x0112
	entryBytes     = 12
	maxEntries     = 200 // that are searched
)

// exifOrientation returns the orientation in a segment, or 0 if there is none. Nothing else of EXIF is read.
func exifOrientation(segment []byte) orientation {
	tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	start := uint64(order.Uint32(tiff[4:]))
	if start+2 > uint64(len(tiff)) {
		return 0
	}
	entries := tiff[start+2:]
	for range min(int(order.Uint16(tiff[start:])), maxEntries) {
		if len(entries) < entryBytes {
			return 0
		}
		if order.Uint16(entries) == orientationTag {
			if o := orientation(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[entryBytes:]
	}
	return 0
}

// sideways reports whether turning the picture upright swaps width and height.
func (o orientation) sideways() bool { return o >= 5 }

// source returns the place of the pixel (x, y) of the upright picture in the stored picture, which is w by h.
func (o orientation) source(x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

package material

import (
	"encoding/binary"
	"slices"
)

// header returns the beginning of the clean file, up to the first frame. sizes are those of the clean frames, in bytes.
func (t *track) header(sizes []uint32) []byte {
	const fileType = "isom\x00\x00\x02\x00isomiso2avc1mp41"
	ftyp := wrap("ftyp", []byte(fileType))
	movie := t.movie(sizes, 0)
	total := uint64(0)
	for _, n := range sizes {
		total += uint64(n)
	}
	first := len(ftyp) + len(movie) + boxHeader
	header := slices.Concat(ftyp, t.movie(sizes, uint32(first))) //nolint:gosec // about 20 bytes a frame
	header = binary.BigEndian.AppendUint32(header, uint32(total+boxHeader))
	return append(header, "mdat"...)
}

// movie returns the box "moov" of a file with one track. Its frames are one chunk that begins at the offset first.
func (t *track) movie(sizes []uint32, first uint32) []byte {
	duration := uint32(t.milliseconds()) //nolint:gosec // at most 120 s
	unity := make([]byte, 36)
	for at, v := range map[int]uint32{0: 0x10000, 16: 0x10000, 32: 0x40000000} {
		binary.BigEndian.PutUint32(unity[at:], v)
	}
	mvhd := wrap("mvhd", numbers(0, 0, 0, 1000, duration, 0x10000, 0x01000000, 0, 0), unity, make([]byte, 24), numbers(2))
	tkhd := wrap("tkhd", numbers(3, 0, 0, 1, 0, duration, 0, 0, 0, 0), t.matrix[:],
		numbers(uint32(t.width)<<16, uint32(t.height)<<16)) //nolint:gosec // at most maxVideoSide
	mdhd := wrap("mdhd", numbers(0, 0, 0, t.timescale, uint32(t.duration), 0x55c40000)) //nolint:gosec // 120 s in units of 1 µs
	hdlr := wrap("hdlr", numbers(0, 0), []byte("vide"), make([]byte, 13))
	dinf := wrap("dinf", wrap("dref", numbers(0, 1), wrap("url ", numbers(1))))
	minf := wrap("minf", wrap("vmhd", numbers(1, 0, 0)), dinf, t.table(sizes, first))
	return wrap("moov", mvhd, wrap("trak", tkhd, wrap("mdia", mdhd, hdlr, minf)))
}

// table returns the box "stbl", which describes the frames.
func (t *track) table(sizes []uint32, first uint32) []byte {
	n := uint32(len(t.frames)) //nolint:gosec // at most maxFrames
	entry := make([]byte, visualEntry)
	entry[7], entry[41], entry[75] = 1, 1, 24
	binary.BigEndian.PutUint16(entry[24:], uint16(t.width))  //nolint:gosec // at most maxVideoSide
	binary.BigEndian.PutUint16(entry[26:], uint16(t.height)) //nolint:gosec // likewise
	binary.BigEndian.PutUint32(entry[28:], 72<<16)
	binary.BigEndian.PutUint32(entry[32:], 72<<16)
	entry[76], entry[77] = 0xff, 0xff
	stsd := wrap("stsd", numbers(0, 1), wrap(t.codec.entry, entry, wrap(t.codec.config.kind, t.codec.config.body)))
	parts := [][]byte{
		stsd, wrap("stts", numbers(0), runs(t.frames, func(f frame) uint32 { return f.length })),
		wrap("stsc", numbers(0, 1, 1, n, 1)), wrap("stsz", numbers(0, 0, n), numbers(sizes...)), wrap("stco", numbers(0, 1, first)),
	}
	if slices.ContainsFunc(t.frames, func(f frame) bool { return f.shift != 0 }) {
		const signed = 1 << 24 // version 1
		parts = append(parts, wrap("ctts", numbers(signed), runs(t.frames, func(f frame) uint32 { return f.shift })))
	}
	if keys := t.keys(); len(keys) < len(t.frames) {
		parts = append(parts, wrap("stss", numbers(0, uint32(len(keys))), numbers(keys...))) //nolint:gosec // at most maxFrames
	}
	return wrap("stbl", parts...)
}

// keys returns the numbers of the key frames, from 1.
func (t *track) keys() []uint32 {
	var keys []uint32
	for i, f := range t.frames {
		if f.key {
			keys = append(keys, uint32(i+1))
		}
	}
	return keys
}

// runs returns the run-length encoding of a value of the frames: the number of runs, then (count, value) for each.
func runs(frames []frame, value func(frame) uint32) []byte {
	var list []uint32
	for _, f := range frames {
		if v := value(f); len(list) > 0 && list[len(list)-1] == v {
			list[len(list)-2]++
		} else {
			list = append(list, 1, v)
		}
	}
	return append(numbers(uint32(len(list)/2)), numbers(list...)...) //nolint:gosec // at most maxFrames
}

// wrap returns a box.
func wrap(kind string, parts ...[]byte) []byte {
	body := slices.Concat(parts...)
	out := binary.BigEndian.AppendUint32(make([]byte, 0, boxHeader+len(body)), uint32(boxHeader+len(body))) //nolint:gosec // at most maxMovie
	return append(append(out, kind...), body...)
}

// numbers returns big-endian numbers of 32 bits.
func numbers(values ...uint32) []byte {
	out := make([]byte, 0, 4*len(values))
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, v)
	}
	return out
}

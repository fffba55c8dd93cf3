package material

import "encoding/binary"

// table is a list in a box. Each entry consists of one or more numbers of 32 bits.
type table struct {
	entries []byte
	width   int // bytes of an entry
	count   int
}

// tableOf returns the table in the body of a box. countAt is the offset of its number of entries, and width the bytes of an entry. ok is
// false if the body is too short.
func tableOf(body []byte, countAt, width int) (t table, ok bool) {
	if len(body) < countAt+4 {
		return table{}, false
	}
	n := int64(binary.BigEndian.Uint32(body[countAt:]))
	entries := body[countAt+4:]
	if n*int64(width) > int64(len(entries)) {
		return table{}, false
	}
	return table{entries, width, int(n)}, true
}

// at returns a number of an entry.
func (t table) at(entry, field int) uint32 {
	return binary.BigEndian.Uint32(t.entries[entry*t.width+4*field:])
}

// readFrames reads size, time and place of every frame from the box "stbl". size is that of the file. It rejects frames that are larger
// than the file together, so that overlapping frames cannot make a larger copy.
func (t *track) readFrames(stbl []byte, size int64) error {
	if err := t.readSizes(descend(stbl, "stsz"), size); err != nil {
		return err
	}
	if !t.readTimes(descend(stbl, "stts"), descend(stbl, "ctts")) || !t.readKeys(descend(stbl, "stss")) || !t.readPlaces(stbl, size) {
		return reject(Damaged)
	}
	return nil
}

// readSizes reads the sizes of the frames. common is 0 if each frame has its own.
func (t *track) readSizes(stsz []byte, size int64) error {
	if len(stsz) < 12 {
		return reject(Damaged)
	}
	common, count := int64(binary.BigEndian.Uint32(stsz[4:])), binary.BigEndian.Uint32(stsz[8:])
	if count > maxFrames {
		return reject(TooLong)
	}
	sizes, ok := tableOf(stsz, 8, 4)
	if count == 0 || common == 0 && !ok {
		return reject(Damaged)
	}
	t.frames = make([]frame, count)
	sum := int64(0)
	for i := range t.frames {
		t.frames[i].size = common
		if common == 0 {
			t.frames[i].size = int64(sizes.at(i, 0))
		}
		sum += t.frames[i].size
		if t.frames[i].size > maxFrame || sum > size {
			return reject(Damaged)
		}
	}
	return nil
}

// readTimes reads how long each frame is shown and, if the frames are not shown in the order of decoding, the shift of each.
func (t *track) readTimes(stts, ctts []byte) bool {
	lengths, ok := tableOf(stts, 4, 8)
	if !ok || !eachRun(lengths, len(t.frames), func(i int, value uint32) {
		t.frames[i].length = value
		t.duration += uint64(value)
	}) {
		return false
	}
	if ctts == nil {
		return true
	}
	shifts, ok := tableOf(ctts, 4, 8)
	return ok && eachRun(shifts, len(t.frames), func(i int, value uint32) { t.frames[i].shift = value })
}

// eachRun calls set for each value of a run-length encoded table of (count, value). It returns false unless there are n values.
func eachRun(runs table, n int, set func(i int, value uint32)) bool {
	i := 0
	for run := range runs.count {
		length := int64(runs.at(run, 0))
		if length > int64(n-i) {
			return false
		}
		for range length {
			set(i, runs.at(run, 1))
			i++
		}
	}
	return i == n
}

// readKeys marks the key frames. Without a list all frames are key frames.
func (t *track) readKeys(stss []byte) bool {
	if stss == nil {
		for i := range t.frames {
			t.frames[i].key = true
		}
		return true
	}
	keys, ok := tableOf(stss, 4, 4)
	for k := range keys.count {
		number := int64(keys.at(k, 0))
		if number < 1 || number > int64(len(t.frames)) {
			return false
		}
		t.frames[number-1].key = true
	}
	return ok
}

// readPlaces reads the offset of each frame. The file has chunks of consecutive frames. It returns false unless each frame follows the
// one before, so that reading all frames reads each part of the file once.
func (t *track) readPlaces(stbl []byte, size int64) bool {
	runs, ok := tableOf(descend(stbl, "stsc"), 4, 12)
	chunks, narrow := tableOf(descend(stbl, "stco"), 4, 4)
	if !narrow {
		wide, isWide := tableOf(descend(stbl, "co64"), 4, 8)
		chunks, ok = wide, ok && isWide
	}
	if !ok || runs.count == 0 {
		return false
	}
	next, run, end := 0, 0, int64(0)
	for chunk := 0; chunk < chunks.count && next < len(t.frames); chunk++ {
		for run+1 < runs.count && int64(runs.at(run+1, 0)) <= int64(chunk)+1 {
			run++
		}
		at := int64(chunks.at(chunk, 0))
		if !narrow {
			at = at<<32 | int64(chunks.at(chunk, 1))
		}
		for range min(int64(runs.at(run, 1)), int64(len(t.frames)-next)) {
			if at < end || at > size-t.frames[next].size {
				return false
			}
			t.frames[next].at = at
			at += t.frames[next].size
			end = at
			next++
		}
	}
	return next == len(t.frames)
}

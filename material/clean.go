package material

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Bounds of files, in bytes.
const (
	MaxPicture = 20 << 20
	MaxVideo   = 64 << 20
)

// MaxBytes returns the size, in bytes, up to which a file of a kind is accepted.
func MaxBytes(k Kind) int64 {
	if k == Video {
		return MaxVideo
	}
	return MaxPicture
}

// Info describes a clean file.
type Info struct {
	MediaType     string // "image/jpeg" or "video/mp4"
	Width, Height int    // pixels
	Milliseconds  int64  // of a video
}

// Cleaner makes files harmless. It cleans one file at a time, because each may need maxDecoded bytes of memory. Safe for concurrent use.
type Cleaner struct{ slot chan struct{} }

// NewCleaner returns a Cleaner. A process should have one only, to bound its memory.
func NewCleaner() *Cleaner { return &Cleaner{slot: make(chan struct{}, 1)} }

// Clean reads a file of size bytes from src and writes a harmless copy of it to dst. After an error, the caller must discard what was
// written.
//
// Errors: *RejectedError if the file is not acceptable, those of src and dst, and ErrBusy if ctx ends while another file is cleaned.
// Once it has begun, it does not stop with ctx.
func (c *Cleaner) Clean(ctx context.Context, kind Kind, src io.ReaderAt, size int64, dst io.Writer) (Info, error) {
	if size > MaxBytes(kind) {
		return Info{}, reject(TooLarge)
	}
	head := make([]byte, headBytes)
	n, err := src.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Info{}, fmt.Errorf("reading material: %w", err)
	}
	f, err := formatOf(head[:n])
	if err != nil {
		return Info{}, err
	}
	if f.kind() != kind {
		return Info{}, reject(KindDiffers)
	}
	select {
	case c.slot <- struct{}{}:
		defer func() { <-c.slot }()
	case <-ctx.Done():
		return Info{}, fmt.Errorf("%w: %w", ErrBusy, ctx.Err())
	}
	source := &readerAt{src: src, size: size}
	var info Info
	if kind == Video {
		info, err = cleanVideo(source, dst)
	} else {
		info, err = cleanPicture(f, source, dst)
	}
	if source.err != nil { // decoders report it as damage, but the file may be sound
		return Info{}, fmt.Errorf("reading material: %w", source.err)
	}
	return info, err
}

// readerAt remembers an error of its source.
type readerAt struct {
	src  io.ReaderAt
	size int64
	err  error // the last one, except io.EOF
}

func (r *readerAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.src.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// whole returns a reader of the whole file.
func (r *readerAt) whole() io.Reader { return io.NewSectionReader(r, 0, r.size) }

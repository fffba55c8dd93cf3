package material

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Largest files in bytes.
const (
	MaxPicture = 20 << 20
	MaxVideo   = 64 << 20
)

// MaxBytes returns the size up to which a file of a kind is accepted.
func MaxBytes(k Kind) int64 {
	if k == Video {
		return MaxVideo
	}
	return MaxPicture
}

// Info describes a clean file.
type Info struct {
	MediaType     string // "image/jpeg" or "video/mp4"
	Width, Height int
	Milliseconds  int64 // of a video
}

// Cleaner makes files harmless, one at a time, because each may take as much memory as maxDecoded says.
type Cleaner struct{ slot chan struct{} }

// NewCleaner returns a Cleaner. A process needs one.
func NewCleaner() *Cleaner { return &Cleaner{slot: make(chan struct{}, 1)} }

// Clean writes a harmless copy of a file of size bytes. What was written before an error is not to be used.
//
// Errors: *RejectedError, those of src and dst, and ErrBusy with that of ctx while others are cleaned.
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
	tracked := &readerAt{src: src, size: size}
	var info Info
	if kind == Video {
		info, err = cleanVideo(tracked, dst)
	} else {
		info, err = cleanPicture(f, tracked, dst)
	}
	if tracked.err != nil { // the file may be sound: it could not be read
		return Info{}, fmt.Errorf("reading material: %w", tracked.err)
	}
	return info, err
}

// readerAt remembers that its source failed, because decoders report that as damage.
type readerAt struct {
	src  io.ReaderAt
	size int64
	err  error
}

func (r *readerAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.src.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

func (r *readerAt) whole() io.Reader { return io.NewSectionReader(r, 0, r.size) }

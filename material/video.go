package material

import (
	"fmt"
	"io"
)

// cleanVideo copies the frames of a video into a new container.
func cleanVideo(src *readerAt, dst io.Writer) (Info, error) {
	movie, err := readMovie(src)
	if err != nil {
		return Info{}, err
	}
	t, err := readTrack(movie, src.size)
	if err != nil {
		return Info{}, err
	}
	// The header has the sizes of the clean frames, so all frames are read twice.
	sizes := make([]uint32, len(t.frames))
	err = t.eachFrame(src, func(i int, clean []byte) error {
		sizes[i] = uint32(len(clean)) //nolint:gosec // at most maxFrame
		return nil
	})
	if err != nil {
		return Info{}, err
	}
	if _, err = dst.Write(t.header(sizes)); err != nil {
		return Info{}, fmt.Errorf("writing a clean video: %w", err)
	}
	err = t.eachFrame(src, func(_ int, clean []byte) error {
		if _, writeErr := dst.Write(clean); writeErr != nil {
			return fmt.Errorf("writing a clean video: %w", writeErr)
		}
		return nil
	})
	return Info{MediaType: "video/mp4", Width: t.width, Height: t.height, Milliseconds: t.milliseconds()}, err
}

// eachFrame calls use with every clean frame, in the order of decoding. use must not keep the frame. eachFrame stops at the first error.
func (t *track) eachFrame(src *readerAt, use func(i int, clean []byte) error) error {
	var buffer []byte
	for i, f := range t.frames {
		if int64(cap(buffer)) < f.size {
			buffer = make([]byte, f.size)
		}
		coded := buffer[:f.size]
		if _, err := io.ReadFull(io.NewSectionReader(src, f.at, f.size), coded); err != nil {
			return reject(Damaged)
		}
		clean, ok := t.codec.strip(coded)
		if !ok {
			return reject(Damaged)
		}
		if err := use(i, clean); err != nil {
			return err
		}
	}
	return nil
}

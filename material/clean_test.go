package material_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"runtime"
	"slices"
	"testing"

	"renzheng/material"
	"renzheng/material/materialtest"
)

// R55: whatever a person or a thief sends, nothing of the file itself is served.
func TestClean_HostileFiles(t *testing.T) { //nolint:paralleltest // it measures the memory of the process
	files, raw := materialtest.Corpus(t), 0
	cleaner := material.NewCleaner()
	peak := materialtest.WatchMemory()
	for _, f := range files {
		var out bytes.Buffer
		_, err := cleaner.Clean(t.Context(), f.Kind, bytes.NewReader(f.Content), int64(len(f.Content)), &out)
		if got := material.ReasonOf(err); got != f.Reason || err != nil && got == "" {
			t.Errorf("%s: got %v, want reason %q", f.Name, err, f.Reason)
		}
		if err != nil {
			continue
		}
		if bytes.Equal(out.Bytes(), f.Content) || bytes.Contains(out.Bytes(), []byte(materialtest.Secret[:12])) || !materialtest.IsClean(f.Kind, out.Bytes()) {
			t.Errorf("%s: something of the file is left", f.Name)
			raw++
		}
	}
	most := peak()
	t.Logf("files: %d, served raw: %d, memory at most: %d MiB", len(files), raw, most>>20)
	if most > 256<<20 {
		t.Errorf("memory grew to %d MiB, want at most 256", most>>20)
	}
}

// The largest photo that is accepted stays within the memory.
func TestClean_LargestPhoto(t *testing.T) { //nolint:paralleltest // likewise
	var photo, out bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewYCbCr(image.Rect(0, 0, 8000, 6200), image.YCbCrSubsampleRatio420), nil); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	peak := materialtest.WatchMemory()
	info, err := material.NewCleaner().Clean(t.Context(), material.Picture, bytes.NewReader(photo.Bytes()), int64(photo.Len()), &out)
	if err != nil || info.Width != 2000 || info.Height != 1550 {
		t.Errorf("got %+v, %v", info, err)
	}
	if most := peak(); most > 256<<20 {
		t.Errorf("memory grew to %d MiB, want at most 256", most>>20)
	}
}

func TestClean_TurnsPhotosUpright(t *testing.T) {
	t.Parallel()
	for held := byte(1); held <= 8; held++ {
		photo := materialtest.WithSegment(materialtest.PhotoJPEG(t), 0xe1, materialtest.EXIF(held))
		var out bytes.Buffer
		info, err := material.NewCleaner().Clean(t.Context(), material.Picture, bytes.NewReader(photo), int64(len(photo)), &out)
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		// The stored corner at the top left has neither red nor green; where it is shown follows from the number.
		left, top := slices.Contains([]byte{1, 4, 5, 8}, held), slices.Contains([]byte{1, 2, 5, 6}, held)
		x, y := 2, 2
		if !left {
			x = info.Width - 3
		}
		if !top {
			y = info.Height - 3
		}
		if r, g, _, _ := m.At(x, y).RGBA(); r>>8 > 40 || g>>8 > 40 || (held >= 5) != (info.Width == 480) {
			t.Errorf("held as %d: got %dx%d, corner %d %d", held, info.Width, info.Height, r>>8, g>>8)
		}
	}
}

func TestClean_KeepsTheVideo(t *testing.T) {
	t.Parallel()
	given := materialtest.Movie(materialtest.Spec{Message: true, Sound: true})
	var out, again bytes.Buffer
	info, err := material.NewCleaner().Clean(t.Context(), material.Video, bytes.NewReader(given), int64(len(given)), &out)
	want := material.Info{MediaType: "video/mp4", Width: 1280, Height: 720, Milliseconds: 120}
	if err != nil || info != want || bytes.Count(out.Bytes(), []byte("picture of a face")) != 3 {
		t.Fatalf("got %+v, %v", info, err)
	}
	if _, err = material.NewCleaner().Clean(t.Context(), material.Video, bytes.NewReader(out.Bytes()), int64(out.Len()), &again); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Errorf("a clean video is not read as what was written: %v", err)
	}
}

type brokenSource struct{ content []byte }

var errSource = errors.New("the database is gone")

func (b brokenSource) ReadAt(p []byte, off int64) (int, error) {
	if off > 100 || off+int64(len(p)) > 4<<10 {
		return 0, errSource
	}
	return copy(p, b.content[off:]), nil
}

// A file that cannot be read is not a damaged one.
func TestClean_ReportsItsSource(t *testing.T) {
	t.Parallel()
	for kind, content := range map[material.Kind][]byte{material.Picture: materialtest.PhotoJPEG(t), material.Video: materialtest.VideoMP4()} {
		_, err := material.NewCleaner().Clean(t.Context(), kind, brokenSource{content}, int64(len(content)), new(bytes.Buffer))
		if !errors.Is(err, errSource) {
			t.Errorf("%s: got %v", kind, err)
		}
	}
}

func TestClean_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	photo := materialtest.PhotoJPEG(t)
	cleaner := material.NewCleaner()
	cleaner.Occupy()
	if _, err := cleaner.Clean(ctx, material.Picture, bytes.NewReader(photo), int64(len(photo)), new(bytes.Buffer)); !errors.Is(err, context.Canceled) || !errors.Is(err, material.ErrBusy) {
		t.Errorf("got %v", err)
	}
}

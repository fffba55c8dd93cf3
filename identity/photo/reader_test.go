package photo_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"renzheng/identity/photo"
)

// bounded is a recognizer that reports whether its call has an end.
type bounded struct {
	asked   int
	endless bool
}

func (b *bounded) Recognize(ctx context.Context, p photo.Photo) (photo.Reading, error) {
	b.asked++
	_, ends := ctx.Deadline()
	b.endless = !ends
	return photo.Reading{Side: p.Side}.WithValidity("2010.07.21-2020.07.21"), nil
}

func TestReader_ReadsWithinATimeAndComparesTheDay(t *testing.T) {
	t.Parallel()
	asked := &bounded{}
	r := photo.NewReader(asked, func() time.Time { return time.Date(2020, 7, 21, 16, 0, 0, 0, time.UTC) }) // the 22nd in Beijing
	got, err := r.Read(t.Context(), photo.Photo{Side: photo.Back, JPEG: []byte("a photo")})
	if err != nil || asked.endless || !slices.Equal(got.Warnings, []photo.Warning{photo.Expired}) {
		t.Errorf("got %v, %v, without end: %t", got, err, asked.endless)
	}
	for _, bad := range []photo.Photo{{}, {Side: photo.Front}, {Side: "top", JPEG: []byte("a")}, {Side: photo.Front, JPEG: make([]byte, photo.MaxBytes+1)}} {
		if _, err = r.Read(t.Context(), bad); !errors.Is(err, photo.ErrNotRead) {
			t.Errorf("got %v", err)
		}
	}
	if asked.asked != 1 {
		t.Errorf("asked %d times, want once", asked.asked)
	}
}

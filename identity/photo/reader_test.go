package photo_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
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

// answers is a recognizer that answers always the same.
type answers photo.Reading

func (a answers) Recognize(context.Context, photo.Photo) (photo.Reading, error) {
	return photo.Reading(a), nil
}

// A recognizer is somebody else's computer: what it says is bounded before anybody stores or shows it.
func TestReader_BoundsWhatARecognizerSays(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"60,000 characters": strings.Repeat("张", 60000), "control characters": "张\x00三", "another direction": "张\u202e三", "a line": "张\n三",
	} {
		for field, r := range map[string]photo.Reading{
			"name": {Name: identity.NewSecret(value)}, "number": {Number: identity.NewSecret(value)}, "issuer": {Issuer: identity.NewSecret(value)},
		} {
			got, err := photo.NewReader(answers(r), time.Now).Read(t.Context(), photo.Photo{Side: photo.Front, JPEG: []byte("a photo")})
			if err != nil || got.Fault != photo.Unreadable || !got.Name.IsZero() || !got.Number.IsZero() || !got.Issuer.IsZero() {
				t.Errorf("%s in the %s: got %v, %v", name, field, got, err)
			}
		}
	}
	backwards := photo.Reading{Issuer: identity.NewSecret("北京市公安局朝阳分局")}.WithValidity("2999.12.31-2998.01.01")
	got, err := photo.NewReader(answers(backwards), time.Now).Read(t.Context(), photo.Photo{Side: photo.Back, JPEG: []byte("a photo")})
	if err != nil || !slices.Equal(got.Warnings, []photo.Warning{photo.NoValidity}) {
		t.Errorf("got %v, %v", got, err)
	}
}

// Whoever withdraws while the first recognizer is slow, the second one gets nothing.
func TestFirstOf_SendsNothingAfterAWithdrawal(t *testing.T) {
	t.Parallel()
	agreed, second := true, &bounded{}
	first := withdrawing{&agreed}
	p := photo.Photo{Side: photo.Front, JPEG: []byte("a photo"), Agreed: func(context.Context) bool { return agreed }}
	if _, err := (photo.FirstOf{first, second}).Recognize(t.Context(), p); !errors.Is(err, photo.ErrNotRead) || second.asked != 0 {
		t.Errorf("got %v; the second one was asked %d times", err, second.asked)
	}
	if printed := fmt.Sprintf("%v %+v %s", p, p, p); strings.Contains(printed, "a photo") || strings.Contains(printed, "97 32") {
		t.Errorf("a photo is printed: %s", printed)
	}
}

type withdrawing struct{ agreed *bool }

func (w withdrawing) Recognize(context.Context, photo.Photo) (photo.Reading, error) {
	*w.agreed = false
	return photo.Reading{}, photo.ErrNotRead
}

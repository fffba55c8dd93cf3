package resilience_test

import (
	"context"
	"errors"
	"testing"

	"renzheng/identity/photo"
	"renzheng/providers/resilience"
)

type camera struct {
	asked int
	err   error
}

func (c *camera) Recognize(context.Context, photo.Photo) (photo.Reading, error) {
	c.asked++
	return photo.Reading{Fault: photo.TooBlurred}, c.err
}

// A recognizer that is down is left alone after a while, and the next one reads.
func TestRecognizer_OpensAndLeavesTheRestToTheNext(t *testing.T) {
	t.Parallel()
	guard, _ := newGuard(t, settings())
	down, well := &camera{err: reporting{ok: true}}, &camera{}
	first := photo.FirstOf{guard.Recognizer("tencentcloud", down), guard.Recognizer("alibabacloud", well)}
	const photos = 50
	for range photos {
		if got, err := first.Recognize(t.Context(), photo.Photo{}); err != nil || got.Fault != photo.TooBlurred {
			t.Fatalf("got %v, %v", got, err)
		}
	}
	if down.asked >= photos || well.asked != photos {
		t.Errorf("the one that is down was asked %d times, the other %d times of %d", down.asked, well.asked, photos)
	}
	_, err := guard.Recognizer("agency", &camera{err: photo.ErrNotRead}).Recognize(t.Context(), photo.Photo{})
	if !errors.Is(err, photo.ErrNotRead) {
		t.Errorf("got %v", err)
	}
	wantRejected(t, opened(t, guard.Recognizer("wechat", &camera{err: reporting{ok: true}})), resilience.BreakerOpen, photo.ErrNotRead)
}

// opened fails calls until the circuit opens, and returns the error of the last one.
func opened(t *testing.T, r photo.Recognizer) (err error) {
	t.Helper()
	for range settings().Calls + 1 {
		_, err = r.Recognize(t.Context(), photo.Photo{})
	}
	return err
}

package resilience_test

import (
	"context"
	"errors"
	"testing"

	"renzheng/providers/resilience"
	"renzheng/subscriber"
)

type mast struct {
	asked int
	err   error
}

func (m *mast) SendCode(context.Context, subscriber.Message) error {
	m.asked++
	return m.err
}

// A service that is down is left alone after a while, and what it was not asked for was not sent.
func TestSender_OpensAndSaysThatNothingWasSent(t *testing.T) {
	t.Parallel()
	guard, _ := newGuard(t, settings())
	down := &mast{err: reporting{ok: true}}
	sender := guard.Sender("tencentcloud", down)
	var err error
	for range 2 * (settings().Calls + 1) {
		err = sender.SendCode(t.Context(), subscriber.Message{})
	}
	wantRejected(t, err, resilience.BreakerOpen, subscriber.ErrNotSent)
	if down.asked >= 2*(settings().Calls+1) {
		t.Errorf("the service was asked %d times", down.asked)
	}
	if err = guard.Sender("other", &mast{}).SendCode(t.Context(), subscriber.Message{}); err != nil {
		t.Errorf("got %v", err)
	}
	if err = guard.Sender("third", &mast{err: subscriber.ErrNotSent}).SendCode(t.Context(), subscriber.Message{}); !errors.Is(err, subscriber.ErrNotSent) {
		t.Errorf("got %v", err)
	}
}

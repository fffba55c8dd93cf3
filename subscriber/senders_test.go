package subscriber_test

import (
	"context"
	"errors"
	"testing"

	"renzheng/subscriber"
)

type answering struct {
	err   error
	asked int
}

// SendCode implements [subscriber.Sender].
func (a *answering) SendCode(context.Context, subscriber.Message) error {
	a.asked++
	return a.err
}

// The next service is asked only if the message was certainly not sent: nobody gets two codes.
func TestSenders_FailOverOnlyIfNothingWasSent(t *testing.T) {
	t.Parallel()
	doubt := errors.New("no answer")
	for name, c := range map[string]struct {
		first, second, want error
		asked               int
	}{
		"sent":                 {nil, nil, nil, 0},
		"in doubt":             {doubt, nil, doubt, 0},
		"not sent":             {subscriber.ErrNotSent, nil, nil, 1},
		"not sent by either":   {subscriber.ErrNotSent, subscriber.ErrNotSent, subscriber.ErrNotSent, 1},
		"in doubt at the last": {subscriber.ErrNotSent, doubt, doubt, 1},
	} {
		first, second := &answering{err: c.first}, &answering{err: c.second}
		err := subscriber.Senders{first, second}.SendCode(t.Context(), subscriber.Message{})
		if !errors.Is(err, c.want) || first.asked != 1 || second.asked != c.asked {
			t.Errorf("%s: got %v, the second was asked %d times", name, err, second.asked)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	second := &answering{}
	if err := (subscriber.Senders{&answering{err: subscriber.ErrNotSent}, second}).SendCode(gone, subscriber.Message{}); err == nil || second.asked != 0 {
		t.Errorf("got %v after the caller left", err)
	}
	if err := (subscriber.Senders{}).SendCode(t.Context(), subscriber.Message{}); !errors.Is(err, subscriber.ErrNotSent) {
		t.Errorf("got %v without a service", err)
	}
}

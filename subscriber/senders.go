package subscriber

import (
	"context"
	"errors"
)

// Senders asks several senders in their order. The next one is asked only if the message was certainly not sent, so that nobody gets two
// codes of which one is void (decision 6).
type Senders []Sender

// SendCode implements [Sender]. The error is that of the last one that was asked.
func (s Senders) SendCode(ctx context.Context, m Message) error {
	err := ErrNotSent
	for _, one := range s {
		if err = one.SendCode(ctx, m); !errors.Is(err, ErrNotSent) || ctx.Err() != nil {
			break
		}
	}
	return err
}

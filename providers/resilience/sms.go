package resilience

import (
	"context"

	"renzheng/subscriber"
)

// Sender guards the messages of a provider.
func (g *Guard) Sender(provider string, inner subscriber.Sender) subscriber.Sender {
	return &sender{inner, g.circuit(provider, callSMS, subscriber.ErrNotSent)}
}

type sender struct {
	inner   subscriber.Sender
	circuit *circuit
}

var _ subscriber.Sender = (*sender)(nil)

// SendCode sends if the circuit allows it.
func (s *sender) SendCode(ctx context.Context, m subscriber.Message) error {
	_, err := execute(ctx, s.circuit, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.inner.SendCode(ctx, m)
	}, func(struct{}) verdict { return healthy })
	return err
}

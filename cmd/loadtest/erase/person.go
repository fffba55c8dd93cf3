package erase

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"renzheng/providers/fakes"
	"renzheng/test/journey"
	"renzheng/test/people"
)

// ledger collects what the persons leave. Safe for concurrent use.
type ledger struct {
	mu       sync.Mutex
	values   []string // that must not be found
	receipts [][]byte
	erasures []string // ids
	failed   []error
}

// pictureBytes is the part of a picture that is searched for, from its middle: all JPEG files begin alike.
const pictureBytes = 64

// visit takes one new person from the login to the confirmation, waits until a backup has them, and erases them. Nobody
// takes up a slot while waiting.
func (t *test) visit(ctx context.Context, number int) {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	gone := errors.New("the story ended before the person was erased")
	arrive := sync.OnceFunc(t.gate.arrive)
	defer arrive()
	t.slots <- struct{}{}
	defer func() { <-t.slots }()
	_, _ = journey.Run(ctx, journey.Options{
		Server: t.sandbox.API, Sandbox: t.sandbox.URL, Roles: people.InAlipay(people.Passes),
		Serial: firstSerial + serialStep*number, Patience: patience,
		Signed: func(ctx context.Context, client *journey.Client, p people.Person, c journey.Signed) {
			arrive()
			<-t.slots
			gone = t.gate.wait(ctx)
			t.slots <- struct{}{}
			if gone == nil {
				gone = t.leave(ctx, client, p, c)
			}
			leave()
		},
	})
	if gone != nil {
		t.ledger.mu.Lock()
		defer t.ledger.mu.Unlock()
		t.ledger.failed = append(t.ledger.failed, gone)
	}
}

// leave keeps the receipt, erases the person and checks that the session is dead.
func (t *test) leave(ctx context.Context, client *journey.Client, p people.Person, c journey.Signed) error {
	receipt, err := client.Receipt(ctx, c.ID)
	if err != nil {
		return fmt.Errorf("keeping the receipt: %w", err)
	}
	id, err := client.Erase(ctx)
	if err != nil {
		return fmt.Errorf("erasing: %w", err)
	}
	picture := fakes.Portrait(p.Name, p.Number)
	middle := len(picture) / 2
	t.ledger.mu.Lock()
	defer t.ledger.mu.Unlock()
	t.ledger.values = append(t.ledger.values, p.Name, p.Number, p.Phone, p.Card, c.Strokes[:min(len(c.Strokes), 2*pictureBytes)],
		string(picture[middle:middle+pictureBytes]))
	t.ledger.receipts = append(t.ledger.receipts, receipt)
	t.ledger.erasures = append(t.ledger.erasures, id)
	return nil
}

package crowd

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"renzheng/test/journey"
	"renzheng/test/people"
)

const (
	patience = 80 * time.Second // the key of a call is locked for a minute if its server died
	pause    = 200 * time.Millisecond
)

// signers are the persons of the run: each of them confirms once.
func signers() []people.Fate {
	return []people.Fate{people.Passes, people.RareName, people.UncertifiedOwner, people.DottedName}
}

// Entrance is the server that a person calls.
type Entrance struct {
	Server     string                // address of the API
	BeforeFace func(context.Context) // see journey.Options
}

// Visit plays the story of a new person until the client receives 201, and records
// it. Judge checks what becomes of the answer.
//
// It returns an error if the story does not go as documented. This alone does not
// mean that the server failed: a kill may lose a code or a face check.
func (c *Crowd) Visit(ctx context.Context, at Entrance) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	var answered atomic.Bool
	fates, number := signers(), int(c.visitors.Add(1))
	result, err := journey.Run(ctx, journey.Options{
		Server: at.Server, Sandbox: c.sandbox.URL, Roles: people.InAlipay(fates[number%len(fates)]),
		Serial: 1 + 2*number, Patience: patience, // the next person is the second signer of the case
		BeforeFace: at.BeforeFace,
		Acknowledged: func(_ people.Person, a journey.Confirmation) {
			c.ledger.acknowledge(a.ID, a.TodoID)
			answered.Store(true)
			leave()
		},
	})
	switch {
	case answered.Load():
		err = nil
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		err = errors.Join(append(result.Differences, err)...)
	}
	c.ledger.visited(err)
	return err
}

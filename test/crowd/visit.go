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
	patience = 80 * time.Second // a call that died with its server keeps its key for a minute
	pause    = 200 * time.Millisecond
)

// signers are the persons of the run: each of them confirms once.
func signers() []people.Fate {
	return []people.Fate{people.Passes, people.RareName, people.UncertifiedOwner, people.DottedName}
}

// Entrance is where a person comes in.
type Entrance struct {
	Server     string                // address of the API
	BeforeFace func(context.Context) // see journey.Options
}

// Visit plays the story of somebody new up to the moment at which the client
// sees its 201, and notes it; what becomes of the answer is the judge's.
//
// Errors: the story went otherwise than documented. That alone is no fault of
// the server: a kill may cost a person the code or the face that was under way.
func (c *Crowd) Visit(ctx context.Context, at Entrance) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	var answered atomic.Bool
	fates, number := signers(), int(c.visitors.Add(1))
	result, err := journey.Run(ctx, journey.Options{
		Server: at.Server, Sandbox: c.sandbox.URL, Roles: people.InAlipay(fates[number%len(fates)]),
		Serial: 1 + 2*number, Patience: patience, // the case's second signer is the next person
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

package crowd

import (
	"context"
	"fmt"
	"time"

	"renzheng/providers/registry/registrytest"
)

const (
	drainTime = time.Minute // after the registry has requested missing events
	drainAsk  = 500 * time.Millisecond
)

// Drain waits until the registry has every event of the feed. After Options.Patience
// the registry requests the events that still wait for their next try.
func (c *Crowd) Drain(ctx context.Context) error {
	begun, asked := time.Now(), 0
	for {
		feed, err := c.readFeed(ctx)
		if err != nil {
			return err
		}
		missing := missingFrom(c.sandbox.Registry.Records(), feed)
		passed := time.Since(begun)
		switch {
		case len(missing) == 0 && c.allInFeed(feed):
			return c.say("%4.0f s of draining; %d of %d events were asked for again", passed.Seconds(), asked, len(feed))
		case passed > c.options.Patience+drainTime:
			return c.say("draining ended after %.0f s with %d events still missing", passed.Seconds(), len(missing))
		case passed > c.options.Patience && asked == 0:
			if err = c.redeliver(ctx, missing); err != nil {
				return err
			}
			asked = len(missing)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(drainAsk):
		}
	}
}

// redeliver asks for events to be pushed again.
func (c *Crowd) redeliver(ctx context.Context, events []string) error {
	for _, id := range events {
		if err := c.sandbox.Cases.Redeliver(ctx, id); err != nil {
			return fmt.Errorf("asking for an event again: %w", err)
		}
	}
	return nil
}

// allInFeed reports whether every acknowledged confirmation is in the feed.
func (c *Crowd) allInFeed(feed []registrytest.FeedEvent) bool {
	placed := map[string]bool{}
	for _, e := range feed {
		placed[e.ConfirmationID] = true
	}
	for id := range c.ledger.seen() {
		if !placed[id] {
			return false
		}
	}
	return true
}

// missingFrom returns the events of the feed that were never pushed successfully.
func missingFrom(records []registrytest.Record, feed []registrytest.FeedEvent) []string {
	known := map[string]bool{}
	for _, r := range records {
		known[r.ID] = true
	}
	var missing []string
	for _, e := range feed {
		if !known[e.ID] {
			missing = append(missing, e.ID)
		}
	}
	return missing
}

// readFeed returns the whole feed.
func (c *Crowd) readFeed(ctx context.Context) ([]registrytest.FeedEvent, error) {
	var all []registrytest.FeedEvent
	after := int64(0)
	for {
		part, err := c.sandbox.Cases.Events(ctx, after)
		if err != nil {
			return nil, fmt.Errorf("pulling the feed: %w", err)
		}
		if len(part.Events) == 0 {
			return all, nil
		}
		all, after = append(all, part.Events...), part.NextAfter
	}
}

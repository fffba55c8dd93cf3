package crowd

import (
	"context"
	"fmt"

	"renzheng/providers/registry/registrytest"
	"renzheng/receipt"
	"renzheng/todo"
)

// lost returns what is missing of each acknowledged confirmation.
func (c *Crowd) lost(ctx context.Context, seen map[string]string, feed []registrytest.FeedEvent) (map[string]string, error) {
	keys, err := c.sandbox.Cases.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("fetching the keys of receipts: %w", err)
	}
	received, placed := map[string]bool{}, map[string]registrytest.FeedEvent{}
	for _, r := range c.sandbox.Registry.Records() {
		received[r.Event.Data.ConfirmationID] = true
	}
	for _, e := range feed {
		placed[e.ConfirmationID] = e
	}
	lost := map[string]string{}
	for id, todoID := range seen {
		event, inFeed := placed[id]
		switch {
		case !received[id]:
			lost[id] = "the registry was never told"
		case !inFeed:
			lost[id] = "it is not in the feed"
		case event.TodoID != todoID:
			lost[id] = "the event is of another todo"
		default:
			if problem := c.proven(ctx, keys, event); problem != "" {
				lost[id] = problem
			}
		}
	}
	return lost, nil
}

// proven returns what is wrong with the receipt or the evidence of an event, or "".
func (c *Crowd) proven(ctx context.Context, keys []byte, event registrytest.FeedEvent) string {
	report, err := receipt.Verify([]byte(event.Receipt), keys)
	if err != nil {
		return "the receipt does not verify: " + err.Error()
	}
	s := report.Statement
	if s.ConfirmationID != event.ConfirmationID || s.TodoID != event.TodoID || s.Decision != receipt.Confirmed {
		return "the receipt is of another answer"
	}
	file, err := c.sandbox.Cases.GetEvidence(ctx, event.CaseID, event.SignerID, event.Revision)
	if err == nil {
		_, err = todo.CheckEvidence(file, report)
	}
	if err != nil {
		return "the evidence cannot be fetched or does not fit: " + err.Error()
	}
	return ""
}

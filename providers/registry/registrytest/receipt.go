package registrytest

import (
	"context"
	"errors"
	"net/http"

	"renzheng/receipt"
	"renzheng/todo"
)

// checkReceipt says what is wrong with the receipt of an event; nothing is, for
// the zero value. Where the trusted keys cannot be had the push is to come again.
func (g *Registry) checkReceipt(ctx context.Context, event Event) refusal {
	if !answers(event.Type) {
		return refusal{}
	}
	report, err := g.verify(ctx, event.Data.Receipt)
	switch {
	case errors.Is(err, errNoKeys):
		return refusal{http.StatusServiceUnavailable, "no trusted keys for the receipt"}
	case err != nil:
		return refusal{http.StatusUnprocessableEntity, "the receipt does not verify: " + report.Message}
	case !fits(report.Statement, event):
		return refusal{http.StatusUnprocessableEntity, "the receipt is of another answer"}
	}
	return refusal{}
}

var errNoKeys = errors.New("the trusted keys cannot be fetched")

// verify checks a receipt by the keys at hand, and by fresh ones where its
// signing key is not among them.
func (g *Registry) verify(ctx context.Context, compact string) (receipt.Report, error) {
	g.mu.Lock()
	keys := g.keys
	g.mu.Unlock()
	if keys != nil {
		report, err := receipt.Verify([]byte(compact), keys)
		if !errors.Is(err, receipt.ErrKeyUnknown) {
			return report, err
		}
	}
	keys, err := g.options.Keys(ctx)
	if err != nil || keys == nil {
		return receipt.Report{}, errNoKeys
	}
	g.mu.Lock()
	g.keys = keys
	g.mu.Unlock()
	return receipt.Verify([]byte(compact), keys)
}

// fits reports whether a receipt is of the answer that the event tells of.
func fits(s receipt.Statement, event Event) bool {
	decision := map[todo.EventType]receipt.Decision{
		todo.EventConfirmed: receipt.Confirmed, todo.EventDeclined: receipt.Declined, todo.EventDoneAtWindow: receipt.DoneAtWindow,
	}[event.Type]
	d := event.Data
	return s.Decision == decision && s.RegistryID == d.RegistryID && s.TodoID == d.TodoID &&
		s.Revision == d.Revision && s.ConfirmationID == d.ConfirmationID
}

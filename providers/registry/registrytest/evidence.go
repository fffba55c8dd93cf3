package registrytest

import (
	"context"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

const fetchTimeout = 10 * time.Second

// NeedsEvidence reports whether the registry files the evidence of an event: of a yes, given online or at a window.
func NeedsEvidence(event todo.EventType) bool {
	return event == todo.EventConfirmed || event == todo.EventDoneAtWindow
}

// startFetch fetches what a confirmation needs while it is acknowledged. It
// does so again whenever the event comes again, until it has succeeded.
func (g *Registry) startFetch(ctx context.Context, id string) {
	g.mu.Lock()
	record := *g.find(id)
	g.mu.Unlock()
	if g.options.Client == nil || !NeedsEvidence(record.Event.Type) || record.Evidence != nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	g.fetching.Go(func() { g.fetch(ctx, record) })
}

// FetchMissing fetches the evidence that could not be fetched when its
// confirmation came.
func (g *Registry) FetchMissing(ctx context.Context) {
	for _, record := range g.Records() {
		if g.options.Client != nil && NeedsEvidence(record.Event.Type) && record.Evidence == nil {
			g.fetch(ctx, record)
		}
	}
}

func (g *Registry) fetch(ctx context.Context, record Record) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	data := record.Event.Data
	file, err := g.options.Client.GetEvidence(ctx, data.CaseID, data.SignerID, data.Revision)
	var evidence receipt.Evidence
	var problem string
	if err == nil {
		evidence, problem = g.checkEvidence(ctx, record.Event, file)
	} else {
		problem = err.Error()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	known := g.find(record.ID)
	if known.Evidence != nil {
		return // a repeated event was quicker
	}
	known.EvidenceProblem = problem
	if err == nil {
		known.Evidence = &evidence
	}
}

// checkEvidence returns the evidence of a file, or the reason why the file is not
// the evidence of the event's receipt.
func (g *Registry) checkEvidence(ctx context.Context, event Event, file []byte) (receipt.Evidence, string) {
	report, err := g.verify(ctx, event.Data.Receipt)
	if err != nil {
		return receipt.Evidence{}, "the receipt does not verify"
	}
	evidence, err := todo.CheckEvidence(file, report)
	if err != nil {
		return receipt.Evidence{}, err.Error()
	}
	return evidence, ""
}

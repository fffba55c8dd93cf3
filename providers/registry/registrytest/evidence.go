package registrytest

import (
	"bytes"
	"context"
	"errors"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

const fetchTimeout = 10 * time.Second

// startFetch fetches what a confirmation needs, beside the acknowledgement. It
// does so again whenever the event comes again, until it has succeeded.
func (g *Registry) startFetch(ctx context.Context, id string) {
	g.mu.Lock()
	record := *g.find(id)
	g.mu.Unlock()
	if g.options.Client == nil || record.Event.Type != todo.EventConfirmed || record.Evidence != nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	g.fetching.Go(func() { g.fetch(ctx, record) })
}

// FetchMissing fetches the evidence that could not be fetched when its
// confirmation came.
func (g *Registry) FetchMissing(ctx context.Context) {
	for _, record := range g.Records() {
		if g.options.Client != nil && record.Event.Type == todo.EventConfirmed && record.Evidence == nil {
			g.fetch(ctx, record)
		}
	}
}

func (g *Registry) fetch(ctx context.Context, record Record) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	data := record.Event.Data
	evidence, err := g.options.Client.GetEvidence(ctx, data.CaseID, data.SignerID)
	problem := ""
	switch {
	case err != nil:
		problem = err.Error()
	case g.options.CheckOpenings:
		problem = g.checkEvidence(ctx, record.Event, evidence)
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

// checkEvidence says in what the evidence is not what the receipt commits to, or
// "". An answer to a newer revision is another answer, not a wrong one.
func (g *Registry) checkEvidence(ctx context.Context, event Event, evidence Evidence) string {
	if evidence.Receipt != event.Data.Receipt {
		return "the evidence is of another answer"
	}
	report, err := g.verify(ctx, event.Data.Receipt)
	if err != nil {
		return "the receipt does not verify"
	}
	if err := checkOpenings(report.Statement, evidence.Openings); err != nil {
		return err.Error()
	}
	return checkShown(report.Statement, evidence)
}

// checkOpenings wants every part that the statement commits to opened, and rightly.
func checkOpenings(s receipt.Statement, openings []receipt.Opening) error {
	opened := map[string]bool{}
	for _, o := range openings {
		opened[o.Domain] = true
	}
	for domain, commitment := range map[string]receipt.Commitment{
		receipt.DomainContent: s.ContentDigest, receipt.DomainSigner: s.Signer, receipt.DomainCase: s.Case,
		receipt.DomainPortrait: s.Portrait, receipt.DomainHandwriting: s.Handwriting,
	} {
		if commitment != receipt.None && !opened[domain] {
			return errors.New("a part of the receipt is not opened: " + domain)
		}
	}
	return receipt.CheckOpenings(s, openings)
}

// checkShown wants the pictures beside the openings that speak of them.
func checkShown(s receipt.Statement, evidence Evidence) string {
	png := []byte("\x89PNG\r\n\x1a\n")
	switch {
	case s.Handwriting != receipt.None && !bytes.HasPrefix(evidence.Handwriting.bytes(), png):
		return "the handwriting is missing"
	case s.Portrait != receipt.None && !portraitFits(evidence):
		return "the portrait is not the one that the receipt commits to"
	}
	return ""
}

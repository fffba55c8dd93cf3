package main

import (
	"context"
	"errors"
	"time"

	"renzheng/session"
	"renzheng/verification"
)

// prefills makes the prefilled documents of package session available to package
// verification, which does not import it.
type prefills struct {
	store session.PrefillStore
	clock func() time.Time
}

var _ verification.Prefills = prefills{}

// Peek returns the prefill of a session, or nil.
func (p prefills) Peek(ctx context.Context, sessionID string) (*verification.Prefill, error) {
	found, err := p.store.Prefill(ctx, sessionID, p.clock())
	if errors.Is(err, session.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &verification.Prefill{Document: found.Document, Remembered: found.Remembered, Differs: found.Differs}, nil
}

// Take returns the prefill and deletes it. It returns verification.ErrNotFound if
// there is none.
func (p prefills) Take(ctx context.Context, sessionID string) (verification.Prefill, error) {
	found, err := p.store.TakePrefill(ctx, sessionID, p.clock())
	if errors.Is(err, session.ErrNotFound) {
		return verification.Prefill{}, verification.ErrNotFound
	}
	return verification.Prefill{Document: found.Document, Remembered: found.Remembered, Differs: found.Differs}, err
}

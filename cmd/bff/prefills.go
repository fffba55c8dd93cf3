package main

import (
	"context"
	"errors"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/verification"
)

// prefills shows session's prefilled documents to verification: the two rule
// packages do not know one another.
type prefills struct{ store session.PrefillStore }

var _ verification.Prefills = prefills{}

// Peek returns the live prefill, false when there is none.
func (p prefills) Peek(ctx context.Context, sessionID string) (identity.Document, bool, error) {
	found, err := p.store.Prefill(ctx, sessionID, time.Now())
	if errors.Is(err, session.ErrNotFound) {
		return identity.Document{}, false, nil
	}
	return found.Document, err == nil, err
}

// Take returns it once; verification.ErrNotFound when there is none left.
func (p prefills) Take(ctx context.Context, sessionID string) (identity.Document, error) {
	found, err := p.store.TakePrefill(ctx, sessionID, time.Now())
	if errors.Is(err, session.ErrNotFound) {
		return identity.Document{}, verification.ErrNotFound
	}
	return found.Document, err
}

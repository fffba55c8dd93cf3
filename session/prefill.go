package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
)

const minAge = 14 // R9: below it nothing of a person is kept

// PrefillResult is a document that the channel knows, or why there is none.
type PrefillResult struct {
	Document *identity.Document // nil when Absent is set; the client sees it masked
	Absent   AbsentReason
}

// Prefill exchanges a code of the channel's identity scope and keeps the
// owner's document for PrefillLife (M-13, M-14). It is a convenience: every
// reason why there is none leaves typing by hand.
//
// The document counts only when the code belongs to the session's own account
// (R4). Errors: ErrCodeInvalid, ErrUnavailable.
func (s *Service) Prefill(ctx context.Context, session Session, code string) (PrefillResult, error) {
	prefiller, on := s.deps.Prefillers[session.Account.Channel]
	if !on {
		return PrefillResult{Absent: NotYetSupported}, nil
	}
	known, err := prefiller.Prefill(ctx, code)
	if err != nil {
		return PrefillResult{}, fmt.Errorf("asking for the prefill: %w", err)
	}
	now := s.now()
	if reason := refusePrefill(session.Account, known, now); reason != "" {
		return PrefillResult{Absent: reason}, nil
	}
	kept := Prefill{
		SessionID: session.ID, AccountID: session.Account.ID,
		Document: known.Document, Until: now.Add(PrefillLife),
	}
	if err := s.deps.Prefills.PutPrefill(ctx, kept); err != nil {
		return PrefillResult{}, fmt.Errorf("keeping the prefill: %w", err)
	}
	return PrefillResult{Document: &known.Document}, nil
}

// PendingPrefill returns the session's live prefill, nil when there is none.
func (s *Service) PendingPrefill(ctx context.Context, session Session) (*identity.Document, error) {
	kept, err := s.deps.Prefills.Prefill(ctx, session.ID, s.now())
	if errors.Is(err, ErrNotFound) {
		return nil, nil // none is an answer here, not a failure
	}
	if err != nil {
		return nil, fmt.Errorf("reading the prefill: %w", err)
	}
	return &kept.Document, nil
}

// refusePrefill gives the reason why what the channel knows is not kept. The
// account comes first: of another account's owner not even the kind of lack is told.
func refusePrefill(account Account, known Prefilled, now time.Time) AbsentReason {
	switch {
	case known.User != account.User:
		return NotThisAccount
	case known.Absent != "":
		return known.Absent
	case known.Document.Number.IsZero():
		return NotUnderstood
	}
	if birth, ok := known.Document.BirthDate(); ok && identity.AgeAt(birth, now) < minAge {
		return NotOldEnough
	}
	return ""
}

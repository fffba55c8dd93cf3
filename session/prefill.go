package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/tracing"
)

const minAge = 14 // R9: nothing is kept of a younger person

// PrefillResult is the document that the channel knows, or the reason why there is no
// document.
type PrefillResult struct {
	Document *identity.Document // nil when Absent is set; the client sees it masked
	Absent   AbsentReason
}

// Prefill exchanges a code of the channel's identity scope and keeps the owner's
// document for PrefillLife (M-13, M-14). It is a convenience: without a document, the
// person types it.
//
// The document is used only if the code belongs to the session's own account (R4).
// Errors: ErrCodeInvalid, ErrUnavailable.
func (s *Service) Prefill(ctx context.Context, session Session, code string) (_ PrefillResult, err error) {
	ctx, span := tracing.Start(ctx, "session Prefill")
	defer func() { span.End(err) }()
	prefiller, ok := s.deps.Prefillers[session.Account.Channel]
	if !ok {
		return PrefillResult{Absent: NotYetSupported}, nil
	}
	// The account is read first: the code can be used only once.
	owner, err := s.deps.Sessions.ChannelUser(ctx, session.Account.ID)
	if err != nil {
		return PrefillResult{}, fmt.Errorf("reading the session's account: %w", err)
	}
	prefilled, err := prefiller.Prefill(ctx, code)
	if err != nil {
		return PrefillResult{}, fmt.Errorf("querying the prefill: %w", err)
	}
	now := s.now()
	if reason := absentReason(owner, prefilled, now); reason != "" {
		return PrefillResult{Absent: reason}, nil
	}
	kept := Prefill{
		SessionID: session.ID, AccountID: session.Account.ID,
		Document: prefilled.Document, Until: now.Add(PrefillLife),
	}
	if err := s.deps.Prefills.PutPrefill(ctx, kept); err != nil {
		return PrefillResult{}, fmt.Errorf("keeping the prefill: %w", err)
	}
	return PrefillResult{Document: &prefilled.Document}, nil
}

// PendingPrefill returns the session's live prefill, or nil.
func (s *Service) PendingPrefill(ctx context.Context, session Session) (*Prefill, error) {
	kept, err := s.deps.Prefills.Prefill(ctx, session.ID, s.now())
	if errors.Is(err, ErrNotFound) {
		return nil, nil // no prefill is not an error
	}
	if err != nil {
		return nil, fmt.Errorf("reading the prefill: %w", err)
	}
	if kept.Differs {
		return nil, nil // it only keeps others out
	}
	return &kept, nil
}

// absentReason returns why the channel's document is not kept, or "". The account is
// checked first, so that nothing is revealed about the owner of another account.
func absentReason(owner identity.ChannelUser, prefilled Prefilled, now time.Time) AbsentReason {
	switch {
	case prefilled.User != owner || owner == identity.ChannelUser{}:
		return NotThisAccount
	case prefilled.Absent != "":
		return prefilled.Absent
	case prefilled.Document.Number.IsZero():
		return NotUnderstood
	}
	if birth, ok := prefilled.Document.BirthDate(); ok && identity.AgeAt(birth, now) < minAge {
		return NotOldEnough
	}
	return ""
}

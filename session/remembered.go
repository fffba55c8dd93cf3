package session

import (
	"context"
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/tracing"
)

// remembers reports whether a channel offers to remember documents.
func (s *Service) remembers(channel identity.Channel) bool {
	return s.deps.Remembering != nil && s.deps.Remembering(channel)
}

// Remembered returns the remembered document of the session's account, or nil. The person
// decides whether to use it: see [Service.PrefillRemembered]. Errors: ErrUnreadable, with
// which the caller goes on as without a document.
func (s *Service) Remembered(ctx context.Context, session Session) (*Remembered, error) {
	if !s.remembers(session.Account.Channel) {
		return nil, nil // not offered
	}
	found, err := s.deps.Prefills.Remembered(ctx, session.Account.ID, s.now())
	if errors.Is(err, ErrNotFound) {
		return nil, nil // nothing remembered
	}
	if err != nil {
		return nil, fmt.Errorf("reading the remembered document: %w", err)
	}
	return &found, nil
}

// PrefillRemembered keeps the account's remembered document for PrefillLife, for one use
// like the document of [Service.Prefill]. It does not prove who owns the account: another
// document may still be typed, and tries are counted as for a typed one. Idempotent.
func (s *Service) PrefillRemembered(ctx context.Context, session Session) (_ PrefillResult, err error) {
	ctx, span := tracing.Start(ctx, "session PrefillRemembered")
	defer func() { span.End(err) }()
	if !s.remembers(session.Account.Channel) {
		return PrefillResult{Absent: NotRemembered}, nil
	}
	now := s.now()
	kept, err := s.deps.Prefills.PutRemembered(ctx, Prefill{
		SessionID: session.ID, AccountID: session.Account.ID, Until: now.Add(PrefillLife),
	}, now)
	switch {
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrUnreadable):
		return PrefillResult{Absent: NotRemembered}, nil
	case errors.Is(err, ErrOwnerKnown):
		return PrefillResult{Absent: OwnerKnown}, nil
	case err != nil:
		return PrefillResult{}, fmt.Errorf("using the remembered document: %w", err)
	}
	return PrefillResult{Document: &kept.Document}, nil
}

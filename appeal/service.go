package appeal

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/material"
)

// Deps is what a Service needs. All members but Mail and Photos are required.
type Deps struct {
	Appeals   Store
	Materials MaterialStore
	Reviews   ReviewStore
	Readings  ReadingStore
	Photos    PhotoReader // nil = photos are not read
	Cleaner   *material.Cleaner
	Scopes    func(Outcome, Appeal, time.Time) []string // of the quotas that an outcome resets
	Mail      string                                    // address for appeals by mail; "" = none
	Clock     func() time.Time
	NewID     func(prefix string) (string, error)
}

// Service holds the rules of appeals. Safe for concurrent use.
type Service struct {
	deps    Deps
	reading openReadings
}

// New returns a Service on its dependencies.
func New(d Deps) *Service { return &Service{deps: d} }

func (s *Service) now() time.Time { return s.deps.Clock().UTC().Truncate(time.Millisecond) }

// ReadingUntil returns until when a consent to the reading of photos can be used; zero if it is absent.
func (a Appeal) ReadingUntil() time.Time {
	if a.ReadingConsentID == "" {
		return time.Time{}
	}
	return a.ReadingAgreedAt.Add(consentLife)
}

// Mail returns the address for appeals by mail, or "" (D-33).
func (s *Service) Mail() string { return s.deps.Mail }

// Open opens an appeal against a failure. If this account has an open one against it for the same person, that is returned.
//
// Errors: ErrNoAppeal, ErrNotFound, ErrNoFailure, *LaterError.
func (s *Service) Open(ctx context.Context, accountID, failure, verificationID string) (opened Appeal, created bool, err error) {
	if _, ok := Catalogue().For(failure); !ok {
		return Appeal{}, false, ErrNoAppeal
	}
	draft := Appeal{AccountID: accountID, Failure: failure, VerificationID: verificationID, State: Draft, CreatedAt: s.now()}
	opened, created, err = s.deps.Appeals.OpenAppeal(ctx, draft, openLimit, openWindow)
	if err != nil {
		return Appeal{}, false, fmt.Errorf("opening an appeal: %w", err)
	}
	return opened, created, nil
}

// List returns the appeals of an account, newest first.
func (s *Service) List(ctx context.Context, accountID string) ([]Appeal, error) {
	found, err := s.deps.Appeals.Appeals(ctx, accountID, maxListed)
	if err != nil {
		return nil, fmt.Errorf("listing appeals: %w", err)
	}
	return found, nil
}

// Get returns an appeal of an account. A proposal is not shown: it may not come to pass. Errors: ErrNotFound.
func (s *Service) Get(ctx context.Context, accountID, id string) (Appeal, error) {
	a, err := s.deps.Appeals.Appeal(ctx, accountID, id)
	if err != nil {
		return Appeal{}, fmt.Errorf("reading an appeal: %w", err)
	}
	if a.State != Decided {
		a.Decision = Decision{}
	}
	s.markAbandonedReadings(a.Materials)
	return a, nil
}

// Submit submits a draft. Errors: ErrNotFound, ErrNotOpen, ErrIncomplete, and those of [identity.PlainLines].
func (s *Service) Submit(ctx context.Context, accountID, id string, form Form) (Appeal, error) {
	for _, short := range []identity.Secret{form.Contact, form.Device, form.App} {
		if err := identity.PlainLines(short.Reveal(), MaxShort, 1); err != nil && short.Reveal() != "" {
			return Appeal{}, err
		}
	}
	if err := identity.PlainLines(form.Text.Reveal(), MaxText, maxLines); err != nil {
		return Appeal{}, err
	}
	a, err := s.Get(ctx, accountID, id)
	if err != nil {
		return Appeal{}, err
	}
	checklist, _ := Catalogue().For(a.Failure)
	now := s.now()
	submission := Submission{AccountID: accountID, ID: id, Form: form, Required: checklist.Required, Now: now, Due: now.Add(ReviewTime)}
	if err = s.deps.Appeals.Submit(ctx, submission); err != nil {
		return Appeal{}, fmt.Errorf("submitting an appeal: %w", err)
	}
	s.AbortReadings(ctx, accountID)
	return s.Get(ctx, accountID, id)
}

// Answer answers the question of a reviewer. Errors: ErrNotFound, ErrNotOpen, ErrIncomplete, ErrBounds, and those of [identity.PlainLines].
func (s *Service) Answer(ctx context.Context, accountID, id string, text identity.Secret) (Appeal, error) {
	if err := identity.PlainLines(text.Reveal(), MaxText, maxLines); err != nil {
		return Appeal{}, err
	}
	a, err := s.Get(ctx, accountID, id)
	if err != nil {
		return Appeal{}, err
	}
	checklist, _ := Catalogue().For(a.Failure)
	reply := Reply{AccountID: accountID, ID: id, Text: text, Required: checklist.Required, Now: s.now()}
	if err = s.deps.Appeals.Answer(ctx, reply); err != nil {
		return Appeal{}, fmt.Errorf("answering a question: %w", err)
	}
	s.AbortReadings(ctx, accountID)
	return s.Get(ctx, accountID, id)
}

// Withdraw ends an appeal that is not decided. Idempotent. Errors: ErrNotFound, ErrNotOpen.
func (s *Service) Withdraw(ctx context.Context, accountID, id string) error {
	a, err := s.Get(ctx, accountID, id)
	if err != nil || a.State == Withdrawn {
		return err
	}
	if err = s.deps.Appeals.Withdraw(ctx, accountID, id, s.now()); err != nil {
		return fmt.Errorf("withdrawing an appeal: %w", err)
	}
	s.AbortReadings(ctx, accountID)
	return nil
}

package verification

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// try is what one attempt needs in addition to its step.
type try struct {
	lasts time.Duration
	card  identity.BankCard // zero except for a bank card
}

// reserve takes one try for the step, before any provider is called (R11).
func (s *Service) reserve(ctx context.Context, st step, t try) (Attempt, error) {
	consents, err := s.requiredConsents(ctx, st.verification, st.check)
	if err != nil {
		return Attempt{}, err
	}
	quotas, err := s.quotas(ctx, st.verification, st.check)
	if err != nil {
		return Attempt{}, err
	}
	id, err := s.newID("att_")
	if err != nil {
		return Attempt{}, err
	}
	now, v := s.now(), st.verification
	a := Attempt{
		ID: id, VerificationID: v.ID, SessionID: v.SessionID, AccountID: v.AccountID, SubjectID: v.SubjectID,
		Check: st.check, State: AttemptOpen, Undecided: true, CardLast4: t.card.Last4(),
		StartedAt: now, ExpiresAt: now.Add(t.lasts),
	}
	// The person must finish a face while the verification is open. The time of the
	// other checks is the source's, and after it a worker stops waiting for the answer.
	if st.check == policy.Face && a.ExpiresAt.After(v.ExpiresAt) {
		a.ExpiresAt = v.ExpiresAt
	}
	for _, a.Provider = range st.providers {
		r := Reservation{Attempt: a, Card: t.card, Consents: consents, Now: now}
		r.Quotas = slices.Concat(quotas, s.sourceQuotas(policy.EveryProvider, st, now), s.sourceQuotas(a.Provider, st, now))
		if err = s.deps.Store.Reserve(ctx, r); !bySource(err, a.Provider) {
			break // the next provider has other rules of its own, but no more tries of the person
		}
	}
	if err != nil {
		return Attempt{}, s.reserveError(ctx, st, s.countRejection(err))
	}
	return a, nil
}

// asExhausted returns the ExhaustedError of an error, if it is one.
func asExhausted(err error) (*ExhaustedError, bool) { return errors.AsType[*ExhaustedError](err) }

// bySource reports whether only the rules of a provider left no try.
func bySource(err error, provider string) bool {
	none, ok := asExhausted(err)
	return ok && none.Quota.Source == provider
}

// reserveError returns the reason why no try could be reserved.
func (s *Service) reserveError(ctx context.Context, st step, err error) error {
	var none *ExhaustedError
	switch {
	case errors.As(err, &none):
		return s.noTry(ctx, st, none)
	case errors.Is(err, ErrConsent): // withdrawn since it was read
		missing := requiredNotices(s.Notices(), st.verification, st.check)
		return &ConsentError{Missing: missing}
	case errors.Is(err, ErrConflict):
		return s.moved(ctx, st.verification)
	}
	return fmt.Errorf("reserving a try: %w", err)
}

// quotas returns the quotas that a try is taken from. They depend on whether the
// account has passed as this subject before.
func (s *Service) quotas(ctx context.Context, v Verification, kind policy.CheckKind) ([]policy.Quota, error) {
	quotas := quotasOf(s.Limits(), v, kind)
	if v.Prefilled {
		return unhidden(quotas), nil
	}
	passed, err := s.deps.Store.HasPassed(ctx, v.AccountID, v.SubjectID, kind)
	if err != nil {
		return nil, fmt.Errorf("reading earlier passes: %w", err)
	}
	if passed {
		return unhidden(quotas), nil
	}
	return quotas, nil
}

package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// adult is the age from which a person may go through this check alone (R9).
const adult = 18

// StartRequest asks for a verification.
type StartRequest struct {
	Purpose    policy.Purpose
	Document   *identity.Document // access, typed by hand
	UsePrefill bool               // access, instead of Document
	Todo       *TodoBinding       // confirm; its GrantID is the actor's
}

// Start begins a verification. For access the document is typed or prefilled;
// for confirm it comes from the actor's grant, whatever the request says (R6).
// Nothing is sent to a provider yet.
//
// Errors: ErrRequest, ErrNoGrant, *RefusedError (account_owner_differs,
// guardian_required, document_expired, check_switched_off, route_missing), *StateError
// (prefill_missing, todo_changed), ErrNotFound and ErrNotServed of the todo,
// *ExhaustedError for another person, or another start, too many today.
func (s *Service) Start(ctx context.Context, a Actor, r StartRequest) (View, error) {
	v, err := s.draft(ctx, a, r)
	if err != nil {
		return View{}, err
	}
	if needsGuardian(v.Document, v.CreatedAt) {
		return View{}, &RejectedError{Code: failure.GuardianRequired}
	}
	if r.Purpose == policy.Access && expired(v.Document, v.CreatedAt) {
		return View{}, &RejectedError{Code: failure.DocumentExpired}
	}
	if v.ID, err = s.newID("ver_"); err != nil {
		return View{}, err
	}
	if v.Checks, err = s.plan(ctx, v); err != nil {
		return View{}, err
	}
	if err = s.reconcileLatest(ctx, a); err != nil {
		return View{}, err
	}
	if r.UsePrefill {
		if _, err = s.deps.Prefills.Take(ctx, a.SessionID); err != nil {
			return View{}, prefillGone(err)
		}
	}
	v, err = s.deps.Store.InsertVerification(ctx, v, StartQuotas{
		Starts: startsQuota(s.deps.Limits, a.AccountID), Subjects: subjectsQuota(s.deps.Limits, a.AccountID, v.CreatedAt),
	})
	if err != nil {
		return View{}, startConflict(err, r.Purpose)
	}
	return s.view(ctx, v)
}

// draft gives the verification without its checks.
func (s *Service) draft(ctx context.Context, a Actor, r StartRequest) (Verification, error) {
	now := s.now()
	v := Verification{
		AccountID: a.AccountID, SessionID: a.SessionID, Purpose: r.Purpose, Channel: a.Channel,
		State: Open, PolicyDigest: s.deps.Policy.Digest(), CreatedAt: now, ExpiresAt: now.Add(OpenFor),
	}
	var err error
	switch {
	case r.Purpose == policy.Access && (r.Document != nil) != r.UsePrefill && r.Todo == nil:
		v.Document, v.Prefilled, err = s.document(ctx, a, r)
	case r.Purpose == policy.Confirm && r.Document == nil && !r.UsePrefill && r.Todo.complete():
		if a.GrantID == "" {
			return Verification{}, ErrNoGrant
		}
		binding := *r.Todo
		binding.GrantID = a.GrantID
		v.Todo, v.Document, v.SubjectID = &binding, a.GrantDocument, a.GrantSubjectID
	default:
		err = ErrRequest
	}
	return v, err
}

// complete reports whether a binding names a todo, its revision and the digest of
// what was shown.
func (b *TodoBinding) complete() bool {
	return b != nil && b.TodoID != "" && b.Revision > 0 && b.ContentDigest != ""
}

// document gives whose access is asked for, and whether that is the channel's
// own record. Where the channel's record is known, nobody else may be named
// from this account (R7).
func (s *Service) document(ctx context.Context, a Actor, r StartRequest) (identity.Document, bool, error) {
	owner, known, err := s.deps.Prefills.Peek(ctx, a.SessionID)
	if err != nil {
		return identity.Document{}, false, fmt.Errorf("looking for a prefill: %w", err)
	}
	switch {
	case r.UsePrefill && !known:
		return identity.Document{}, false, &StateError{Code: CodeNoPrefill}
	case r.UsePrefill:
		return owner, true, nil
	case known && !owner.Same(*r.Document):
		return identity.Document{}, false, &RejectedError{Code: failure.AccountOwnerDiffers}
	}
	return *r.Document, known, nil
}

// plan lists the checks that the policy asks for. It refuses now what could
// not be finished later.
func (s *Service) plan(ctx context.Context, v Verification) ([]Check, error) {
	steps, known := s.deps.Policy.Steps(routeOf(v))
	if !known {
		return nil, &RejectedError{Code: failure.RouteMissing}
	}
	checks := make([]Check, 0, len(steps))
	for _, step := range steps {
		if _, err := s.chooseProvider(ctx, v, step.Check); err != nil {
			return nil, err
		}
		checks = append(checks, Check{Kind: step.Check, State: CheckPending})
	}
	return checks, nil
}

// needsGuardian tells whether the document's birth date makes a guardian
// necessary (R9). A document that carries no birth date cannot tell.
func needsGuardian(d identity.Document, now time.Time) bool {
	birth, known := d.BirthDate()
	return known && identity.AgeAt(birth, now) < adult
}

// expired tells whether the document was valid until a day before that of now.
// Where no end was given, or there is none, it cannot tell.
func expired(d identity.Document, now time.Time) bool {
	return !d.ValidUntil.IsZero() && d.ValidUntil.Before(identity.DateAt(now))
}

func prefillGone(err error) error {
	if errors.Is(err, ErrNotFound) {
		return &StateError{Code: CodeNoPrefill}
	}
	return fmt.Errorf("taking the prefill: %w", err)
}

func startConflict(err error, purpose policy.Purpose) error {
	if purpose == policy.Confirm && errors.Is(err, ErrConflict) {
		return &StateError{Code: CodeTodoChanged}
	}
	return fmt.Errorf("starting a verification: %w", err)
}

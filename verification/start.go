package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// StartRequest is the request for a verification.
type StartRequest struct {
	Purpose    policy.Purpose
	Document   *identity.Document // access or lift, typed by hand
	UsePrefill bool               // access or lift, instead of Document
	Todo       *TodoBinding       // confirm; its GrantID is the actor's
}

// Start begins a verification. For access, and to lift a freeze, the document is typed or prefilled. For
// confirm it comes from the actor's grant, whatever the request contains (R6).
// Nothing is sent to a provider yet.
//
// Errors: ErrRequest, ErrNoGrant, *RejectedError (account_owner_differs,
// guardian_required, document_expired, check_switched_off, route_missing),
// *StateError (prefill_missing, todo_changed), ErrNotFound and ErrNotServed of the
// todo, *ExhaustedError if the account verifies too many people or starts too often
// in a day.
func (s *Service) Start(ctx context.Context, a Actor, r StartRequest) (_ View, err error) {
	ctx, span := tracing.Start(ctx, "verification Start")
	defer func() { span.End(err) }()
	v, err := s.draft(ctx, a, r)
	if err != nil {
		return View{}, err
	}
	if needsGuardian(v.Document, v.CreatedAt) {
		return View{}, &RejectedError{Code: failure.GuardianRequired}
	}
	if r.Purpose != policy.Confirm && expired(v.Document, v.CreatedAt) {
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
		if err = s.takePrefill(ctx, v); err != nil {
			return View{}, err
		}
	}
	v, err = s.deps.Store.InsertVerification(ctx, v, StartQuotas{
		Starts: startsQuota(s.Limits(), a.AccountID), Subjects: subjectsQuota(s.Limits(), a.AccountID, v.CreatedAt),
	})
	if err != nil {
		return View{}, startConflict(s.countRejection(err), r.Purpose)
	}
	s.deps.Metrics.VerificationMoved(v.Purpose, Open)
	return s.view(ctx, v)
}

// draft returns the verification without its checks.
func (s *Service) draft(ctx context.Context, a Actor, r StartRequest) (Verification, error) {
	now := s.now()
	v := Verification{
		AccountID: a.AccountID, SessionID: a.SessionID, Purpose: r.Purpose, Channel: a.Channel,
		State: Open, PolicyDigest: s.Policy().Digest(), CreatedAt: now, ExpiresAt: now.Add(OpenFor),
	}
	switch {
	case r.Purpose.Route() == policy.Access && (r.Document != nil) != r.UsePrefill && r.Todo == nil:
		prefill, err := s.deps.Prefills.Peek(ctx, a.SessionID)
		if err != nil {
			return Verification{}, fmt.Errorf("reading the prefill: %w", err)
		}
		if v.Document, err = accessDocument(prefill, r); err != nil {
			return Verification{}, err
		}
		v.Prefilled = prefill.owner() != nil
	case r.Purpose == policy.Confirm && r.Document == nil && !r.UsePrefill && r.Todo.complete():
		if a.GrantID == "" {
			return Verification{}, ErrNoGrant
		}
		binding := *r.Todo
		binding.GrantID = a.GrantID
		v.Todo, v.Document, v.SubjectID = &binding, a.GrantDocument, a.GrantSubjectID
	default:
		return Verification{}, ErrRequest
	}
	return v, nil
}

// complete reports whether a binding names a todo, its revision and the digest of
// what was shown.
func (b *TodoBinding) complete() bool {
	return b != nil && b.TodoID != "" && b.Revision > 0 && b.ContentDigest != ""
}

// accessDocument returns the document for access. If the prefill is the channel's own
// record, no other person may be verified from this account, and if the channel says
// that a document is not the owner's, not that one (R7). A remembered document says
// nothing about the account's owner.
func accessDocument(prefill *Prefill, r StartRequest) (identity.Document, error) {
	owner := prefill.owner()
	switch {
	case r.UsePrefill && (prefill == nil || prefill.Differs):
		return identity.Document{}, &StateError{Code: CodeNoPrefill}
	case r.UsePrefill:
		return prefill.Document, nil
	case owner != nil && !owner.Same(*r.Document), prefill != nil && prefill.Differs && prefill.Document.Same(*r.Document):
		return identity.Document{}, &RejectedError{Code: failure.AccountOwnerDiffers}
	}
	return *r.Document, nil
}

// takePrefill uses up the prefill that the draft v was made from. If another one has
// taken its place meanwhile, the person has not seen it and begins again.
func (s *Service) takePrefill(ctx context.Context, v Verification) error {
	taken, err := s.deps.Prefills.Take(ctx, v.SessionID)
	if err != nil {
		return prefillGone(err)
	}
	if taken.Remembered == v.Prefilled || !taken.Document.Same(v.Document) {
		return &StateError{Code: CodeNoPrefill}
	}
	return nil
}

// plan returns the checks that the policy requires. It rejects a verification that
// could not be finished.
func (s *Service) plan(ctx context.Context, v Verification) ([]Check, error) {
	steps, ok := s.policyOf(v).Steps(routeOf(v))
	if !ok {
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

// needsGuardian reports whether a guardian is necessary by the birth date of the
// document (R9). It returns false for a document without a birth date.
func needsGuardian(d identity.Document, now time.Time) bool {
	birth, ok := d.BirthDate()
	return ok && identity.AgeAt(birth, now) < identity.FullAge
}

// expired reports whether the document expired before the day of now. It returns
// false if the end is unknown, or the document is valid without end.
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

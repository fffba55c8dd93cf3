package verification

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// View is a verification as it is shown to the person.
type View struct {
	Verification

	Next            *Step           // what to do; nil when no check is left or the verification has ended
	Failure         *FailureView    // why it cannot continue, or why the last attempt did not pass
	Tries           policy.Tries    // of the next check; the person's own only (R12)
	ConsentsMissing []notice.Notice // to accept before the next check, in the default language
}

// Step is a check to be done and its provider.
type Step struct {
	Check    policy.CheckKind
	Provider string        // "" if the route is missing or switched off; Failure is the reason
	Note     identity.Text // the operator's text on a degraded provider; else zero
}

// FailureView names the catalogue entry to show.
type FailureView struct {
	Code  failure.Code
	Note  identity.Text // the operator's text, with check_switched_off; else zero
	Until time.Time     // as in RejectedError; with subject_barred the end of the bar
	Bar   string        // code of the reason, with subject_barred; "" if the bar has ended
}

// Get returns a verification of the actor's session. ErrNotFound.
func (s *Service) Get(ctx context.Context, a Actor, id string) (_ View, err error) {
	ctx, span := tracing.Start(ctx, "verification Get")
	defer func() { span.End(err) }()
	v, err := s.verification(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, v)
}

// Latest returns the session's newest verification that is open or awaits acceptance,
// or nil.
func (s *Service) Latest(ctx context.Context, a Actor) (_ *View, err error) {
	ctx, span := tracing.Start(ctx, "verification Latest")
	defer func() { span.End(err) }()
	v, err := s.deps.Store.LatestVerification(ctx, a.SessionID, s.now())
	if errors.Is(err, ErrNotFound) {
		return nil, nil // no verification is not an error
	}
	if err != nil {
		return nil, fmt.Errorf("reading the latest verification: %w", err)
	}
	view, err := s.view(ctx, currentState(v, s.now()))
	return &view, err
}

// view returns v with what the person has to know for the next step.
func (s *Service) view(ctx context.Context, v Verification) (View, error) {
	view := View{Verification: v}
	switch v.State {
	case Failed:
		return s.failedView(ctx, view)
	case Open:
		return s.openView(ctx, view)
	case AwaitingAcceptance, Passed, Expired, Voided, Consumed:
	}
	return view, nil
}

// failedView adds when there are tries again: a verification fails with its last
// try, or because the number is frozen or the person barred. The reason of each attempt is on its check.
func (s *Service) failedView(ctx context.Context, view View) (View, error) {
	stopped := slices.IndexFunc(view.Checks, func(c Check) bool {
		return c.State == CheckFailed && (c.Failure == failure.NumberFrozen || c.Failure == failure.SubjectBarred)
	})
	if stopped >= 0 {
		return s.stoppedView(ctx, view, view.Checks[stopped].Failure)
	}
	view.Failure = &FailureView{Code: failure.TriesExhausted}
	next := view.Verification.Next()
	if next == nil {
		return view, nil
	}
	var err error
	view.Tries, err = s.tries(ctx, view.Verification, next.Kind)
	return view, err
}

// stoppedView adds the reason and the end of a bar that is still in force.
func (s *Service) stoppedView(ctx context.Context, view View, code failure.Code) (View, error) {
	view.Failure = &FailureView{Code: code}
	if code != failure.SubjectBarred {
		return view, nil
	}
	var err error
	view.Failure.Bar, view.Failure.Until, err = s.deps.Store.BarOf(ctx, view.SubjectID, s.now())
	if err != nil {
		return View{}, fmt.Errorf("reading a bar: %w", err)
	}
	return view, nil
}

func (s *Service) openView(ctx context.Context, view View) (View, error) {
	next := view.Verification.Next()
	if next == nil {
		return view, nil
	}
	var err error
	if view.Tries, err = s.tries(ctx, view.Verification, next.Kind); err != nil {
		return View{}, err
	}
	choice, rejection := s.chooseProvider(ctx, view.Verification, next.Kind)
	if rejection != nil && !errors.As(rejection, new(*RejectedError)) {
		return View{}, rejection
	}
	view.Next = &Step{Check: next.Kind, Note: choice.note}
	if len(choice.providers) > 0 {
		view.Next.Provider = choice.providers[0]
	}
	view.Failure = nextFailure(*next, view.Tries, rejection)
	var missing *ConsentError
	switch _, err := s.requiredConsents(ctx, view.Verification, next.Kind); {
	case errors.As(err, &missing):
		view.ConsentsMissing = missing.Missing
	case err != nil:
		return View{}, err
	}
	return view, nil
}

// nextFailure returns what matters most for the next step: that no provider can do
// it, that no try is left, or why the last attempt did not pass.
func nextFailure(next Check, tries policy.Tries, rejection error) *FailureView {
	var rejected *RejectedError
	switch {
	case errors.As(rejection, &rejected):
		return &FailureView{Code: rejected.Code, Note: rejected.Note, Until: rejected.Until}
	case next.State == CheckOpen:
		return nil // an attempt is in progress; earlier failures do not matter
	case tries.Left == 0:
		return &FailureView{Code: failure.TriesExhausted}
	case next.Failure != "":
		return &FailureView{Code: next.Failure}
	}
	return nil
}

// attemptView returns an attempt and its verification in their current state.
func (s *Service) attemptView(ctx context.Context, actor Actor, a Attempt) (View, Attempt, error) {
	view, err := s.Get(ctx, actor, a.VerificationID)
	if err != nil {
		return View{}, Attempt{}, err
	}
	current, err := s.deps.Store.Attempt(ctx, actor.SessionID, a.ID, s.now())
	return view, current, wrap("reading the attempt", err)
}

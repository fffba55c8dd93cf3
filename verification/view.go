package verification

import (
	"context"
	"errors"
	"fmt"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// View is a verification as the person is told of it.
type View struct {
	Verification

	Next            *Step           // what to do; nil when no check is left or the verification has ended
	Failure         *FailureView    // why it does not go on, or why the last attempt did not pass
	Tries           policy.Tries    // of the next check; the person's own only (R12)
	ConsentsMissing []notice.Notice // to accept before the next check, in the default language
}

// Step is a check to be done and who does it.
type Step struct {
	Check    policy.CheckKind
	Provider string        // "" where the route is missing or switched off; Failure says which
	Note     identity.Text // the operator's words on a provider that is degraded; else zero
}

// FailureView names the catalogue entry to show.
type FailureView struct {
	Code  failure.Code
	Note  identity.Text // the operator's words, with check_switched_off; else zero
	Until time.Time     // as in RefusedError
}

// Get returns a verification of the actor's session. ErrNotFound.
func (s *Service) Get(ctx context.Context, a Actor, id string) (View, error) {
	v, err := s.verification(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, v)
}

// Latest returns the session's newest verification that is open or awaits
// acceptance, nil when there is none.
func (s *Service) Latest(ctx context.Context, a Actor) (*View, error) {
	v, err := s.deps.Store.LatestVerification(ctx, a.SessionID, s.now())
	if errors.Is(err, ErrNotFound) {
		return nil, nil // none is an answer here, not a failure
	}
	if err != nil {
		return nil, fmt.Errorf("reading the latest verification: %w", err)
	}
	view, err := s.view(ctx, currentState(v, s.now()))
	return &view, err
}

// view adds to v what the person has to know for the next step.
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

// failedView tells when there are tries again: a verification fails by the last
// of them only. Why each attempt did not pass is on the check.
func (s *Service) failedView(ctx context.Context, view View) (View, error) {
	view.Failure = &FailureView{Code: failure.TriesExhausted}
	next := view.Verification.Next()
	if next == nil {
		return view, nil
	}
	var err error
	view.Tries, err = s.tries(ctx, view.Verification, next.Kind)
	return view, err
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
	found, refusal := s.chooseProvider(ctx, view.Verification, next.Kind)
	if refusal != nil && !errors.As(refusal, new(*RejectedError)) {
		return View{}, refusal
	}
	view.Next = &Step{Check: next.Kind, Note: found.note}
	if len(found.providers) > 0 {
		view.Next.Provider = found.providers[0]
	}
	view.Failure = nextFailure(*next, view.Tries, refusal)
	var missing *ConsentError
	switch _, err := s.requiredConsents(ctx, view.Verification, next.Kind); {
	case errors.As(err, &missing):
		view.ConsentsMissing = missing.Missing
	case err != nil:
		return View{}, err
	}
	return view, nil
}

// nextFailure says what matters most for the next step: that nobody can do it,
// that no try is left, or why the last one did not pass.
func nextFailure(next Check, tries policy.Tries, refusal error) *FailureView {
	var refused *RejectedError
	switch {
	case errors.As(refusal, &refused):
		return &FailureView{Code: refused.Code, Note: refused.Note, Until: refused.Until}
	case next.State == CheckOpen:
		return nil // an attempt is under way; what came before it is past
	case tries.Left == 0:
		return &FailureView{Code: failure.TriesExhausted}
	case next.Failure != "":
		return &FailureView{Code: next.Failure}
	}
	return nil
}

// attemptView reads an attempt and its verification as they stand.
func (s *Service) attemptView(ctx context.Context, actor Actor, a Attempt) (View, Attempt, error) {
	view, err := s.Get(ctx, actor, a.VerificationID)
	if err != nil {
		return View{}, Attempt{}, err
	}
	stands, err := s.deps.Store.Attempt(ctx, actor.SessionID, a.ID, s.now())
	return view, stands, wrap("reading the attempt", err)
}

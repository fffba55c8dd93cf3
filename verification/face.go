package verification

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

const faceCall = 20 * time.Second // of a provider, whoever waits for it

// StartFace reserves a try and begins a face check with the provider. The
// attempt carries the call that the client must make, or it has ended already:
// cancelled, without a call, where the provider could not begin.
//
// An attempt that is still open is asked for first, so that its result is
// recorded before a new attempt replaces it (R10), and no second face is demanded
// after one that passed. If the provider still waits for the face and there is
// time to finish it, StartFace returns the same attempt, also where it had ended
// because the person left the camera: they go on with the same try (R63).
//
// Errors: ErrNotFound, *StateError, *RefusedError, *ConsentError, *ExhaustedError.
func (s *Service) StartFace(ctx context.Context, actor Actor, id string) (View, Attempt, error) {
	st, err := s.stepFor(ctx, actor, id, policy.Face)
	if err != nil {
		return View{}, Attempt{}, err
	}
	if st, err = s.closeOpenFace(ctx, actor, st); err != nil {
		return View{}, Attempt{}, err
	}
	open, found, err := s.openAttempt(ctx, st.verification, policy.Face)
	if err != nil {
		return View{}, Attempt{}, err
	}
	if found && s.mayGoOn(open) {
		return s.attemptView(ctx, actor, open)
	}
	left, reopened, err := s.reopen(ctx, st)
	if err != nil {
		return View{}, Attempt{}, err
	}
	if reopened {
		return s.attemptView(ctx, actor, left)
	}
	a, err := s.reserve(ctx, st, try{lasts: FacePass})
	if err != nil {
		return View{}, Attempt{}, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), faceCall+settleTime)
	defer cancel()
	if a, err = s.begin(ctx, actor, st, a); err != nil {
		return View{}, Attempt{}, err
	}
	view, a, err := s.attemptView(ctx, actor, a)
	if err == nil && a.State == AttemptSuperseded {
		err = &StateError{Code: CodeSuperseded, State: view.State}
	}
	return view, a, err
}

// timeToFinish is how long a person needs for a face, including the steps to the
// camera.
const timeToFinish = FacePass / 2

// mayGoOn reports whether there is time to finish a face that has begun.
func (s *Service) mayGoOn(a Attempt) bool {
	return a.Call != nil && !s.now().Add(timeToFinish).After(a.ExpiresAt)
}

// closeOpenFace learns how an open attempt stands and returns the step as it is
// afterwards.
func (s *Service) closeOpenFace(ctx context.Context, actor Actor, st step) (step, error) {
	asked, err := s.reconcileOpenAttempt(ctx, st.verification)
	if err != nil || !asked {
		return st, err
	}
	return s.stepFor(ctx, actor, st.verification.ID, policy.Face)
}

// reconcileOpenAttempt asks how the open attempt of v stands, before it is closed: else a face
// or a document that did not pass could be made undone by leaving it. It returns
// whether there was one to ask for.
func (s *Service) reconcileOpenAttempt(ctx context.Context, v Verification) (bool, error) {
	a, found, err := s.openAttempt(ctx, v, policy.Face)
	if err != nil {
		return false, err
	}
	if found && a.ProviderID != "" {
		return true, s.queryFace(ctx, Pending{Attempt: a, Verification: v})
	}
	_, asked, err := s.queryOpenDocument(ctx, v)
	return asked, err
}

// openAttempt returns the attempt of a check that has begun and not ended, false
// where there is none.
func (s *Service) openAttempt(ctx context.Context, v Verification, kind policy.CheckKind) (Attempt, bool, error) {
	check := checkOf(v, kind)
	if check == nil || check.State != CheckOpen || check.AttemptID == "" {
		return Attempt{}, false, nil
	}
	a, err := s.deps.Attempts.Attempt(ctx, v.SessionID, check.AttemptID, s.now())
	if err != nil {
		return Attempt{}, false, fmt.Errorf("reading the open attempt: %w", err)
	}
	return a, awaitsResult(a), nil
}

// begin calls the provider and writes down what it began. A face that was never
// shown cannot have failed: whatever the error, the try is released (R11).
func (s *Service) begin(ctx context.Context, actor Actor, st step, a Attempt) (Attempt, error) {
	pending := Pending{Attempt: a, Verification: st.verification}
	var started FaceStarted
	said, err := s.withFailover(ctx, failover{
		step: st, pending: &pending, wait: faceCall,
		ask: func(ctx context.Context, p Pending) (Decision, error) {
			var err error
			started, err = s.deps.Faces[p.Attempt.Provider].StartFace(ctx, FaceStart{
				AttemptID: p.Attempt.ID, Document: p.Verification.Document,
				UserKind: actor.UserKind, User: actor.User, PortraitToo: true, ReturnURL: s.returnURL(actor),
			})
			return Decision{}, err
		},
	})
	a = pending.Attempt
	if err != nil {
		return a, s.settle(ctx, pending, conclusion{attempt: failed(a, failure.ProviderBusy, s.now()), nothingDone: nothingDone(said, err)})
	}
	if actor.Channel == webChannel {
		started.Call.Kind = pageCall // a browser has no channel's calls; the address is the same
	}
	a.ProviderID, a.Call = started.ProviderID, &started.Call
	err = s.deps.Attempts.Attach(ctx, a)
	if errors.Is(err, ErrConflict) {
		a.ProviderID, a.Call = "", nil
		return a, s.settle(ctx, pending, conclusion{attempt: failed(a, failure.TryAgainLater, s.now())})
	}
	if err != nil {
		return a, fmt.Errorf("attaching a face: %w", err)
	}
	return a, nil
}

const (
	webChannel = "web"
	pageCall   = "page"
)

// returnURL is where a browser comes back to; a mini-program never leaves.
func (s *Service) returnURL(actor Actor) string {
	if actor.Channel != webChannel {
		return ""
	}
	return s.deps.WebAddress
}

// FinishFace asks the provider how the attempt ended, whatever the client was
// told, and returns what stands. The attempt is open or unknown while there is
// no answer: ask again. One that has ended is not asked for again.
//
// Errors: ErrNotFound.
func (s *Service) FinishFace(ctx context.Context, actor Actor, id, attemptID string) (View, Attempt, error) {
	v, err := s.verification(ctx, actor, id)
	if err != nil {
		return View{}, Attempt{}, err
	}
	a, err := s.deps.Attempts.Attempt(ctx, actor.SessionID, attemptID, s.now())
	if err != nil {
		return View{}, Attempt{}, fmt.Errorf("reading the attempt: %w", err)
	}
	if a.VerificationID != v.ID || a.Check != policy.Face {
		return View{}, Attempt{}, ErrNotFound
	}
	if awaitsResult(a) {
		if err = s.queryFace(ctx, Pending{Attempt: a, Verification: v}); err != nil {
			return View{}, Attempt{}, err
		}
	}
	return s.attemptView(ctx, actor, a)
}

func awaitsResult(a Attempt) bool { return a.State == AttemptOpen || a.State == AttemptUnknown }

// queryFace asks the provider for a face attempt and settles it as far as it can
// be, also when the caller has gone meanwhile.
func (s *Service) queryFace(ctx context.Context, p Pending) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), faceCall+settleTime)
	defer cancel()
	result, asked := s.askFace(ctx, p)
	if asked != nil {
		s.logCall(ctx, p.Attempt, asked)
	}
	a, concluded := concludeFace(p, result, asked, s.now())
	if !concluded {
		return nil
	}
	return s.settle(ctx, p, conclusion{attempt: a, portrait: result.Portrait, reusable: result.Reusable})
}

// askFace makes the one query of a provider. An attempt that never reached its
// provider is pending until its time is over; nobody could have passed it.
func (s *Service) askFace(ctx context.Context, p Pending) (FaceResult, error) {
	a := p.Attempt
	checker, there := s.deps.Faces[a.Provider]
	switch {
	case a.ProviderID == "":
		return FaceResult{Outcome: OutcomePending}, nil
	case p.Unreadable:
		return FaceResult{}, errUnreadable
	case !there:
		return FaceResult{}, errProviderGone
	}
	ctx, cancel := context.WithTimeout(ctx, faceCall)
	defer cancel()
	result, err := checker.QueryFace(ctx, FaceQuery{
		ProviderID: a.ProviderID, AttemptID: a.ID, StartedAt: a.StartedAt,
		Document: p.Verification.Document, UserKind: a.UserKind, User: a.User,
	})
	if err != nil {
		return FaceResult{}, fmt.Errorf("querying a face: %w", err)
	}
	return result, nil
}

var (
	errProviderGone = errors.New("the attempt's provider is no longer configured")
	errUnreadable   = errors.New("the attempt cannot be decrypted")
)

// logCall records a provider's error; providers have taken out everything that
// is theirs or personal (R32).
func (s *Service) logCall(ctx context.Context, a Attempt, err error) {
	s.deps.Logger.WarnContext(ctx, "provider call did not succeed",
		slog.String("provider", a.Provider), slog.String("check", string(a.Check)),
		slog.String("attempt_id", a.ID), slog.Any("cause", err))
}

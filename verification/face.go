package verification

import (
	"context"
	"errors"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// StartFace reserves a try and begins a face check with a provider. The attempt
// carries the call that the client must make. If no provider could begin, the attempt
// is cancelled and has no call.
//
// A face that is still open is queried first: its result must be recorded before
// another attempt replaces it (R10), and a person whose face has passed needs no
// second one. If the provider still waits for that face and there is time to finish
// it, StartFace returns the same attempt. It does the same for a face that ended
// because the person left the camera: they go on with the same try (R63).
//
// Errors: ErrNotFound, *StateError, *RejectedError, *ConsentError, *ExhaustedError.
func (s *Service) StartFace(ctx context.Context, actor Actor, id string) (_ View, _ Attempt, err error) {
	ctx, span := tracing.Start(ctx, "verification StartFace")
	defer func() { span.End(err) }()
	st, err := s.stepFor(ctx, actor, id, policy.Face)
	if err != nil {
		return View{}, Attempt{}, err
	}
	earlier, st, err := s.resumeFace(ctx, actor, st)
	if err != nil {
		return View{}, Attempt{}, err
	}
	if earlier != nil {
		return s.attemptView(ctx, actor, *earlier)
	}
	reserved, err := s.reserve(ctx, st, try{lasts: FacePass})
	if err != nil {
		return View{}, Attempt{}, err
	}
	return s.beginFace(ctx, actor, st, reserved)
}

// resumeFace returns the attempt with which the person can go on: the face that is
// open, or the one that they left last. It returns nil if a new attempt is needed, and
// the step as it is then, because the query of an open face may have changed it.
func (s *Service) resumeFace(ctx context.Context, actor Actor, st step) (*Attempt, step, error) {
	open, err := s.openAttempt(ctx, st.verification, policy.Face)
	if err != nil {
		return nil, step{}, err
	}
	if open != nil && open.ProviderID != "" {
		if open, st, err = s.refreshFace(ctx, actor, st, *open); err != nil {
			return nil, step{}, err
		}
	}
	if open != nil && s.canFinish(*open) {
		return open, st, nil
	}
	left, err := s.reopenFace(ctx, st)
	return left, st, err
}

// refreshFace queries the provider of an open face. It returns the face that is open
// afterwards, if any, and the step as it is then.
func (s *Service) refreshFace(ctx context.Context, actor Actor, st step, open Attempt) (*Attempt, step, error) {
	recorded, err := s.queryFace(ctx, Pending{Attempt: open, Verification: st.verification})
	if err != nil || !recorded {
		return &open, st, err
	}
	if st, err = s.stepFor(ctx, actor, st.verification.ID, policy.Face); err != nil {
		return nil, step{}, err
	}
	still, err := s.openAttempt(ctx, st.verification, policy.Face)
	return still, st, err
}

// reopenFace opens the face that the person left last, if it can still be finished:
// a new attempt would hold one more try (R63). It returns nil if there is no such face.
func (s *Service) reopenFace(ctx context.Context, st step) (*Attempt, error) {
	left, err := s.leftFace(ctx, st.verification)
	if err != nil || left == nil {
		return nil, err
	}
	consents, err := s.requiredConsents(ctx, st.verification, policy.Face)
	if err != nil {
		return nil, err
	}
	err = s.deps.Store.Reopen(ctx, Reservation{Attempt: *left, Consents: consents, Now: s.now()})
	switch {
	case errors.Is(err, ErrConflict): // decided meanwhile, or the verification has moved, which the reservation finds out
		return nil, nil
	case err != nil:
		return nil, s.reserveError(ctx, st, err)
	}
	return left, nil
}

// beginFace calls the provider for a reserved attempt and stores what it began. A
// face that was never shown cannot have failed: whatever the error, the try is
// released (R11).
func (s *Service) beginFace(ctx context.Context, actor Actor, st step, reserved Attempt) (View, Attempt, error) {
	// The provider may begin although the caller has gone: its answer is stored then, too.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), faceCallTime+settleTime)
	defer cancel()
	started, a, err := withFailover(ctx, s, query[FaceStarted]{
		step: st, attempt: reserved, time: faceCallTime,
		ask: func(ctx context.Context, a Attempt) (FaceStarted, error) {
			return s.deps.Faces[a.Provider].StartFace(ctx, FaceStart{
				AttemptID: a.ID, Document: st.verification.Document,
				User: st.verification.User, PortraitToo: st.verification.Purpose != policy.Lift, ReturnURL: s.returnURL(actor),
			})
		},
	})
	p := Pending{Attempt: a, Verification: st.verification}
	if err != nil {
		return s.cancelFace(ctx, actor, p, conclusion{
			attempt: failed(a, failure.ProviderBusy, s.now()), nothingDone: nothingDone(started, err),
		})
	}
	a.ProviderID, a.Call = started.ProviderID, clientCall(actor, started.Call)
	switch err = s.deps.Store.Attach(ctx, a); {
	case errors.Is(err, ErrConflict): // superseded meanwhile, or the provider's id came before
		return s.cancelFace(ctx, actor, p, conclusion{attempt: failed(p.Attempt, failure.TryAgainLater, s.now())})
	case err != nil:
		return View{}, Attempt{}, wrap("storing what the provider began", err)
	}
	view, err := s.view(ctx, st.verification.opened(policy.Face, a.ID))
	return view, a, err
}

// cancelFace records a face that did not begin. *StateError if another attempt has
// taken its place.
func (s *Service) cancelFace(ctx context.Context, actor Actor, p Pending, c conclusion) (View, Attempt, error) {
	if err := s.settle(ctx, p, c); err != nil {
		return View{}, Attempt{}, err
	}
	view, a, err := s.attemptView(ctx, actor, p.Attempt)
	if err == nil && a.State == AttemptSuperseded {
		return View{}, Attempt{}, &StateError{Code: CodeSuperseded, State: view.State}
	}
	return view, a, err
}

// pageCall is how a browser, which has no channel's calls, opens the same address.
const pageCall = "page"

// clientCall returns the call for the client of an actor.
func clientCall(actor Actor, call FaceCall) *FaceCall {
	if actor.Channel == string(identity.Web) {
		call.Kind = pageCall
	}
	return &call
}

// returnURL returns where a browser comes back to; a mini-program never leaves.
func (s *Service) returnURL(actor Actor) string {
	if actor.Channel != string(identity.Web) {
		return ""
	}
	return s.deps.WebAddress
}

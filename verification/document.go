package verification

import (
	"context"
	"fmt"
	"time"

	"renzheng/verification/policy"
)

const (
	documentCall  = 20 * time.Second // of an authority, whoever waits for it
	documentLasts = 2 * time.Minute  // then a worker asks again
)

// CheckDocument asks the authority whether the document is as its holder typed
// it. The attempt is unknown while there is no answer: a worker asks again, and
// so does the same call, for the same attempt and without another try.
//
// Errors: ErrNotFound, *StateError (face_first among them), *RefusedError,
// *ConsentError, *ExhaustedError.
func (s *Service) CheckDocument(ctx context.Context, actor Actor, id string) (View, Attempt, error) {
	st, err := s.stepFor(ctx, actor, id, policy.DocumentCheck)
	if err != nil {
		return View{}, Attempt{}, err
	}
	a, asked, err := s.queryOpenDocument(ctx, st.verification)
	if err == nil && !asked {
		a, err = s.startDocument(ctx, st)
	}
	if err != nil {
		return View{}, Attempt{}, err
	}
	return s.attemptView(ctx, actor, a)
}

// startDocument reserves a try and makes its first query. Only this one may go on to
// another authority: it alone knows that nobody was asked before.
func (s *Service) startDocument(ctx context.Context, st step) (Attempt, error) {
	a, err := s.reserve(ctx, st, try{lasts: documentLasts})
	if err != nil {
		return Attempt{}, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), documentCall+settleTime)
	defer cancel()
	p := Pending{Attempt: a, Verification: st.verification}
	said, failed := s.withFailover(ctx, failover{step: st, pending: &p, wait: documentCall, ask: s.askDocument})
	return a, s.settleDocument(ctx, p, said, failed)
}

// queryOpenDocument asks for the document attempt of v that has no answer yet. It returns
// it, and whether there was one.
func (s *Service) queryOpenDocument(ctx context.Context, v Verification) (Attempt, bool, error) {
	a, found, err := s.openAttempt(ctx, v, policy.DocumentCheck)
	if err != nil || !found {
		return Attempt{}, false, err
	}
	return a, true, s.queryDocument(ctx, Pending{Attempt: a, Verification: v})
}

// queryDocument asks for an attempt whose outcome is in doubt.
func (s *Service) queryDocument(ctx context.Context, p Pending) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), documentCall+settleTime)
	defer cancel()
	called, done := context.WithTimeout(ctx, documentCall)
	defer done()
	said, failed := s.askDocument(called, p)
	if failed != nil {
		s.logCall(ctx, p.Attempt, failed)
	}
	if nothingDone(said, failed) {
		said, failed = Decision{}, errNoAnswer // nothing this time; an earlier query may have been heard
	}
	return s.settleDocument(ctx, p, said, failed)
}

func (s *Service) askDocument(ctx context.Context, p Pending) (Decision, error) {
	checker, there := s.deps.Documents[p.Attempt.Provider]
	switch {
	case p.Unreadable:
		return Decision{}, errUnreadable
	case !there:
		return Decision{}, errProviderGone
	}
	r, err := checker.CheckDocument(ctx, DocumentQuery{AttemptID: p.Attempt.ID, Document: p.Verification.Document})
	if err != nil {
		return Decision{}, fmt.Errorf("checking a document: %w", err)
	}
	return r, nil
}

func (s *Service) settleDocument(ctx context.Context, p Pending, said Decision, failed error) error {
	a := concludeDocument(p, said, failed, s.now())
	return s.settle(ctx, p, conclusion{attempt: a, nothingDone: nothingDone(said, failed)})
}

package verification

import (
	"context"
	"fmt"
	"time"

	"renzheng/tracing"
	"renzheng/verification/policy"
)

const (
	documentCallTime = 20 * time.Second // of one call to an authority, or of several with failover
	documentLasts    = 2 * time.Minute  // then a worker queries again
)

// CheckDocument queries the authority whether the document is as its holder typed it.
// The attempt is unknown while there is no answer: a worker queries again, and so
// does the same call, for the same attempt and without another try.
//
// Errors: ErrNotFound, *StateError (face_first among them), *RejectedError,
// *ConsentError, *ExhaustedError.
func (s *Service) CheckDocument(ctx context.Context, actor Actor, id string) (_ View, _ Attempt, err error) {
	ctx, span := tracing.Start(ctx, "verification CheckDocument")
	defer func() { span.End(err) }()
	st, err := s.stepFor(ctx, actor, id, policy.DocumentCheck)
	if err != nil {
		return View{}, Attempt{}, err
	}
	a, err := s.openAttempt(ctx, st.verification, policy.DocumentCheck)
	switch {
	case err != nil:
	case a == nil:
		a, err = s.startDocument(ctx, st)
	default:
		err = s.queryDocument(ctx, Pending{Attempt: *a, Verification: st.verification})
	}
	if err != nil {
		return View{}, Attempt{}, err
	}
	return s.attemptView(ctx, actor, *a)
}

// startDocument reserves a try and makes its first query. Only the first query may
// fail over to another authority, because only then no authority has been queried before.
func (s *Service) startDocument(ctx context.Context, st step) (*Attempt, error) {
	reserved, err := s.reserve(ctx, st, try{lasts: documentLasts})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), documentCallTime+settleTime)
	defer cancel()
	decision, a, queryErr := withFailover(ctx, s, query[Decision]{
		step: st, attempt: reserved, time: documentCallTime,
		ask: func(ctx context.Context, a Attempt) (Decision, error) {
			return s.documentDecision(ctx, Pending{Attempt: a, Verification: st.verification})
		},
	})
	return &a, s.settleDocument(ctx, Pending{Attempt: a, Verification: st.verification}, decision, queryErr)
}

// queryDocument queries for an attempt whose outcome is in doubt.
func (s *Service) queryDocument(ctx context.Context, p Pending) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), documentCallTime+settleTime)
	defer cancel()
	called, done := context.WithTimeout(ctx, documentCallTime)
	defer done()
	decision, queryErr := s.documentDecision(called, p)
	if queryErr != nil {
		s.logCall(ctx, p.Attempt, queryErr)
	}
	if nothingDone(decision, queryErr) {
		decision, queryErr = Decision{}, errNoAnswer // nothing this time; an earlier query may have been heard
	}
	return s.settleDocument(ctx, p, decision, queryErr)
}

func (s *Service) documentDecision(ctx context.Context, p Pending) (Decision, error) {
	checker, ok := s.deps.Documents[p.Attempt.Provider]
	switch {
	case p.Unreadable:
		return Decision{}, errUnreadable
	case !ok:
		return Decision{}, errProviderGone
	}
	decision, err := checker.CheckDocument(ctx, DocumentQuery{AttemptID: p.Attempt.ID, Document: p.Verification.Document})
	if err != nil {
		return Decision{}, fmt.Errorf("checking a document: %w", err)
	}
	return decision, nil
}

func (s *Service) settleDocument(ctx context.Context, p Pending, d Decision, queryErr error) error {
	return s.settle(ctx, p, conclusion{
		attempt: concludeDocument(p, d, queryErr, s.now()), nothingDone: nothingDone(d, queryErr),
	})
}

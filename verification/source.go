package verification

import (
	"context"
	"time"

	"renzheng/identity"
)

const (
	sourceCallTime = 20 * time.Second // of one call to a data source, or of several with failover
	sourceLasts    = 2 * time.Minute  // then a worker records that no answer came
)

// sourceQuery is a query of a data source, whose decision cannot be queried afterwards.
type sourceQuery struct {
	card identity.BankCard // zero except for a bank card
	ask  func(ctx context.Context, a Attempt) (Decision, error)
}

// querySource reserves a try, queries the data source once, and records its decision.
func (s *Service) querySource(ctx context.Context, actor Actor, st step, q sourceQuery) (View, Attempt, error) {
	if err := s.rejectWhileRunning(ctx, st); err != nil {
		return View{}, Attempt{}, err
	}
	reserved, err := s.reserve(ctx, st, try{lasts: sourceLasts, card: q.card})
	if err != nil {
		return View{}, Attempt{}, err
	}
	// From here on the source may have been queried, and its decision is recorded although the caller has gone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sourceCallTime+settleTime)
	defer cancel()
	decision, a, queryErr := withFailover(ctx, s, query[Decision]{
		step: st, attempt: reserved, card: q.card, time: sourceCallTime, ask: q.ask,
	})
	err = s.settle(ctx, Pending{Attempt: a, Verification: st.verification}, conclusion{
		attempt: concludeSource(a, decision, queryErr, s.now()), nothingDone: nothingDone(decision, queryErr),
	})
	if err != nil {
		return View{}, Attempt{}, err
	}
	return s.attemptView(ctx, actor, a)
}

// rejectWhileRunning rejects a second query while the first is under way: its answer
// may be a pass, and each query counts.
func (s *Service) rejectWhileRunning(ctx context.Context, st step) error {
	a, err := s.openAttempt(ctx, st.verification, st.check)
	if err != nil {
		return err
	}
	if a != nil && a.State == AttemptOpen && s.now().Before(a.ExpiresAt) {
		return &StateError{Code: CodeRunning, State: st.verification.State}
	}
	return nil
}

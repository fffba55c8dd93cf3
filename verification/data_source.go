package verification

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
)

const (
	sourceCall  = 20 * time.Second // of a data source, whoever waits for it
	sourceLasts = 2 * time.Minute  // then a worker writes down that no answer came
)

// sourceQuery is a query of a data source that cannot be asked for afterwards.
type sourceQuery struct {
	card identity.BankCard // zero but for a bank card
	ask  func(ctx context.Context, p Pending) (Decision, error)
}

// singleQuery reserves a try, asks, and writes down what came of it.
func (s *Service) singleQuery(ctx context.Context, actor Actor, st step, o sourceQuery) (View, Attempt, error) {
	if err := s.rejectWhileRunning(ctx, actor, st); err != nil {
		return View{}, Attempt{}, err
	}
	a, err := s.reserve(ctx, st, try{lasts: sourceLasts, card: o.card})
	if err != nil {
		return View{}, Attempt{}, err
	}
	// From here on the caller's leaving changes nothing: the source has been asked.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sourceCall+settleTime)
	defer cancel()
	p := Pending{Attempt: a, Verification: st.verification}
	said, asked := s.withFailover(ctx, failover{step: st, pending: &p, wait: sourceCall, card: o.card, ask: o.ask})
	end := conclusion{attempt: concludeOnce(p.Attempt, said, asked, s.now()), nothingDone: nothingDone(said, asked)}
	if err = s.settle(ctx, p, end); err != nil {
		return View{}, Attempt{}, err
	}
	return s.attemptView(ctx, actor, a)
}

// rejectWhileRunning refuses a second query while the first is under way: its answer
// may be a pass, and each query counts.
func (s *Service) rejectWhileRunning(ctx context.Context, actor Actor, st step) error {
	check := checkOf(st.verification, st.check)
	if check.State != CheckOpen || check.AttemptID == "" {
		return nil
	}
	a, err := s.deps.Attempts.Attempt(ctx, actor.SessionID, check.AttemptID, s.now())
	if err != nil {
		return fmt.Errorf("reading the open attempt: %w", err)
	}
	if a.State == AttemptOpen && s.now().Before(a.ExpiresAt) {
		return &StateError{Code: CodeRunning, State: st.verification.State}
	}
	return nil
}

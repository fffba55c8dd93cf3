package verification

import (
	"context"
	"errors"

	"renzheng/verification/policy"
)

const batch = 100 // rows that a worker takes at a time

// Reconcile looks at attempts that nobody came back for: a face or a document is
// asked for, a query that never got its answer becomes unresolved (R11). It returns
// how many it looked at; run it again at once when that is not zero. One that
// cannot be settled does not keep the others waiting.
func (s *Service) Reconcile(ctx context.Context) (int, error) {
	due, err := s.deps.Store.Unsettled(ctx, s.now(), batch)
	problems := []error{wrap("listing unsettled attempts", err)}
	for _, p := range due {
		p.Verification = currentState(p.Verification, s.now())
		problems = append(problems, s.reconcile(ctx, p))
	}
	return len(due), errors.Join(problems...)
}

func (s *Service) reconcile(ctx context.Context, p Pending) error {
	switch p.Attempt.Check {
	case policy.Face:
		_, err := s.queryFace(ctx, p)
		return err
	case policy.DocumentCheck:
		return s.queryDocument(ctx, p)
	case policy.BankCard, policy.FourElements:
		return s.settle(ctx, p, conclusion{attempt: concludeSource(p.Attempt, Decision{}, errNoAnswer, s.now())})
	}
	return nil
}

var errNoAnswer = errors.New("no answer was written down")

// Expire ends verifications whose time has come, and drops their portraits. It
// returns how many; run it again at once when that is not zero.
func (s *Service) Expire(ctx context.Context) (int, error) {
	n, err := s.deps.Store.ExpireVerifications(ctx, s.now(), batch)
	return n, wrap("expiring verifications", err)
}

package verification

import (
	"context"
	"errors"

	"renzheng/tracing"
	"renzheng/verification/policy"
)

const batch = 100 // rows that a worker takes at a time

// Reconcile settles attempts whose caller has not come back: a face or a document is
// queried, and a query that never got its answer becomes unresolved (R11). It returns
// the number of attempts; if that is not zero, there may be more. An attempt that
// cannot be settled does not delay the others.
func (s *Service) Reconcile(ctx context.Context) (int, error) {
	due, err := s.deps.Store.Unsettled(ctx, s.now(), batch)
	errs := []error{wrap("listing unsettled attempts", err)}
	for _, p := range due {
		p.Verification = currentState(p.Verification, s.now())
		errs = append(errs, s.reconcile(ctx, p))
	}
	return len(due), errors.Join(errs...)
}

func (s *Service) reconcile(ctx context.Context, p Pending) (err error) {
	ctx, span := tracing.StartItem(ctx, "verification reconcile")
	defer func() { span.End(err) }()
	span.Set(tracing.Provider, p.Attempt.Provider)
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

var errNoAnswer = errors.New("no answer was recorded")

// Expire ends verifications that are past their time, and deletes their portraits. It
// returns their number; if that is not zero, there may be more.
func (s *Service) Expire(ctx context.Context) (int, error) {
	expired, err := s.deps.Store.ExpireVerifications(ctx, s.now(), batch)
	for _, purpose := range expired {
		s.deps.Metrics.VerificationMoved(purpose, Expired)
	}
	return len(expired), wrap("expiring verifications", err)
}

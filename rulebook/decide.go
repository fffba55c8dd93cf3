package rulebook

import (
	"context"

	"renzheng/staff"
)

// Approve lets a proposal take effect. It is validated again, because the rules may be stricter than when it was proposed.
// Errors of [Store.ApproveVersion]; *ProblemsError.
func (s *Service) Approve(ctx context.Context, m staff.Member, id string) (Version, error) {
	v, err := s.Version(ctx, id)
	if err != nil {
		return Version{}, err
	}
	k, err := s.definition(v.Kind)
	if err != nil {
		return Version{}, err
	}
	if _, err = k.Load(v.Content); err != nil {
		return Version{}, problemsOf(err)
	}
	a, err := s.act(m, v, KindApproved)
	if err != nil {
		return Version{}, err
	}
	return s.deps.Store.ApproveVersion(ctx, a)
}

// End withdraws a version that is not in force yet, or rolls back the one in force, for a reason. *ProblemsError if the reason is not
// valid; other errors are those of [Store.WithdrawVersion] and [Store.RollBackVersion].
func (s *Service) End(ctx context.Context, m staff.Member, id, why string) (Version, error) {
	if !isNote(why) {
		return Version{}, problemsOf(errNote)
	}
	v, err := s.Version(ctx, id)
	if err != nil {
		return Version{}, err
	}
	if v.State == Approved && !v.EffectiveFrom.After(s.now()) {
		a, actErr := s.act(m, v, KindRolledBack)
		if actErr != nil {
			return Version{}, actErr
		}
		a.Note = why
		return s.deps.Store.RollBackVersion(ctx, a)
	}
	a, err := s.act(m, v, KindWithdrawn)
	if err != nil {
		return Version{}, err
	}
	a.Note = why
	return s.deps.Store.WithdrawVersion(ctx, a)
}

// Review records that a second member has looked at a rollback. Errors of [Store.ReviewRollback].
func (s *Service) Review(ctx context.Context, m staff.Member, id string) (Version, error) {
	v, err := s.Version(ctx, id)
	if err != nil {
		return Version{}, err
	}
	a, err := s.act(m, v, KindReviewed)
	if err != nil {
		return Version{}, err
	}
	return s.deps.Store.ReviewRollback(ctx, a)
}

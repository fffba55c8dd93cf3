package todo

import (
	"context"
	"errors"
	"fmt"

	"renzheng/tracing"
)

// GetCase returns a registry's own case with the newest todo of each signer.
// Errors: ErrNotFound; *RejectedError with CodeCaseErased.
func (s *Service) GetCase(ctx context.Context, registryID, caseID string) (_ Case, err error) {
	ctx, span := tracing.Start(ctx, "todo GetCase")
	defer func() { span.End(err) }()
	c, err := s.Cases.CaseOutline(ctx, registryID, caseID)
	if err != nil {
		return Case{}, fmt.Errorf("reading a case: %w", err)
	}
	return c.at(s.now()), c.readable()
}

// WithdrawCase ends a case for good: its open todos are withdrawn, its answers
// stay. WithdrawCase is idempotent. Errors: ErrNotFound; *RejectedError with
// CodeCaseErased.
func (s *Service) WithdrawCase(ctx context.Context, registryID, caseID string) (err error) {
	ctx, span := tracing.Start(ctx, "todo WithdrawCase")
	defer func() { span.End(err) }()
	for range pushTries {
		if err = s.withdrawOnce(ctx, registryID, caseID); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return err
}

func (s *Service) withdrawOnce(ctx context.Context, registryID, caseID string) error {
	c, err := s.Cases.CaseOutline(ctx, registryID, caseID)
	if err != nil {
		return fmt.Errorf("reading a case to withdraw: %w", err)
	}
	if c.State != CaseOpen {
		return c.readable()
	}
	plan := CasePlan{Case: c, OldRevision: c.Revision, Now: s.now()}
	plan.Case.State = CaseWithdrawn
	for _, t := range c.Todos {
		if t.State == Open {
			plan.End = append(plan.End, t)
		}
	}
	if _, err := s.Cases.ApplyCase(ctx, plan); err != nil {
		return fmt.Errorf("withdrawing a case: %w", err)
	}
	return nil
}

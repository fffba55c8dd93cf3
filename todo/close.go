package todo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"renzheng/tracing"
)

// CloseSigner takes a registry's statement that one of its signers was served at
// the window (R22, P-8): the todo ends as done_at_window with a sealed answer
// that names the registry as its author. A todo whose window of seven days has
// passed can be closed too. CloseSigner is idempotent.
//
// Errors: ErrNotFound; *RejectedError with CodeAlreadyAnswered, CodeWithdrawn or
// CodeCaseErased.
func (s *Service) CloseSigner(ctx context.Context, registryID, caseID, signerID string) (_ Confirmation, err error) {
	ctx, span := tracing.Start(ctx, "todo CloseSigner")
	defer func() { span.End(err) }()
	for range pushTries {
		var c Confirmation
		if c, err = s.closeOnce(ctx, registryID, caseID, signerID); !errors.Is(err, ErrConflict) {
			return c, err
		}
	}
	return Confirmation{}, err
}

func (s *Service) closeOnce(ctx context.Context, registryID, caseID, signerID string) (Confirmation, error) {
	inCase, err := s.Cases.Case(ctx, registryID, caseID)
	if err != nil {
		return Confirmation{}, fmt.Errorf("reading the case of a signer: %w", err)
	}
	if err = inCase.readable(); err != nil {
		return Confirmation{}, err
	}
	at := slices.IndexFunc(inCase.Todos, func(t Todo) bool { return t.SignerID == signerID })
	if at < 0 {
		return Confirmation{}, fmt.Errorf("finding a signer: %w", ErrNotFound)
	}
	t := inCase.Todos[at]
	switch t.State {
	case Confirmed, Declined, DoneAtWindow:
		return s.closedBefore(ctx, t)
	case Withdrawn, Superseded:
		return Confirmation{}, rejected(CodeWithdrawn)
	case Open, Expired:
	}
	c, err := s.draft(answering{now: s.now()}, t, DecisionDoneAtWindow)
	if err != nil {
		return Confirmation{}, err
	}
	if err := s.seal(&c, t, nil, nil); err != nil {
		return Confirmation{}, err
	}
	if err := s.Cases.CloseSigner(ctx, c); err != nil {
		return Confirmation{}, fmt.Errorf("closing a signer: %w", err)
	}
	s.Metrics.Answered(c.Decision)
	return c, nil
}

// closedBefore returns the registry's earlier statement, or rejects the call with the
// person's own answer.
func (s *Service) closedBefore(ctx context.Context, t Todo) (Confirmation, error) {
	c, err := s.Cases.Standing(ctx, t)
	if err != nil {
		return Confirmation{}, fmt.Errorf("reading the answer of a signer: %w", err)
	}
	if c.Decision == DecisionDoneAtWindow {
		return c, nil
	}
	return Confirmation{}, &RejectedError{Code: CodeAlreadyAnswered, Confirmation: &c}
}

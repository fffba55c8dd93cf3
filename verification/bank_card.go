package verification

import (
	"context"
	"fmt"

	"renzheng/identity"
	"renzheng/verification/policy"
)

// BankCardRequest is what the person typed. Name and number come from the
// verification; card and phone are dropped when the attempt ends (R13).
type BankCardRequest struct {
	Card  identity.BankCard
	Phone identity.Phone // zero = without phone, three elements
}

// CheckBankCard reserves a try and asks the data source whether the card is the
// person's, once: where no answer comes the attempt is unresolved.
//
// Errors: ErrNotFound, *StateError (face_first among them), *RefusedError,
// *ConsentError, *ExhaustedError.
func (s *Service) CheckBankCard(
	ctx context.Context, actor Actor, id string, r BankCardRequest,
) (View, Attempt, error) {
	st, err := s.stepFor(ctx, actor, id, policy.BankCard)
	if err != nil {
		return View{}, Attempt{}, err
	}
	return s.singleQuery(ctx, actor, st, sourceQuery{card: r.Card, ask: func(ctx context.Context, p Pending) (Decision, error) {
		result, err := s.deps.BankCards[p.Attempt.Provider].CheckBankCard(ctx, BankCardQuery{
			AttemptID: p.Attempt.ID, Document: p.Verification.Document, Card: r.Card, Phone: r.Phone,
		})
		if err != nil {
			return Decision{}, fmt.Errorf("checking a bank card: %w", err)
		}
		return result, nil
	}})
}

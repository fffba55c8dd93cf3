package verification

import (
	"context"

	"renzheng/identity"
	"renzheng/tracing"
	"renzheng/verification/policy"
)

// BankCardRequest is what the person typed. Name and number come from the
// verification. Card and phone are deleted when the attempt ends (R13).
type BankCardRequest struct {
	Card  identity.BankCard
	Phone identity.Phone // zero = without phone, three elements
}

// CheckBankCard reserves a try and queries the data source once whether the card
// belongs to the person. Without an answer the attempt is unresolved.
//
// Errors: ErrNotFound, *StateError (face_first among them), *RejectedError,
// *ConsentError, *ExhaustedError.
func (s *Service) CheckBankCard(
	ctx context.Context, actor Actor, id string, r BankCardRequest,
) (_ View, _ Attempt, err error) {
	ctx, span := tracing.Start(ctx, "verification CheckBankCard")
	defer func() { span.End(err) }()
	st, err := s.stepFor(ctx, actor, id, policy.BankCard)
	if err != nil {
		return View{}, Attempt{}, err
	}
	return s.querySource(ctx, actor, st, sourceQuery{card: r.Card, ask: func(ctx context.Context, a Attempt) (Decision, error) {
		decision, err := s.deps.BankCards[a.Provider].CheckBankCard(ctx, BankCardQuery{
			AttemptID: a.ID, Document: st.verification.Document, Card: r.Card, Phone: r.Phone,
		})
		return decision, wrap("checking a bank card", err)
	}})
}

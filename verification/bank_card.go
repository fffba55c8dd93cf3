package verification

import (
	"context"
	"fmt"
	"time"

	"renzheng/identity"
)

const (
	cardCall  = 20 * time.Second // of a data source, whoever waits for it
	cardLasts = 2 * time.Minute  // then a worker writes down that no answer came
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
	st, err := s.ready(ctx, actor, id, BankCard)
	if err != nil {
		return View{}, Attempt{}, err
	}
	if err = s.noCardRunning(ctx, actor, st); err != nil {
		return View{}, Attempt{}, err
	}
	a, err := s.reserve(ctx, st, try{lasts: cardLasts, card: r.Card})
	if err != nil {
		return View{}, Attempt{}, err
	}
	// From here on the caller's leaving changes nothing: the network has been asked.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cardCall+settleTime)
	defer cancel()
	result, asked := s.askCard(ctx, st, a, r)
	if asked != nil {
		s.logCall(ctx, a, asked)
	}
	pending := Pending{Attempt: a, Verification: st.verification}
	if err = s.settle(ctx, pending, concludeCard(a, result, asked, s.now()), nil); err != nil {
		return View{}, Attempt{}, err
	}
	return s.attemptView(ctx, actor, a)
}

func (s *Service) askCard(ctx context.Context, st step, a Attempt, r BankCardRequest) (BankCardResult, error) {
	ctx, cancel := context.WithTimeout(ctx, cardCall)
	defer cancel()
	result, err := s.deps.BankCards[st.provider].CheckBankCard(ctx, BankCardQuery{
		AttemptID: a.ID, Document: st.verification.Document, Card: r.Card, Phone: r.Phone,
	})
	if err != nil {
		return BankCardResult{}, fmt.Errorf("checking a bank card: %w", err)
	}
	return result, nil
}

// noCardRunning refuses a second query while the first is under way: its answer
// may be a pass, and each query counts for the card.
func (s *Service) noCardRunning(ctx context.Context, actor Actor, st step) error {
	check := checkOf(st.verification, BankCard)
	if check.State != CheckOpen || check.AttemptID == "" {
		return nil
	}
	a, err := s.deps.Attempts.Attempt(ctx, actor.SessionID, check.AttemptID)
	if err != nil {
		return fmt.Errorf("reading the open attempt: %w", err)
	}
	if a.State == AttemptOpen && s.now().Before(a.ExpiresAt) {
		return &StateError{Code: CodeRunning, State: st.verification.State}
	}
	return nil
}

package tencentcloud

import (
	"context"

	"renzheng/identity"
	"renzheng/verification"
)

// The vendor's products.
const (
	fourElements  = "BankCard4EVerification" // name, number, card, phone
	threeElements = "BankCardVerification"   // without the phone
)

var _ verification.BankCardChecker = (*Client)(nil)

// CheckBankCard checks whether the card, the document and, if given, the phone
// belong together. The source knows only resident IDs, so nothing else is sent.
//
// Errors: *kit.CallError, with verification.ErrNothingDone if the request surely
// had no effect. After any other error the source may have decided, and cannot be
// asked again.
func (c *Client) CheckBankCard(ctx context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	action := fourElements
	if q.Phone.IsZero() {
		action = threeElements
	}
	if q.Document.Type != identity.ResidentID || q.Document.Number.IsZero() || q.Document.Name.IsZero() || q.Card.IsZero() {
		return verification.Decision{}, notAsked(action)
	}
	parameters := map[string]any{
		"Name":     q.Document.Name.Reveal(),
		"IdCard":   q.Document.Number.Reveal(),
		"BankCard": q.Card.Reveal(),
	}
	if action == fourElements {
		parameters["Phone"] = q.Phone.Reveal()
	}
	a, err := c.call(ctx, action, parameters)
	if err != nil {
		return verification.Decision{}, err
	}
	outcome, failure := decide(action, a.result)
	return verification.Decision{Outcome: outcome, Failure: failure, RequestID: a.requestID, Level: action}, nil
}

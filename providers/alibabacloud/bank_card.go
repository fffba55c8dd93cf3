package alibabacloud

import (
	"context"
	"net/url"

	"renzheng/identity"
	"renzheng/verification"
)

// The vendor's words for a bank card.
const (
	actionBankCard = "BankMetaVerify"
	fourMeta       = "BANK_CARD_4_META" // name, number, card, phone
	threeMeta      = "BANK_CARD_3_META" // without the phone
)

var _ verification.BankCardChecker = (*Client)(nil)

// CheckBankCard checks whether the card, the document and, if given, the phone
// belong together. The source knows only resident IDs, so nothing else is sent.
// Level is the vendor's product type.
//
// Errors: *kit.CallError, with verification.ErrNothingDone if the request surely
// had no effect. After any other error the source may have decided, and cannot be
// asked again.
func (c *Client) CheckBankCard(ctx context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	if q.Document.Type != identity.ResidentID || q.Document.Number.IsZero() || q.Document.Name.IsZero() || q.Card.IsZero() {
		return verification.Decision{}, notAsked(actionBankCard)
	}
	parameters := url.Values{
		"ParamType":   {"normal"},
		"VerifyMode":  {"VERIFY_BANK_CARD"},
		"ProductType": {fourMeta},
		"UserName":    {q.Document.Name.Reveal()},
		"IdentifyNum": {q.Document.Number.Reveal()},
		"BankCard":    {q.Card.Reveal()},
		"Mobile":      {q.Phone.Reveal()},
	}
	if q.Phone.IsZero() {
		parameters.Set("ProductType", threeMeta)
		parameters.Del("Mobile")
	}
	a, err := c.call(ctx, actionBankCard, parameters)
	if err != nil {
		return verification.Decision{}, err
	}
	result := verification.Decision{
		Outcome: verification.OutcomeFailed, RequestID: a.requestID, Level: parameters.Get("ProductType"),
	}
	if a.code != done {
		if result.Failure = cardRefusal(a.code); result.Failure == "" {
			return verification.Decision{}, rejected(actionBankCard, a)
		}
		return result, nil
	}
	if result.Failure = cardFailure(a); result.Failure == "" {
		result.Outcome = verification.OutcomePassed
	}
	return result, nil
}

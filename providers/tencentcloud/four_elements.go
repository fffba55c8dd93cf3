package tencentcloud

import (
	"context"
	"fmt"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

const (
	nameDate = "CheckIdNameDate"
	longTerm = "00000000" // instead of an end date: 长期
)

var _ verification.FourElementsChecker = (*Client)(nil)

// CheckFourElements checks whether name, number and validity belong together. The
// source knows only resident IDs, so nothing else is sent. Errors: as of
// CheckBankCard.
func (c *Client) CheckFourElements(ctx context.Context, q verification.FourElementsQuery) (verification.Decision, error) {
	d := q.Document
	until := compact(d.ValidUntil)
	if d.LongTerm {
		until = longTerm
	}
	if d.Type != identity.ResidentID || d.Number.IsZero() || d.Name.IsZero() || d.ValidFrom.IsZero() || until == "" {
		return verification.Decision{}, notAsked(nameDate)
	}
	a, err := c.call(ctx, nameDate, map[string]any{
		"Name":          d.Name.Reveal(),
		"IdCard":        d.Number.Reveal(),
		"ValidityBegin": compact(d.ValidFrom),
		"ValidityEnd":   until,
	})
	if err != nil {
		return verification.Decision{}, err
	}
	result := nameDateResult(a.result)
	result.RequestID, result.Level = a.requestID, nameDate
	return result, nil
}

// nameDateResult returns the decision for a result of CheckIdNameDate. Only "-1"
// means that the elements were compared and differ. If the source rejected them
// unread or knows no such person, the public answer is the same (R13) but uses up
// no try. Source: https://www.tencentcloud.com/document/api/1061/79051
func nameDateResult(result string) verification.Decision {
	failed := verification.Decision{Outcome: verification.OutcomeFailed}
	switch result {
	case "0":
		failed.Outcome = verification.OutcomePassed
	case "-1":
		failed.Failure = failure.IdentityNotConfirmed
	case "-2", // ID number malformed
		"-3", // name malformed
		"-4", // validity malformed
		"-5", // the identity is not one that can be checked
		"-7": // no record
		failed.Failure, failed.Uncounted = failure.IdentityNotConfirmed, true
	case "-6":
		failed.Failure = failure.ProviderBusy
	case "-8": // until tomorrow
		failed.Failure = failure.TriesExhausted
	default:
		failed.Failure = failure.TryAgainLater
	}
	return failed
}

// compact returns a date as 20060102, or "" if it is absent.
func compact(d identity.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Day)
}

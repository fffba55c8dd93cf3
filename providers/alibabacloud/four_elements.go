package alibabacloud

import (
	"context"
	"fmt"
	"net/url"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

const (
	actionPeriod = "Id2MetaPeriodVerify"
	longTerm     = "长期" // as the vendor writes it
)

var _ verification.FourElementsChecker = (*Client)(nil)

// CheckFourElements checks whether name, number and validity belong together. The
// source knows the numbers of resident IDs and residence permits, so nothing else
// is sent. Errors: as of CheckBankCard.
func (c *Client) CheckFourElements(ctx context.Context, q verification.FourElementsQuery) (verification.Decision, error) {
	d := q.Document
	until := compact(d.ValidUntil)
	if d.LongTerm {
		until = longTerm
	}
	if !periodKnown(d.Type) || d.Number.IsZero() || d.Name.IsZero() || d.ValidFrom.IsZero() || until == "" {
		return verification.Decision{}, notAsked(actionPeriod)
	}
	a, err := c.call(ctx, actionPeriod, url.Values{
		"ParamType":         {"normal"},
		"UserName":          {d.Name.Reveal()},
		"IdentifyNum":       {d.Number.Reveal()},
		"ValidityStartDate": {compact(d.ValidFrom)},
		"ValidityEndDate":   {until},
	})
	if err != nil {
		return verification.Decision{}, err
	}
	result, decided := periodResult(a)
	if !decided {
		return verification.Decision{}, rejected(actionPeriod, a)
	}
	result.RequestID, result.Level = a.requestID, actionPeriod
	return result, nil
}

// periodResult returns the decision of an answer, and false if it decides nothing.
// Source: https://help.aliyun.com/zh/id-verification (身份证有效期核验), 2026-11.
func periodResult(a answer) (verification.Decision, bool) {
	result := verification.Decision{Outcome: verification.OutcomeFailed}
	switch a.code + " " + a.biz {
	case done + " " + consistent:
		result.Outcome = verification.OutcomePassed
	case done + " " + inconsistent:
		result.Failure = failure.IdentityNotConfirmed
	case done + " " + noRecord, "401 ": // no record, or refused unread: the same public answer (R13), but no mismatch
		result.Failure, result.Uncounted = failure.IdentityNotConfirmed, true
	case "402 ":
		result.Failure = failure.ProviderBusy
	case "403 ": // asked too often
		result.Failure = failure.TriesExhausted
	default:
		if a.code != done {
			return result, false
		}
		result.Failure = failure.TryAgainLater
	}
	return result, true
}

func periodKnown(t identity.DocumentType) bool {
	switch t {
	case identity.ResidentID, identity.HKMacauResidencePermit, identity.TaiwanResidencePermit:
		return true
	case identity.Passport, identity.HKMacauPermit, identity.TaiwanPermit, identity.ForeignPermanentResident:
	}
	return false
}

// compact returns a date as 20060102, or "" if it is absent.
func compact(d identity.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Day)
}

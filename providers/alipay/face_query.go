package alipay

import (
	"context"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/providers/kit"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// queryAnswer is Alipay's decision. material_info holds pictures.
type queryAnswer struct {
	answer

	Passed       loose `json:"passed"` // T or F
	FailReason   loose `json:"fail_reason"`
	MaterialInfo loose `json:"material_info"`
}

// QueryFace returns the outcome of a check. Only a signed answer decides, and only
// passed = T is a pass. A pass includes liveness, because the product checks it
// (R14). A portrait that is not a picture is left out and changes nothing (R17).
//
// A signed passed = F is final, even if no face was judged. A check that is not
// finished is pending: it has a sub code of its own,
// OPEN_CERTIFY_BILL_STATUS_ERROR (error codes of alipay.user.certify.open.query).
func (c *Client) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	certifyID := q.ProviderID // Alipay remembers for whom it was begun
	if !kit.WellFormed(certifyID, longestCertifyID, "-_") {
		return verification.FaceResult{}, notAsked(callQuery).With(verification.ErrNothingDone)
	}
	payload := sdk.NewPayload(callQuery).AddBizField("certify_id", certifyID)
	var got queryAnswer
	if failed := c.call(ctx, payload, pictureAnswer, &got); failed != nil {
		return undecided(failed)
	}
	switch got.Passed {
	case "T":
		return verification.FaceResult{
			Outcome: verification.OutcomePassed, Liveness: true, Level: product,
			Portrait: portrait(string(got.MaterialInfo)),
		}, nil
	case "F":
		return verification.FaceResult{
			Outcome: verification.OutcomeFailed, Failure: failureOf(string(got.FailReason)), Level: product,
		}, nil
	}
	return verification.FaceResult{}, unreadable(callQuery)
}

// undecided returns the result of a query that failed. Three errors are results if
// Alipay signed them: the person has not finished; Alipay does not know the id,
// which it issued itself and may know a moment later; the id has expired, so the
// person can never finish.
func undecided(failed *kit.CallError) (verification.FaceResult, error) {
	if failed.Signed {
		switch failed.SubCode {
		case "OPEN_CERTIFY_BILL_STATUS_ERROR", "OPEN_CERTIFY_BILL_NOT_EXIST":
			return verification.FaceResult{Outcome: verification.OutcomePending, Level: product}, nil
		case "CERTIFY_ID_EXPIRED":
			return verification.FaceResult{
				Outcome: verification.OutcomeFailed, Failure: failure.FaceNotFinished, Level: product,
			}, nil
		}
	}
	return verification.FaceResult{}, failed
}

package wechat

import (
	"context"
	"time"

	"renzheng/providers/kit"
	"renzheng/verification"
	"renzheng/verification/failure"
)

const (
	retPassed = 10000 // verify_ret

	// begunFor is how long after its start a check may still be judged: a verify_id can begin a check for an hour
	// (expires_in of getVerifyId, 3600 s), and the last check takes some time.
	begunFor = time.Hour + verification.FacePass
)

// QueryFace returns the outcome of a check for its account and document. WeChat
// rejects any other. Only errcode 0 together with verify_ret 10000 is a pass. A
// pass includes liveness, because the product checks it (R14). A portrait that is
// absent or not a picture changes nothing (R17).
//
// A check to which no face was shown has no verify_ret. It is pending until its id
// can no longer begin a check. A check that the person left is reusable until
// then: WeChat documents when an id expires, but not that it begins only one
// check.
func (c *Client) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	who, ready := bound(q.AttemptID, q.Document, q.User)
	if !ready || !kit.WellFormed(q.ProviderID, longestVerifyID, verifyIDExtra) {
		return verification.FaceResult{}, notAsked(callVerifyRet).With(verification.ErrNothingDone)
	}
	body := map[string]string{
		"verify_id": q.ProviderID, "out_seq_no": who.order, "openid": who.openID, "cert_hash": who.certHash,
	}
	seen, failed := c.ask(ctx, c.faceRequest(callVerifyRet, body))
	if failed != nil {
		return verification.FaceResult{}, failed
	}
	ret, understood := verifyRet(seen)
	switch {
	case !understood:
		return verification.FaceResult{}, unreadable(callVerifyRet, seen)
	case ret == 0 && c.clock().Before(q.StartedAt.Add(begunFor)):
		return verification.FaceResult{Outcome: verification.OutcomePending, Level: product}, nil
	case ret == 0:
		return verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceNotFinished, Level: product}, nil
	case ret != retPassed:
		return notPassed(ret, q.StartedAt), nil
	}
	return verification.FaceResult{
		Outcome: verification.OutcomePassed, Liveness: true, Level: product, Portrait: c.capture(ctx, body),
	}, nil
}

// notPassed returns the result of a verify_ret other than 10000. If no face was
// judged, WeChat may still judge one.
func notPassed(ret int64, startedAt time.Time) verification.FaceResult {
	r := verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failureOf(ret), Level: product}
	if !failure.Lookup(r.Failure).Counted {
		r.Reusable = startedAt.Add(begunFor)
	}
	return r
}

// verifyRet returns the decision of an answer, or 0 if the decision is absent. It
// returns false unless the answer has an errcode of 0.
func verifyRet(seen *exchange) (int64, bool) {
	if !seen.coded || seen.code != 0 {
		return 0, false
	}
	raw, ok := seen.object["verify_ret"]
	if !ok {
		return 0, true
	}
	return readInteger(raw)
}

// capture returns the picture that was taken, or nil if it is not available.
func (c *Client) capture(ctx context.Context, body map[string]string) []byte {
	if !c.portrait {
		return nil
	}
	r := c.faceRequest(callImage, body)
	r.limit, r.picture = pictureAnswer, true
	seen, failed := c.ask(ctx, r)
	if failed != nil || seen.object != nil || !kit.IsPicture(seen.body) {
		return nil
	}
	return seen.body
}

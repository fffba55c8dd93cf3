package wechat

import (
	"context"
	"encoding/json"
	"net/url"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/verification"
)

var _ verification.FaceChecker = (*Client)(nil)

const (
	product  = "facialVerify" // WeChat's face check 2.0, with a living person before the camera
	faceCall = "wx.requestFacialVerify"

	shortestOrder   = 5
	longestOrder    = 32
	longestVerifyID = 256
	verifyIDExtra   = "-_=+/.~:" // its alphabet is not documented
	certType        = "IDENTITY_CARD"
)

// StartFace opens a face check of a resident ID for the account, and returns what
// the client calls: wx.requestFacialVerify with the id in CertifyID. Only this
// account can finish it.
//
// Errors: verification.ErrNothingDone for another document, an account to which
// the check cannot be bound, a malformed attempt id, a connection that was not
// made, and a rejection of the request.
func (c *Client) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	who, ready := bound(s.AttemptID, s.Document, s.User)
	if !ready {
		return verification.FaceStarted{}, notAsked(callVerifyID).With(verification.ErrNothingDone)
	}
	seen, failed := c.ask(ctx, c.faceRequest(callVerifyID, map[string]any{
		"out_seq_no": who.order,
		"openid":     who.openID,
		"cert_info": map[string]string{
			"cert_type": certType, "cert_name": s.Document.Name.Reveal(), "cert_no": s.Document.Number.Reveal(),
		},
	}))
	if failed != nil {
		return verification.FaceStarted{}, failed.IfNoEffect(verification.ErrNothingDone)
	}
	var verifyID string
	if json.Unmarshal(seen.object["verify_id"], &verifyID) != nil || !kit.WellFormed(verifyID, longestVerifyID, verifyIDExtra) {
		return verification.FaceStarted{}, unreadable(callVerifyID, seen)
	}
	return verification.FaceStarted{
		ProviderID: verifyID,
		Call:       verification.FaceCall{Kind: faceCall, CertifyID: verifyID},
	}, nil
}

// binding is the attempt, account and document of a face check. Personal.
type binding struct {
	order    string // out_seq_no: the attempt's id as it is, its alphabet is WeChat's
	openID   string
	certHash string
}

// bound returns the binding, and false if the check cannot be bound to the
// account.
func bound(attemptID string, d identity.Document, user identity.ChannelUser) (binding, bool) {
	if len(attemptID) < shortestOrder || !kit.WellFormed(attemptID, longestOrder, "-_") ||
		d.Type != identity.ResidentID || user.Kind != kindOpenID {
		return binding{}, false
	}
	openID := user.Reveal()
	if !kit.WellFormed(openID, longestID, "-_") {
		return binding{}, false
	}
	return binding{order: attemptID, openID: openID, certHash: certHash(d)}, true
}

// faceRequest returns a call of the face service, which the SDK does not have.
func (c *Client) faceRequest(call string, body any) request {
	return request{call: call, limit: smallAnswer, send: func(ctx context.Context, token identity.Secret, seen *exchange) error {
		return c.transport.post(ctx, seen, call, url.Values{"access_token": {token.Reveal()}}, body)
	}}
}

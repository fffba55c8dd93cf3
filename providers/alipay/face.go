package alipay

import (
	"context"
	"strings"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/verification"
)

var _ verification.FaceChecker = (*Client)(nil)

const (
	product = "FACE" // biz_code: several factors, the living face among them

	longestOrder     = 32
	longestCertifyID = 64
)

// StartFace opens a face check of the document for the account, and returns what
// the client calls: my.startAPVerify with the id and a signed link.
//
// Errors: verification.ErrNothingDone for a document that Alipay cannot check, an
// account to which the check cannot be bound, a malformed attempt id, a connection
// that was not made, and a signed rejection of the request.
func (c *Client) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	payload, ready := c.initialize(s)
	if !ready {
		return verification.FaceStarted{}, notAsked(callInitialize).With(verification.ErrNothingDone)
	}
	var got struct {
		answer

		CertifyID loose `json:"certify_id"`
	}
	if failed := c.call(ctx, payload, smallAnswer, &got); failed != nil {
		if withoutEffect(failed) {
			failed = failed.With(verification.ErrNothingDone)
		}
		return verification.FaceStarted{}, failed
	}
	certifyID := string(got.CertifyID)
	if !kit.WellFormed(certifyID, longestCertifyID, "-_") {
		return verification.FaceStarted{}, unreadable(callInitialize)
	}
	link, failed := c.link(certifyID, s.ReturnURL)
	if failed != nil {
		return verification.FaceStarted{}, failed
	}
	return verification.FaceStarted{
		ProviderID: certifyID,
		Call:       verification.FaceCall{Kind: "my.startAPVerify", CertifyID: certifyID, URL: link},
	}, nil
}

// initialize returns the request, and false if the start cannot be one.
func (c *Client) initialize(s verification.FaceStart) (*sdk.Payload, bool) {
	order := orderNumber(s.AttemptID)
	certType := certTypeOf(s.Document.Type)
	if !kit.WellFormed(order, longestOrder, "") || certType == "" {
		return nil, false
	}
	user := s.User.Reveal()
	if (s.User.Kind != kindOpenID && s.User.Kind != kindUserID) || !kit.WellFormed(user, longestID, "-_") {
		return nil, false // if the link were bound to no account, anyone who opens it could pass
	}
	merchant := map[string]any{"return_url": s.ReturnURL}
	if c.portrait && s.PortraitToo {
		merchant["out_put_facial_picture"] = true
	}
	return sdk.NewPayload(callInitialize).
		AddBizField("outer_order_no", order).
		AddBizField("biz_code", product).
		AddBizField("identity_param", map[string]string{
			"identity_type": "CERT_INFO",
			"cert_type":     certType,
			"cert_name":     s.Document.Name.Reveal(),
			"cert_no":       s.Document.Number.Reveal(),
			s.User.Kind:     user,
		}).
		AddBizField("merchant_config", merchant), true
}

// orderNumber returns the attempt's id without underscores, which Alipay does not
// accept. It stays unique, because our ids have a fixed prefix.
func orderNumber(attemptID string) string { return strings.ReplaceAll(attemptID, "_", "") }

// link returns the address that the person's Alipay opens. We do not call it, so
// it leads to the public gateway.
func (c *Client) link(certifyID, returnURL string) (string, *kit.CallError) {
	payload := sdk.NewPayload(callCertify).AddBizField("certify_id", certifyID)
	if returnURL != "" {
		payload.AddParam("return_url", returnURL)
	}
	address, err := c.links.BuildURL(payload)
	if err != nil {
		return "", unreadable(callCertify) // without the SDK's text
	}
	return address.String(), nil
}

// withoutEffect reports whether a start surely opened no check: it was not sent,
// or Alipay signed that it rejected the request as such.
func withoutEffect(failed *kit.CallError) bool {
	switch failed.Code {
	case "20001", "40001", "40002", "40003", "40005", codePermission: // all but 20000 (down) and 40004 (business)
		return failed.Signed
	}
	return failed.NoEffect
}

// certTypeOf returns Alipay's name of a document type, or "" if Alipay has no
// check for it.
func certTypeOf(t identity.DocumentType) string {
	switch t {
	case identity.ResidentID:
		return "IDENTITY_CARD"
	case identity.HKMacauPermit:
		return "HOME_VISIT_PERMIT_HK_MC"
	case identity.TaiwanPermit:
		return "HOME_VISIT_PERMIT_TAIWAN"
	case identity.HKMacauResidencePermit:
		return "RESIDENCE_PERMIT_HK_MC"
	case identity.TaiwanResidencePermit:
		return "RESIDENCE_PERMIT_TAIWAN"
	case identity.ForeignPermanentResident:
		return "PERMANENT_RESIDENCE_FOREIGNER"
	case identity.Passport:
		return ""
	}
	return ""
}

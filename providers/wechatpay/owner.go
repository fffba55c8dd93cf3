package wechatpay

import (
	"context"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/session"
)

var _ session.OwnerChecker = (*Client)(nil)

// WeChat Pay's mini-program in which the person agrees.
const (
	consentAppID = "wx88736d7d39e2eda6"
	consentPage  = "pages/oauth/authindex"
	scope        = "pay_identity"
)

const (
	kindOpenID   = "open_id"
	longestID    = 128
	longestCodes = 256
	longestToken = 256
)

// OwnerCall returns the data with which the client opens WeChat Pay's mini-program. The data is
// valid for this account only. Errors: session.ErrUnavailable for an account of another
// application.
func (c *Client) OwnerCall(user identity.ChannelUser) (session.OwnerCall, error) {
	if !c.knows(user) {
		return session.OwnerCall{}, notAsked(consentPage)
	}
	data := fields{
		"api_version": "1.0", "mch_id": c.mchID, "appid": c.appID, "scope": scope, "response_type": "code",
		"openid": user.Reveal(), "nonce_str": nonce(), "sign_type": signType,
	}
	return session.OwnerCall{AppID: consentAppID, Path: consentPage, Data: data.signed(c.key)}, nil
}

// CheckOwner compares a document with WeChat Pay's record of the account's owner. The
// code is used up in any case.
//
// Errors: *kit.CallError with session.ErrCodeInvalid or session.ErrUnavailable.
func (c *Client) CheckOwner(ctx context.Context, q session.OwnerQuery) (session.OwnerVerdict, error) {
	credType, ok := credTypeOf(q.Document.Type)
	if !ok || !c.knows(q.User) || q.Document.Number.IsZero() || q.Document.Name.IsZero() {
		return "", notAsked(callVerify)
	}
	if !kit.WellFormed(q.Code, longestCodes, "-_=+/.") {
		return "", kit.NotAsked(provider, callToken).With(session.ErrCodeInvalid)
	}
	token, failed := c.token(ctx, q.User.Reveal(), q.Code)
	if failed != nil {
		return "", failed
	}
	got, failed := c.compare(ctx, fields{
		"version": "1.0", "appid": c.appID, "mch_id": c.mchID, "openid": q.User.Reveal(),
		"real_name": q.Document.Name.Reveal(), "cred_type": credType, "cred_id": q.Document.Number.Reveal(),
		"access_token": token, "nonce_str": nonce(), "sign_type": signType,
	})
	if failed != nil {
		return "", failed
	}
	verdict, ok := verdictOf(got["verify_openid"], got["verify_real_name"])
	if !ok {
		return "", unreadable(callVerify, 0)
	}
	return verdict, nil
}

func (c *Client) knows(user identity.ChannelUser) bool {
	return user.AppID == c.appID && user.Kind == kindOpenID && kit.WellFormed(user.Reveal(), longestID, "-_")
}

// credTypeOf returns WeChat Pay's code for a type of document, and false if it has none.
func credTypeOf(t identity.DocumentType) (string, bool) {
	switch t {
	case identity.ResidentID:
		return "1", true
	case identity.Passport:
		return "2", true
	case identity.HKMacauPermit:
		return "5", true
	case identity.TaiwanPermit:
		return "9", true
	case identity.ForeignPermanentResident:
		return "12", true
	case identity.HKMacauResidencePermit:
		return "17", true
	case identity.TaiwanResidencePermit:
		return "18", true
	}
	return "", false
}

// verdictOf translates the two results. verify_openid may have several values, joined by
// semicolons; if they differ, the owner is unknown. It returns false for unknown values.
func verdictOf(openID, realName string) (session.OwnerVerdict, bool) {
	results := strings.Split(openID, ";")
	known := []string{"V_OP_NA", "V_OP_NM_MA", "V_OP_NM_UM"}
	if slices.ContainsFunc(results, func(r string) bool { return !slices.Contains(known, r) }) {
		return "", false
	}
	first := results[0]
	if slices.ContainsFunc(results, func(r string) bool { return r != first }) {
		return session.OwnerUnknown, true
	}
	switch {
	case first == "V_OP_NA": // the account has no verified owner
		return session.OwnerUnknown, true
	case first == "V_OP_NM_UM":
		return session.OwnerDiffers, true
	case realName == "V_NM_ID_MA":
		return session.OwnerMatches, true
	case realName == "V_NM_ID_UM":
		return session.OwnerDiffers, true
	case realName == "V_NM_ID_TYPE_UM": // verified by a document of another type
		return session.OwnerUnknown, true
	}
	return "", false
}

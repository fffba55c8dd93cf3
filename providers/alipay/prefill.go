package alipay

import (
	"context"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/identity"
	"renzheng/session"
)

var _ session.Prefiller = (*Client)(nil)

const codePermission = "40006" // the application or the person did not permit it

// profileAnswer has the fields that we read about the account's owner. Personal.
type profileAnswer struct {
	answer

	OpenID      loose `json:"open_id"`
	UserID      loose `json:"user_id"`
	IsCertified loose `json:"is_certified"` // T or F; name, number and type mean something only with T
	UserType    loose `json:"user_type"`    // 1 company, 2 person
	CertType    loose `json:"cert_type"`    // 0 resident ID, 1 passport, …
	CertNo      loose `json:"cert_no"`
	UserName    loose `json:"user_name"`
}

// Prefill redeems a code of the scope auth_user for the resident ID of the
// account's verified owner. It saves typing and verifies nobody.
//
// Errors: as of Authorize. The code is used up even if a later call fails.
func (c *Client) Prefill(ctx context.Context, code string) (session.Prefilled, error) {
	redeemed, failed := c.redeem(ctx, code)
	if failed != nil {
		return session.Prefilled{}, failed
	}
	prefilled := session.Prefilled{User: redeemed.user}
	var owner profileAnswer
	payload := sdk.NewPayload(callProfile).AddParam("auth_token", redeemed.access)
	failed = c.call(ctx, payload, smallAnswer, &owner)
	switch {
	case failed != nil && failed.Code == codePermission:
		prefilled.Absent = session.NotProvided
		return prefilled, nil
	case failed != nil:
		return session.Prefilled{}, failed.With(session.ErrUnavailable)
	case !owner.owns(redeemed.user):
		return session.Prefilled{}, unreadable(callProfile).With(session.ErrUnavailable)
	}
	prefilled.Document, prefilled.Absent = owner.document()
	return prefilled, nil
}

// owns reports whether the profile is that of the account that the code belongs
// to. An answer without an id is accepted.
func (a profileAnswer) owns(user identity.ChannelUser) bool {
	id := a.OpenID
	if user.Kind == kindUserID {
		id = a.UserID
	}
	return id == "" || string(id) == user.Reveal()
}

// document returns the resident ID, or why it is absent. Alipay omits a field
// without an error if it was not approved for the application.
func (a profileAnswer) document() (identity.Document, session.AbsentReason) {
	switch {
	case a.IsCertified == "" || a.UserType == "":
		return identity.Document{}, session.NotProvided
	case a.IsCertified != "T":
		return identity.Document{}, session.NotCertified
	case a.UserType != "2":
		return identity.Document{}, session.NotPersonal
	case a.CertType == "" || a.CertNo == "" || a.UserName == "":
		return identity.Document{}, session.NotProvided
	case a.CertType != "0":
		return identity.Document{}, session.NotResidentID
	}
	document, err := identity.ParseDocument(identity.ResidentID, string(a.CertNo), string(a.UserName))
	if err != nil {
		return identity.Document{}, session.NotUnderstood
	}
	return document, ""
}

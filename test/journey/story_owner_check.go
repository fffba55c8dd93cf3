package journey

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"renzheng/test/people"
)

// OwnerCheck is an owner check for the client to carry out.
type OwnerCheck struct {
	ID        string    `json:"id"`
	Call      OwnerCall `json:"call"`
	ExpiresAt time.Time `json:"expires_at"`
}

// OwnerCall opens a mini-program of the channel.
type OwnerCall struct {
	AppID     string            `json:"app_id"`
	Path      string            `json:"path"`
	ExtraData map[string]string `json:"extra_data"`
}

// ownerVerdict is what the channel says about a document.
type ownerVerdict struct {
	Result  string   `json:"result"`
	Failure *Failure `json:"failure"`
}

// checksOwner agrees to an owner check. Somebody else's document is then kept out, and the own one is filled in, passes,
// and is known as the account owner's. What was agreed to can be withdrawn.
func checksOwner(ctx context.Context, v *visit) error {
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.isAskedFirst(ctx) },
		func() error { return v.agreesToOwnerCheck(ctx) },
		func() error { return v.keepsOthersOut(ctx) },
		func() error { return v.isTheOwner(ctx) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return err
	}
	on, err := v.begins(ctx, usePrefill())
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.did("is known as the account's owner", same("prefilled", on.Prefilled, true)) },
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.withdrawsOwnerCheck(ctx) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// isAskedFirst finds the check offered, and that it does not begin without a consent.
func (v *visit) isAskedFirst(ctx context.Context) error {
	me, err := v.client.session(ctx)
	if err == nil {
		err = same("offer of an owner check", me.OwnerCheck, true)
	}
	if err == nil {
		if _, err = v.client.beginOwnerCheck(ctx); isProblem(err, "consent_required") {
			err = nil
		} else if err == nil {
			err = errors.New("an owner check begins without a consent")
		}
	}
	return v.did("is asked before anything is given to WeChat Pay", err)
}

// agreesToOwnerCheck accepts the notice that names WeChat Pay.
func (v *visit) agreesToOwnerCheck(ctx context.Context) error {
	shown, err := v.client.shownNotices(ctx, noticeQuery{string(v.role.Channel), string(v.person.Type()), access})
	if err == nil {
		shown.Optional = slices.DeleteFunc(shown.Optional, func(n Notice) bool { return n.Kind != ownerCheckKind })
		err = same("notices about an owner check", len(shown.Optional), 1)
	}
	if err == nil {
		_, err = v.client.accept(ctx, shown.Optional)
	}
	return v.did("agrees that WeChat Pay compares the document", err)
}

// keepsOthersOut has somebody else's document compared, which can then not be verified.
func (v *visit) keepsOthersOut(ctx context.Context) error {
	other, ok := people.New(people.Passes, v.person.Serial, v.now())
	if !ok {
		return errors.New("there is no other person")
	}
	got, err := v.comparesOwner(ctx, typedOf(other))
	if err == nil && (got.Result != "differs" || got.Failure == nil || got.Failure.Code != "account_owner_differs") {
		err = differ("result for another person", got.Result, "differs")
	}
	if err == nil {
		if _, err = v.client.start(ctx, startRequest{Purpose: access, Document: typedOf(other)}); isProblem(err, "account_owner_differs") {
			err = nil
		} else if err == nil {
			err = errors.New("another person's verification begins")
		}
	}
	return v.did("keeps another person out", err)
}

// isTheOwner has the own document compared, which is then filled in as the channel's own record.
func (v *visit) isTheOwner(ctx context.Context) error {
	got, err := v.comparesOwner(ctx, typedOf(v.person))
	if err == nil {
		err = same("result for the owner", got.Result, "matches")
	}
	var me Session
	if err == nil {
		me, err = v.client.session(ctx)
	}
	if err == nil && (me.PrefillFrom != "channel" || me.Prefill == nil || *me.Prefill != maskedOf(v.person)) {
		err = errors.New("the document filled in is not the owner's, masked")
	}
	return v.did("is confirmed by WeChat Pay", err)
}

// comparesOwner begins a check, agrees in WeChat Pay's mini-program and brings back the code.
func (v *visit) comparesOwner(ctx context.Context, typed *document) (ownerVerdict, error) {
	check, err := v.client.beginOwnerCheck(ctx)
	if err != nil {
		return ownerVerdict{}, err
	}
	code, err := v.far.payCode(ctx, check.Call)
	if err != nil {
		return ownerVerdict{}, err
	}
	var got ownerVerdict
	return got, v.client.post(ctx, "/v1/session/owner-check/result", map[string]any{
		"owner_check_id": check.ID, "auth_code": code, "document": typed,
	}, &got)
}

// withdrawsOwnerCheck withdraws the consent, which ends neither the access nor anything else that was done.
func (v *visit) withdrawsOwnerCheck(ctx context.Context) error {
	given, err := v.client.consents(ctx)
	i := slices.IndexFunc(given, func(c Consent) bool { return c.Kind == ownerCheckKind })
	if err == nil && i < 0 {
		err = errors.New("the consent is not among the person's")
	}
	if err == nil {
		var ended withdrawn
		err = v.client.remove(ctx, "/v1/consents/"+given[i].ID, &ended)
	}
	var me Session
	if err == nil {
		me, err = v.client.session(ctx)
	}
	if err == nil && (me.Prefill != nil || me.Access == nil) {
		err = errors.New("the answer is not gone, or more than the answer")
	}
	return v.did("withdraws the consent to the comparison", err)
}

const ownerCheckKind = "owner_check"

func (c *Client) beginOwnerCheck(ctx context.Context) (OwnerCheck, error) {
	var got OwnerCheck
	return got, c.call(ctx, request{method: http.MethodPut, path: "/v1/session/owner-check"}, &got)
}

package journey

import (
	"context"
	"errors"
	"net/http"
	"slices"
)

// isRemembered agrees to be remembered, comes back and types nothing, is checked all the
// same, and is forgotten with one press.
func isRemembered(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if err = steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.agreesToBeRemembered(ctx) },
		func() error { return v.leaves(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.usesRemembered(ctx) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return err
	}
	again, err := v.begins(ctx, usePrefill())
	if err != nil {
		return err
	}
	return steps(
		func() error {
			return v.did("is not taken for the account's owner", same("prefilled", again.Prefilled, false))
		},
		func() error { return v.passesAccess(ctx, again) },
		func() error { return v.isForgotten(ctx) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// agreesToBeRemembered turns on the switch, which is off until then.
func (v *visit) agreesToBeRemembered(ctx context.Context) error {
	before, err := v.client.session(ctx)
	if err == nil && before.Remembered != nil {
		err = errors.New("the person is remembered without having agreed")
	}
	var shown noticeSet
	if err == nil {
		shown, err = v.client.shownNotices(ctx, noticeQuery{string(v.role.Channel), string(v.person.Type()), access})
	}
	if err == nil {
		shown.Optional = slices.DeleteFunc(shown.Optional, func(n Notice) bool { return n.Kind != "remember" })
		err = same("notices about being remembered", len(shown.Optional), 1)
	}
	var made Consent
	if err == nil {
		n := shown.Optional[0]
		err = v.client.call(ctx, request{
			method: http.MethodPost, path: "/v1/remembered-documents", key: newKey(),
			body: map[string]any{"notice": shownNotice{n.ID, n.Version, n.Hash}},
		}, &made)
	}
	if err == nil {
		err = same("kind of the consent", made.Kind, "remember")
	}
	return v.did("agrees to be remembered", err)
}

// usesRemembered finds the document masked and has it filled in.
func (v *visit) usesRemembered(ctx context.Context) error {
	me, err := v.client.session(ctx)
	if err == nil && (me.Remembered == nil || me.Remembered.Document != maskedOf(v.person)) {
		err = errors.New("the remembered document is not the person's, masked")
	}
	var got Prefill
	if err == nil {
		err = v.client.call(ctx, request{method: http.MethodPut, path: "/v1/session/prefill"}, &got)
	}
	if err == nil && (got.Document == nil || *got.Document != maskedOf(v.person)) {
		err = errors.New("the document filled in is not the remembered one, masked")
	}
	return v.did("has the remembered document filled in", err)
}

// isForgotten withdraws the consent, after which nothing is left.
func (v *visit) isForgotten(ctx context.Context) error {
	me, err := v.client.session(ctx)
	if err == nil && me.Remembered == nil {
		err = errors.New("the person is not remembered any more")
	}
	if err == nil {
		var ended withdrawn
		err = v.client.remove(ctx, "/v1/consents/"+me.Remembered.ConsentID, &ended)
	}
	if err == nil {
		me, err = v.client.session(ctx)
	}
	if err == nil && (me.Remembered != nil || me.Prefill != nil || me.Access == nil) {
		err = errors.New("the document is not gone, or more than the document")
	}
	return v.did("is forgotten with one press", err)
}

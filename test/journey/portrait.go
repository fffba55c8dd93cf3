package journey

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"renzheng/providers/fakes"
)

// acceptsPhoto looks at the captured photo and accepts it, which opens the list of
// todos.
func (v *visit) acceptsPhoto(ctx context.Context, on Verification) error {
	err := steps(
		func() error { return same("state", on.State, "awaiting_acceptance") },
		func() error { return v.seesPhoto(ctx, on) },
	)
	if err != nil {
		return v.did("sees the captured photo", err)
	}
	what := "accepts the captured photo"
	if !on.HasPortrait {
		what = "goes on without a photo"
	}
	if _, err = v.client.acceptPortrait(ctx, on.ID); err != nil {
		return v.did(what, err)
	}
	session, err := v.client.session(ctx)
	if err == nil && (session.Access == nil || session.Access.Document != maskedOf(v.person)) {
		err = errors.New("the session has no access for the person")
	}
	return v.did(what, err)
}

// seesPhoto checks that the captured photo is returned, or none if the provider
// returned none.
func (v *visit) seesPhoto(ctx context.Context, on Verification) error {
	picture, kind, err := v.client.portrait(ctx, on.ID)
	if !on.HasPortrait {
		_, err = wantProblem(err, "not_found")
		return err
	}
	if err != nil {
		return err
	}
	if v.client.browser || v.role.Provider() == "agency" { // it has one picture for all persons
		return errors.Join(same("type of the photo", kind, "image/png"), same("type of the content", http.DetectContentType(picture), "image/png"))
	}
	captured := map[string][]byte{
		"alipay": fakes.Portrait(v.person.Name, v.person.Number), "wechat": fakes.Portrait(v.person.Name, v.person.Number),
	}[v.role.Provider()]
	if !bytes.Equal(picture, captured) {
		return errors.New("the photo is not the one that was captured")
	}
	return same("type of the photo", kind, "image/jpeg")
}

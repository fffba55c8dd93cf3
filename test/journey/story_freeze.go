package journey

import (
	"context"
	"errors"
	"net/http"
	"slices"
)

// freezes freezes the number, is stopped after the face, lifts the freeze with fresh
// checks, and then confirms.
func freezes(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if err = steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.freezesNumber(ctx) },
	); err != nil {
		return err
	}
	stopped, err := v.begins(ctx, v.typed())
	if err != nil {
		return err
	}
	if err = v.isStopped(ctx, stopped); err != nil {
		return err
	}
	lift := v.typed()
	lift.Purpose = "lift"
	lifting, err := v.begins(ctx, lift)
	if err != nil {
		return err
	}
	if err = v.lifts(ctx, lifting); err != nil {
		return err
	}
	again, err := v.begins(ctx, v.typed())
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, again) },
		func() error { return v.seesActivity(ctx) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// freezesNumber freezes the person's number, after which the access has ended.
func (v *visit) freezesNumber(ctx context.Context) error {
	err := v.client.read(ctx, request{method: http.MethodPost, path: "/v1/freeze", body: map[string]bool{"understood": true}}, new(struct{}))
	if err == nil {
		_, err = wantProblem(v.client.get(ctx, "/v1/todos", nil), "access_required")
	}
	return v.did("freezes the number", err)
}

// isStopped shows the own face, which passes, and learns of the freeze.
func (v *visit) isStopped(ctx context.Context, on Verification) error {
	started, err := v.beginFace(ctx, on)
	if err == nil {
		v.beforeFace(ctx)
		_, err = v.far.showFace(ctx, *started.Call, v.person.OpenID, ownFace)
	}
	var got Attempt
	if err == nil {
		got, err = v.awaitFace(ctx, on.ID, started.AttemptID)
	}
	if err == nil && got.Failure == nil {
		err = errors.New("the face passed under a freeze")
	}
	if err == nil {
		err = errors.Join(same("failure", got.Failure.Code, "number_frozen"), same("counted", got.Counted, false),
			same("state of the verification", got.Verification.State, "failed"), remedied(got.Failure, "lift_freeze"))
	}
	return v.did("is stopped by the freeze", err)
}

// lifts passes all checks anew and lifts the freeze.
func (v *visit) lifts(ctx context.Context, on Verification) error {
	on, err := v.face(ctx, on, passes())
	if err != nil {
		return err
	}
	if on, err = v.card(ctx, on, v.person.Card, passes()); err != nil {
		return err
	}
	err = same("state", on.State, "passed")
	if err == nil {
		err = v.client.read(ctx, request{
			method: http.MethodPost, path: "/v1/freeze/lift", body: map[string]string{"verification_id": on.ID},
		}, new(struct{}))
	}
	return v.did("lifts the freeze", err)
}

// seesActivity finds the freeze and the own verifications in what happened under the number.
func (v *visit) seesActivity(ctx context.Context) error {
	type tried struct {
		Mine bool `json:"mine"`
	}
	var activity struct {
		Verifications []tried `json:"verifications"`
		Freezes       []struct {
			LiftedAt string `json:"lifted_at"`
		} `json:"freezes"`
	}
	err := v.client.read(ctx, request{method: http.MethodGet, path: "/v1/me/activity"}, &activity)
	if err == nil && (len(activity.Freezes) != 1 || activity.Freezes[0].LiftedAt == "") {
		err = errors.New("the freeze is not in the history")
	}
	if err == nil && (len(activity.Verifications) != 4 || slices.Contains(activity.Verifications, tried{})) {
		err = errors.New("the four verifications of the person are not shown as their own")
	}
	return v.did("sees what happened under the number", err)
}

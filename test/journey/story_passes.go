package journey

import (
	"context"
	"errors"
)

// everythingGoesWell also makes calls too early, which are rejected, and repeats
// calls, which are idempotent.
func everythingGoesWell(ctx context.Context, v *visit) error {
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.entersWithOldPhone(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.seesNothingYet(ctx) },
		func() error { return v.getsPrefill(ctx, v.person) },
	); err != nil {
		return err
	}
	on, err := v.begins(ctx, usePrefill())
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.isAskedForConsent(ctx, on) },
		func() error { return v.consents(ctx, access) },
		func() error { return v.cardComesSecond(ctx, on) },
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// entersWithOldPhone is rejected, because the phone is too old.
func (v *visit) entersWithOldPhone(ctx context.Context) error {
	code, err := v.far.loginCode(ctx, v.role.Channel, v.person.OpenID)
	if err == nil {
		_, err = v.client.openSession(ctx, openRequest{string(v.role.Channel), code, device{"android", "4.2"}})
		_, err = wantProblem(err, "client_unsupported")
	}
	return v.did("an old phone is refused", err)
}

// seesNothingYet checks that a session alone does not show todos.
func (v *visit) seesNothingYet(ctx context.Context) error {
	_, err := v.client.todos(ctx)
	_, err = wantProblem(err, "access_required")
	return v.did("sees no todo before the identity check", err)
}

// isAskedForConsent checks that a face check needs the notices. They are not asked
// for again within 24 hours.
func (v *visit) isAskedForConsent(ctx context.Context, on Verification) error {
	if len(on.ConsentsMissing) == 0 {
		consents, err := v.client.consents(ctx)
		if err == nil && len(consents) == 0 {
			err = errors.New("no consent is missing and none was given")
		}
		return v.did("has accepted the notices today", err)
	}
	_, err := v.client.startFace(ctx, on.ID)
	p, err := wantProblem(err, "consent_required")
	if err == nil {
		err = same("notices to accept", len(p.Notices), len(on.ConsentsMissing))
	}
	return v.did("is asked for consent before the face", err)
}

// cardComesSecond checks that the bank card cannot be queried before the face.
func (v *visit) cardComesSecond(ctx context.Context, on Verification) error {
	_, err := v.client.bankCard(ctx, on.ID, cardRequest{Card: v.person.Card, Phone: v.person.Phone})
	_, err = wantProblem(err, "face_first")
	return v.did("the bank card waits for the face", err)
}

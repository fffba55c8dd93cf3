package journey

import (
	"context"

	"renzheng/cmd/sandbox/people"
)

// story is what one person experiences. Its first difference from the
// documentation is its error.
type story func(ctx context.Context, v *visit) error

// stories holds one for each fate.
func stories() map[people.Fate]story {
	return map[people.Fate]story{
		people.Passes:           everythingGoesWell,
		people.FaceDiffers:      faceDiffers,
		people.NoPhoto:          noPhoto,
		people.PoorLight:        poorLight,
		people.CardDiffers:      cardDiffers,
		people.NetworkBusy:      networkBusy,
		people.CardUnresolved:   cardUnresolved,
		people.FaceUnknown:      faceInDoubt,
		people.OwnerDiffers:     ownerDiffers,
		people.DottedName:       dottedName,
		people.RareName:         typedAndConfirmed("not_provided"),
		people.ThreeRoles:       prefilledAndConfirmed,
		people.Refuses:          refuses,
		people.CaseNameDiffers:  caseNameDiffers,
		people.NoPortrait:       typedAndConfirmed("not_provided"),
		people.Minor:            minor,
		people.Child:            child,
		people.Mistypes:         mistypes,
		people.ChangesMind:      changesMind,
		people.UncertifiedOwner: typedAndConfirmed("not_certified"),
		people.OtherFace:        otherFaceFirst,
	}
}

// entersPrefilled is how most stories begin: a case waits, name and number are
// filled in, the notices are accepted.
func (v *visit) entersPrefilled(ctx context.Context) (Verification, error) {
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.getsPrefill(ctx, v.person) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return Verification{}, err
	}
	return v.begins(ctx, usePrefill())
}

// entersTyped is how stories begin where Alipay gives nothing.
func (v *visit) entersTyped(ctx context.Context, reason string) (Verification, error) {
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.getsNoPrefill(ctx, reason) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return Verification{}, err
	}
	return v.begins(ctx, v.typed())
}

// passesAccess shows face and card and accepts the photo.
func (v *visit) passesAccess(ctx context.Context, on Verification) error {
	on, err := v.face(ctx, on, passes())
	if err != nil {
		return err
	}
	if on.State == "awaiting_acceptance" { // this person was here within 24 hours
		err = v.did("the bank card counts again", cardSkipped(on))
	} else {
		on, err = v.card(ctx, on, v.person.Card, passes())
	}
	if err != nil {
		return err
	}
	return v.acceptsPhoto(ctx, on)
}

// confirmsAndLeaves answers all that waits and logs out.
func (v *visit) confirmsAndLeaves(ctx context.Context) error {
	return steps(
		func() error { return v.seesTodos(ctx, "open") },
		func() error { return v.confirmsAll(ctx) },
		func() error { return v.seesTodos(ctx, "confirmed") },
		func() error { return v.leaves(ctx) },
	)
}

// prefilledAndConfirmed goes from prefill to the last confirmation.
func prefilledAndConfirmed(ctx context.Context, v *visit) error {
	on, err := v.entersPrefilled(ctx)
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// typedAndConfirmed goes the same way, typing by hand.
func typedAndConfirmed(reason string) story {
	return func(ctx context.Context, v *visit) error {
		on, err := v.entersTyped(ctx, reason)
		if err != nil {
			return err
		}
		return steps(
			func() error { return v.passesAccess(ctx, on) },
			func() error { return v.confirmsAndLeaves(ctx) },
		)
	}
}

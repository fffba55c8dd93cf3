package journey

import (
	"context"
	"errors"
	"slices"

	"renzheng/test/people"
)

// story plays what one person does. It returns the first difference from the
// documentation.
type story func(ctx context.Context, v *visit) error

// storyOf returns the story of a role. Most stories are the same for all documents
// and channels, except for the provider of the face check and the bank card.
func storyOf(r people.Role) story {
	if r.Fate == people.Passes && r != people.InAlipay(people.Passes)[0] {
		return entersAndConfirms
	}
	return stories()[r.Fate]
}

// stories has a story for each fate.
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
		people.RareName:         entersAndConfirms,
		people.ThreeRoles:       entersAndConfirms,
		people.Declines:         declines,
		people.CaseNameDiffers:  caseNameDiffers,
		people.NoPortrait:       entersAndConfirms,
		people.Minor:            minor,
		people.Child:            child,
		people.Mistypes:         mistypes,
		people.ChangesMind:      changesMind,
		people.UncertifiedOwner: entersAndConfirms,
		people.OtherFace:        otherFaceFirst,
		people.NoRecord:         notConfirmed,
		people.DocumentDiffers:  notConfirmed,
		people.DocumentExpired:  documentExpired,
		people.LongTerm:         entersAndConfirms,
		people.GatewayBusy:      gatewayBusy,
		people.OddVerdict:       oddVerdict,
		people.TokenEnds:        tokenEnds,
		people.AsksForHelp:      asksForHelp,
		people.IsTold:           isTold,
		people.Represents:       entersAndConfirms,
		people.IsRemembered:     isRemembered,
		people.ChecksOwner:      checksOwner,
		people.Freezes:          freezes,
		people.Registers:        registers,
	}
}

// enters begins a story: a case is pushed, name and number are prefilled if the
// channel returns them, and the notices are accepted.
func (v *visit) enters(ctx context.Context) (Verification, error) {
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.asksForPrefill(ctx) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return Verification{}, err
	}
	if v.absent() == "" {
		return v.begins(ctx, usePrefill())
	}
	return v.begins(ctx, v.typed())
}

func (v *visit) asksForPrefill(ctx context.Context) error {
	if reason := v.absent(); reason != "" {
		return v.getsNoPrefill(ctx, reason)
	}
	return v.getsPrefill(ctx, v.person)
}

// absent returns the reason why the channel prefills nothing, "" if it does.
func (v *visit) absent() string {
	switch {
	case v.role.Channel == people.WeChat:
		return "channel_has_none"
	case v.person.Prefill == people.Uncertified:
		return "not_certified"
	case v.person.Prefill == people.GivesNothing, v.role.Form != people.ResidentID:
		return "not_provided"
	}
	return ""
}

// passesAccess passes the face check and, if the document needs it, the bank card,
// and accepts the photo.
func (v *visit) passesAccess(ctx context.Context, on Verification) error {
	on, err := v.face(ctx, on, passes())
	if err != nil {
		return err
	}
	if on, err = v.cardIfAsked(ctx, on); err != nil {
		return err
	}
	return v.acceptsPhoto(ctx, on)
}

func (v *visit) cardIfAsked(ctx context.Context, on Verification) (Verification, error) {
	switch {
	case v.role.Form != people.ResidentID:
		return on, v.did("is asked for no bank card", hasNoCard(on))
	case on.State == "awaiting_acceptance": // the person passed within 24 hours
		return on, v.did("the bank card counts again", cardSkipped(on))
	}
	return v.card(ctx, on, v.person.Card, passes())
}

func hasNoCard(on Verification) error {
	if slices.ContainsFunc(on.Checks, func(c Check) bool { return c.Check == cardCheck }) {
		return errors.New("the verification asks for a bank card")
	}
	return nil
}

// confirmsAndLeaves confirms all todos and logs out.
func (v *visit) confirmsAndLeaves(ctx context.Context) error {
	return steps(
		func() error { return v.seesTodos(ctx, "open") },
		func() error { return v.confirmsAll(ctx) },
		func() error { return v.seesTodos(ctx, "confirmed") },
		func() error { return v.leaves(ctx) },
	)
}

// entersAndConfirms goes from the login to the last confirmation.
func entersAndConfirms(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

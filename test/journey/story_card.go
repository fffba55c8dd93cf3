package journey

import (
	"context"
	"errors"

	"renzheng/test/people"
)

// faceThen goes to the bank card.
func (v *visit) faceThen(ctx context.Context, on Verification, err error) (Verification, error) {
	if err != nil {
		return on, err
	}
	return v.face(ctx, on, passes())
}

const cardQueries = 3 // of one card in a day, the networks' rule

// cardDiffers reaches the limit of the card networks with one card, and uses the last
// try with another.
func cardDiffers(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if on, err = v.faceThen(ctx, on, err); err != nil {
		return err
	}
	differs := outcome{"failed", "card_differs", true}
	for range cardQueries {
		if on, err = v.card(ctx, on, v.person.Card, differs); err != nil {
			return err
		}
	}
	if err = v.cardIsLocked(ctx, on); err != nil {
		return err
	}
	other, _ := people.New(people.OwnerDiffers, v.person.Serial, v.now())
	for on.State == "open" {
		if on, err = v.card(ctx, on, other.Card, differs); err != nil {
			return err
		}
	}
	return steps(
		func() error { return v.exhausted(ctx, on) },
		func() error { return v.leaves(ctx) },
	)
}

func (v *visit) cardIsLocked(ctx context.Context, on Verification) error {
	_, err := v.client.bankCard(ctx, on.ID, cardRequest{Card: v.person.Card, Phone: v.person.Phone})
	p, err := wantProblem(err, "card_locked")
	if err == nil {
		err = remedied(p.Failure, "other_card", "retry_later")
	}
	if err == nil && p.NextAt == nil {
		err = errors.New("the time of the card's next query is not told")
	}
	return v.did("the same card is asked for no more today", err)
}

// networkBusy loses no try and leaves.
func networkBusy(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if on, err = v.faceThen(ctx, on, err); err != nil {
		return err
	}
	for range 2 {
		if on, err = v.card(ctx, on, v.person.Card, outcome{"cancelled", "provider_busy", false}); err != nil {
			return err
		}
	}
	return steps(
		func() error {
			return v.did("is told to come back", remedied(on.Failure, "other_method", "retry_later"))
		},
		func() error { return v.voids(ctx, on, "not now") },
		func() error { return v.leaves(ctx) },
	)
}

// cardUnresolved gets no answer, loses no try, and passes by asking again.
func cardUnresolved(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if on, err = v.faceThen(ctx, on, err); err != nil {
		return err
	}
	if on, err = v.card(ctx, on, v.person.Card, outcome{"unresolved", "card_unresolved", false}); err != nil {
		return err
	}
	if err = v.did("is told that nothing was counted", remedied(on.Failure, "retry_now", "retry_later")); err != nil {
		return err
	}
	if on, err = v.card(ctx, on, v.person.Card, passes()); err != nil {
		return err
	}
	return steps(
		func() error { return v.acceptsPhoto(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// voids ends a verification before its time.
func (v *visit) voids(ctx context.Context, on Verification, why string) error {
	err := v.client.void(ctx, on.ID)
	if err == nil {
		var got Verification
		if got, err = v.client.verification(ctx, on.ID); err == nil {
			err = same("state", got.State, "voided")
		}
	}
	return v.did("voids the verification ("+why+")", err)
}

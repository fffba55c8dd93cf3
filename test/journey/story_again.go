package journey

import (
	"context"
	"errors"

	"renzheng/test/people"
)

// mistypes the number, then the name, and then nothing.
func mistypes(ctx context.Context, v *visit) error {
	wrong := v.typed()
	stranger, _ := people.New(people.Passes, v.person.Serial, v.now())
	wrong.Document.Name = stranger.Name
	if err := steps(
		func() error { return v.isPushed(ctx) },
		func() error { return v.enter(ctx) },
		func() error { return v.consents(ctx, access) },
		func() error { return v.mistypesNumber(ctx) },
	); err != nil {
		return err
	}
	on, err := v.begins(ctx, wrong)
	if err != nil {
		return err
	}
	if on, err = v.face(ctx, on, outcome{"failed", "identity_not_confirmed", true}); err != nil {
		return err
	}
	if err = steps(
		func() error {
			return v.did("is told to look at what was typed", remedied(on.Failure, "check_input", "check_spelling", "check_validity", "other_method", "retry_later"))
		},
		func() error { return v.voids(ctx, on, "types again") },
	); err != nil {
		return err
	}
	if on, err = v.begins(ctx, v.typed()); err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// mistypesNumber is told the place and the rule, and never the value.
func (v *visit) mistypesNumber(ctx context.Context) error {
	wrong := v.typed()
	digits := []byte(v.person.Number)
	digits[15] = '0' + (digits[15]-'0'+1)%10
	wrong.Document.Number = string(digits)
	_, err := v.client.start(ctx, wrong)
	p, err := wantProblem(err, "values_invalid")
	if err == nil && (len(p.Errors) != 1 || p.Errors[0].Pointer != "/document/number") {
		err = errors.New("the problem does not point at the number")
	}
	return v.did("is told that the number is mistyped", err)
}

// changesMind leaves the camera, begins again, rejects the photo, and passes
// without a second bank card.
func changesMind(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	before := on.Tries.Left
	if on, err = v.leavesCamera(ctx, on); err != nil {
		return err
	}
	if on, err = v.face(ctx, on, passes()); err != nil {
		return err
	}
	if on, err = v.card(ctx, on, v.person.Card, passes()); err != nil {
		return err
	}
	if err = v.voids(ctx, on, "not a good photo"); err != nil {
		return err
	}
	if on, err = v.begins(ctx, v.typed()); err != nil {
		return err
	}
	if err = v.did("leaving has used up no try", same("tries left", on.Tries.Left, before)); err != nil {
		return err
	}
	if on, err = v.face(ctx, on, passes()); err != nil {
		return err
	}
	return steps(
		func() error { return v.did("the bank card counts again", cardSkipped(on)) },
		func() error { return v.acceptsPhoto(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// leavesCamera before the face is taken: Alipay waits for another one, WeChat
// tells that the person has left.
func (v *visit) leavesCamera(ctx context.Context, on Verification) (Verification, error) {
	if v.role.Provider() == "alipay" {
		return on, v.did("leaves the camera", v.waitsInVain(ctx, on, v.shows(leave, cancelled)))
	}
	return v.faceOf(ctx, on, v.shows(leave, cancelled), outcome{"cancelled", "face_cancelled", false})
}

func cardSkipped(on Verification) error {
	for _, check := range on.Checks {
		if check.Check == cardCheck {
			return same("state of the bank card", check.State, "skipped")
		}
	}
	return errors.New("the verification has no bank card")
}

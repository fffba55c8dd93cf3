package journey

import (
	"context"
	"errors"

	"renzheng/test/people"
)

// exhausted checks that the last try makes the verification fail.
func (v *visit) exhausted(ctx context.Context, on Verification) error {
	err := errors.Join(same("state", on.State, "failed"), remedied(on.Failure, "other_method", "retry_later"))
	if err == nil {
		_, err = v.client.startFace(ctx, on.ID)
		_, err = wantProblem(err, "verification_failed")
	}
	return v.did("no try is left, and is told when there is", err)
}

// faceDiffers uses up all tries; a new verification brings no new ones.
func faceDiffers(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	for on.State == "open" {
		if on, err = v.face(ctx, on, outcome{"failed", "face_differs", true}); err != nil {
			return err
		}
	}
	return steps(
		func() error { return v.exhausted(ctx, on) },
		func() error { return v.startsInVain(ctx) },
		func() error { return v.leaves(ctx) },
	)
}

// startsInVain begins again and is told when the next try is possible.
func (v *visit) startsInVain(ctx context.Context) error {
	on, err := v.client.start(ctx, v.typed())
	if err == nil {
		_, err = v.client.startFace(ctx, on.ID)
		var p *ProblemError
		if p, err = wantProblem(err, "tries_exhausted"); err == nil {
			err = remedied(p.Failure, "other_method", "retry_later")
			if p.NextAt == nil || !p.NextAt.After(v.now()) {
				err = errors.Join(err, errors.New("the time of the next try is not told"))
			}
		}
	}
	return v.did("beginning again brings no new tries", err)
}

// noPhoto is sent to other remedies, because another face would not help.
func noPhoto(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if on, err = v.face(ctx, on, outcome{"failed", "face_no_record", true}); err != nil {
		return err
	}
	return steps(
		func() error { return v.did("is sent to the window", remedied(on.Failure, "other_method")) },
		func() error { return v.leaves(ctx) },
	)
}

// poorLight passes at the third try.
func poorLight(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	for range 2 {
		if on, err = v.face(ctx, on, outcome{"failed", "face_quality", true}); err != nil {
			return err
		}
		if err = v.did("is told to find better light", remedied(on.Failure, "retry_better_light")); err != nil {
			return err
		}
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

// otherFaceFirst opens the link on another person's phone, where it is invalid, and
// shows another person's face, which does not pass.
func otherFaceFirst(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if err = v.linkIsPassedOn(ctx, on); err != nil {
		return err
	}
	if on, err = v.faceOf(ctx, on, v.shows(otherFace, notPassed), outcome{"failed", "face_differs", true}); err != nil {
		return err
	}
	return steps(
		func() error { return v.passesAccess(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

func (v *visit) linkIsPassedOn(ctx context.Context, on Verification) error {
	helper, _ := people.New(people.Passes, v.person.Serial, v.now())
	err := v.waitsInVain(ctx, on, showing{openID: helper.OpenID, action: ownFace, result: notPassed})
	return v.did("the link is worth nothing on another phone", err)
}

// waitsInVain shows a face that does not reach the provider. The check stays open.
func (v *visit) waitsInVain(ctx context.Context, on Verification, how showing) error {
	started, err := v.beginFace(ctx, on)
	if err != nil {
		return err
	}
	shown, err := v.far.showFace(ctx, *started.Call, how.openID, how.action)
	if err != nil {
		return err
	}
	got, again, err := v.client.faceResult(ctx, on.ID, started.AttemptID)
	if err == nil && !again {
		err = errors.New("the check has a result, want none")
	}
	return errors.Join(err, same("what the mini-program is told", shown, how.result),
		same("state", got.State, "open"), same("counted", got.Counted, false))
}

// faceInDoubt gets no answer to the first query of the result. A later query returns
// that the face passed.
func faceInDoubt(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if on, err = v.faceUnknownFirst(ctx, on); err != nil {
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

func (v *visit) faceUnknownFirst(ctx context.Context, on Verification) (Verification, error) {
	started, err := v.beginFace(ctx, on)
	if err != nil {
		return on, v.did("face: unknown", err)
	}
	if _, err = v.far.showFace(ctx, *started.Call, v.person.OpenID, ownFace); err != nil {
		return on, v.did("face: unknown", err)
	}
	got, again, err := v.client.faceResult(ctx, on.ID, started.AttemptID)
	if err == nil {
		err = errors.Join(same("state", got.State, "unknown"), same("ask again", again, true), same("counted", got.Counted, false))
	}
	if err = v.did("face: unknown", err); err != nil {
		return on, err
	}
	got, err = v.awaitFace(ctx, on.ID, started.AttemptID)
	if err == nil {
		err = passes().fits(on, got)
	}
	return got.Verification, v.did("face: passed after all", err)
}

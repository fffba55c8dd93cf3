package journey

import (
	"context"
	"errors"
)

// notConfirmed gets the same answer for a document that is in no record, belongs to
// another person or differs from the record. Each of them uses a try.
func notConfirmed(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if on, err = v.face(ctx, on, outcome{"failed", "identity_not_confirmed", true}); err != nil {
		return err
	}
	return steps(
		func() error {
			return v.did("is told to look at what was typed", remedied(on.Failure, "check_input", "check_spelling", "check_validity", "other_method", "retry_later"))
		},
		func() error { return v.leaves(ctx) },
	)
}

// documentExpired is rejected before a provider is called.
func documentExpired(ctx context.Context, v *visit) error {
	return steps(
		func() error { return v.enter(ctx) },
		func() error { return v.consents(ctx, access) },
		func() error { return v.isRejected(ctx, "document_expired", "check_validity", "other_method") },
		func() error { return v.leaves(ctx) },
	)
}

// gatewayBusy does not reach the camera, loses no try and leaves.
func gatewayBusy(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	before := on.Tries.Left
	for range 2 {
		if on, err = v.findsNobody(ctx, on); err != nil {
			return err
		}
	}
	return steps(
		func() error { return v.did("has lost no try", same("tries left", on.Tries.Left, before)) },
		func() error {
			return v.did("is told to come back", remedied(on.Failure, "other_method", "retry_later"))
		},
		func() error { return v.voids(ctx, on, "not now") },
		func() error { return v.leaves(ctx) },
	)
}

// findsNobody begins a face check that the third party does not begin.
func (v *visit) findsNobody(ctx context.Context, on Verification) (Verification, error) {
	got, err := v.client.startFace(ctx, on.ID)
	if err == nil {
		err = outcome{"cancelled", "provider_busy", false}.fits(on, got)
	}
	if err == nil && got.Call != nil {
		err = errors.New("there is a camera to open, want none")
	}
	return got.Verification, v.did("face: provider_busy", err)
}

// oddVerdict receives an undocumented verdict, which is not a pass.
func oddVerdict(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	if _, err = v.face(ctx, on, outcome{"failed", "face_differs", true}); err != nil {
		return err
	}
	return v.leaves(ctx)
}

// tokenEnds passes although the server's access token ends between the start of the
// face check and the query of its result.
func tokenEnds(ctx context.Context, v *visit) error {
	on, err := v.enters(ctx)
	if err != nil {
		return err
	}
	started, err := v.beginFace(ctx, on)
	if err == nil {
		err = v.far.endWeChatToken(ctx)
	}
	if err != nil {
		return v.did("the access token ends", err)
	}
	how := v.shows(ownFace, done)
	how.want = passes()
	if on, err = v.finishFace(ctx, on, started, how); err != nil {
		return err
	}
	if on, err = v.cardIfAsked(ctx, on); err != nil {
		return err
	}
	return steps(
		func() error { return v.acceptsPhoto(ctx, on) },
		func() error { return v.confirmsAndLeaves(ctx) },
	)
}

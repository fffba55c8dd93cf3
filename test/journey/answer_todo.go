package journey

import (
	"context"
	"errors"

	"renzheng/providers/registry/registrytest"
)

// confirmsAll confirms every todo of the person, each after its own face check.
func (v *visit) confirmsAll(ctx context.Context) error {
	if err := v.consents(ctx, confirm); err != nil {
		return err
	}
	for _, signer := range v.mine() {
		if err := v.confirms(ctx, signer); err != nil {
			return err
		}
	}
	return nil
}

// confirms reads a todo, verifies for it, signs, and checks that the registry
// received the answer.
func (v *visit) confirms(ctx context.Context, signer registrytest.SignerState) error {
	shown, err := v.reads(ctx, signer)
	if err != nil {
		return err
	}
	verified, err := v.client.start(ctx, startRequest{
		Purpose: confirm, TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest,
	})
	if err == nil {
		err = boundTo(verified, shown)
	}
	if err = v.did("begins the check for this todo", err); err != nil {
		return err
	}
	if verified, err = v.face(ctx, verified, passes()); err != nil {
		return err
	}
	return v.signs(ctx, verified, shown)
}

func boundTo(got Verification, shown Todo) error {
	return errors.Join(
		same("todo of the verification", got.TodoID, shown.ID),
		same("revision of the verification", got.Revision, shown.Revision),
		same("digest of the verification", got.ContentDigest, shown.ContentDigest),
	)
}

// signs confirms with a handwriting, twice like an impatient user, and follows the
// answer to the registry.
func (v *visit) signs(ctx context.Context, verified Verification, shown Todo) error {
	if err := same("state of the verification", verified.State, "passed"); err != nil {
		return v.did("signs by hand", err)
	}
	key, sent := newKey(), confirmRequest{
		VerificationID: verified.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, Strokes: handwrite(),
	}
	got, err := v.client.confirm(ctx, shown.ID, key, sent)
	if err == nil {
		err = v.answerFits(got, shown, "confirmed")
	}
	if err == nil {
		var again Confirmation
		if again, err = v.client.confirm(ctx, shown.ID, key, sent); err == nil && again != got {
			err = errors.New("the same call again gave another answer")
		}
	}
	if err = v.did("signs by hand and confirms", err); err != nil {
		return err
	}
	if v.signed != nil {
		v.signed(ctx, v.client, v.person, Signed{got, sent.Strokes})
	}
	return v.follows(ctx, got)
}

// declines answers a todo with no, which needs neither face nor handwriting.
func (v *visit) declines(ctx context.Context, signer registrytest.SignerState, reason string) (Confirmation, error) {
	shown, err := v.reads(ctx, signer)
	if err != nil {
		return Confirmation{}, err
	}
	got, err := v.client.decline(ctx, shown.ID, declineRequest{
		Revision: shown.Revision, ContentDigest: shown.ContentDigest, Reason: reason,
	})
	if err == nil {
		err = errors.Join(v.answerFits(got, shown, "refused"), same("reason", got.Reason, reason))
	}
	if err = v.did("declines ("+reason+")", err); err != nil {
		return got, err
	}
	return got, v.follows(ctx, got)
}

func (v *visit) answerFits(got Confirmation, shown Todo, decision string) error {
	if err := errors.Join(
		same("decision", got.Decision, decision), same("todo of the answer", got.TodoID, shown.ID),
		same("digest of the answer", got.ContentDigest, shown.ContentDigest),
		same("revision of the answer", got.Revision, shown.Revision),
	); err != nil {
		return err
	}
	v.acknowledged(got)
	return nil
}

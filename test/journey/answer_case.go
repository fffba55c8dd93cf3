package journey

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"renzheng/test/people"
)

// Ways to answer a case.
const (
	AsPass   = "pass"   // passes all checks, signs and confirms
	AsRefuse = "refuse" // passes the checks for access and declines
	AsFail   = "fail"   // shows somebody else's face, and gets no further
)

// AnswerOptions select a signer of a case that any registry pushed.
type AnswerOptions struct {
	Server, Sandbox string // addresses, as in Options
	CaseID          string
	SignerID        string
	Person          people.Person // whose document the case names
	As              string        // one of the ways above
	Out             io.Writer     // receives every step
	Now             time.Time     // of the sandbox
}

// Answer plays all that one signer does, from opening the mini-program to the end. It returns the first step that a
// person cannot take.
func Answer(ctx context.Context, o AnswerOptions) error {
	channel := people.Alipay
	told := &tally{out: o.Out}
	settings := Options{Server: o.Server, Sandbox: o.Sandbox, Patience: defaultPatience, Clock: func() time.Time { return o.Now }}
	v := settings.visit(people.Role{Channel: channel, Form: o.Person.Form, Fate: o.Person.Fate}, o.Person.Serial, told)
	v.caseID = o.CaseID
	if err := steps(
		func() error { return v.enter(ctx) },
		func() error { return v.consents(ctx, access) },
	); err != nil {
		return err
	}
	on, err := v.begins(ctx, v.typed())
	if err != nil {
		return err
	}
	if o.As == AsFail {
		return v.showsOtherFace(ctx, on)
	}
	if err = v.passesAccess(ctx, on); err != nil {
		return err
	}
	shown, err := v.finds(ctx, o.SignerID)
	if err != nil {
		return err
	}
	if o.As == AsRefuse {
		return v.declinesShown(ctx, shown)
	}
	return v.confirmsShown(ctx, shown)
}

// finds opens the open todos of the list until one is of the case and the signer.
func (v *visit) finds(ctx context.Context, signerID string) (Todo, error) {
	rows, err := v.client.todos(ctx)
	if err != nil {
		return Todo{}, v.did("sees the list of todos", err)
	}
	for _, row := range rows {
		if row.State != "open" {
			continue
		}
		shown, err := v.client.todo(ctx, row.ID)
		if err != nil {
			return Todo{}, v.did("reads a todo", err)
		}
		if shown.Content.CaseID == v.caseID && shown.Content.SignerID == signerID {
			return shown, v.did("reads the todo", nil)
		}
	}
	return Todo{}, errors.New("the list has no open todo of this case")
}

func (v *visit) confirmsShown(ctx context.Context, shown Todo) error {
	if err := v.consents(ctx, confirm); err != nil {
		return err
	}
	verified, err := v.client.start(ctx, startRequest{
		Purpose: confirm, TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest,
	})
	if err = v.did("begins the check for this todo", err); err != nil {
		return err
	}
	if verified, err = v.face(ctx, verified, passes()); err != nil {
		return err
	}
	_, err = v.client.confirm(ctx, shown.ID, newKey(), confirmRequest{
		VerificationID: verified.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, Strokes: handwrite(),
	})
	return v.did("signs by hand and confirms", err)
}

func (v *visit) declinesShown(ctx context.Context, shown Todo) error {
	_, err := v.client.decline(ctx, shown.ID, declineRequest{
		Revision: shown.Revision, ContentDigest: shown.ContentDigest, Reason: "content_wrong",
	})
	return v.did("declines (content_wrong)", err)
}

// showsOtherFace lets somebody else look into the camera.
func (v *visit) showsOtherFace(ctx context.Context, on Verification) error {
	started, err := v.beginFace(ctx, on)
	if err != nil {
		return v.did("begins the face check", err)
	}
	if _, err = v.far.showFace(ctx, *started.Call, v.person.OpenID, otherFace); err != nil {
		return v.did("shows another face", err)
	}
	got, err := v.awaitFace(ctx, on.ID, started.AttemptID)
	if err == nil && got.Failure == nil {
		err = fmt.Errorf("the face check is %s", got.State)
	}
	if err != nil {
		return v.did("fails the face check", err)
	}
	return v.did("fails the face check: "+got.Failure.Code, nil)
}

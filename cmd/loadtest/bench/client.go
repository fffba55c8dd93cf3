package bench

import (
	"context"
	"fmt"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/test/people"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// client is a person with a session and a grant.
type client struct {
	token    string
	actor    verification.Actor
	viewer   todo.Viewer
	document identity.Document
}

// welcome takes a person from the login to the accepted notices.
func (o *services) welcome(ctx context.Context, p people.Person) (client, error) {
	opened, err := o.sessions.Open(ctx, session.OpenRequest{
		Channel: identity.Alipay, Code: p.OpenID, Client: session.Client{Platform: "android", Version: "14"},
	})
	if err != nil {
		return client{}, fmt.Errorf("opening a session: %w", err)
	}
	v := client{token: opened.Token, actor: actorOf(opened.Session)}
	if v.document, err = identity.ParseDocument(identity.ResidentID, p.Number, p.Name); err != nil {
		return client{}, fmt.Errorf("reading a sample document: %w", err)
	}
	return v, o.acceptNotices(ctx, v)
}

// admit takes a person from the login to the grant.
func (o *services) admit(ctx context.Context, p people.Person) (client, error) {
	v, err := o.welcome(ctx, p)
	if err != nil {
		return client{}, err
	}
	if err = o.access(ctx, v, p); err != nil {
		return client{}, err
	}
	granted, err := o.sessions.Authenticate(ctx, v.token)
	if err != nil {
		return client{}, fmt.Errorf("reading the grant: %w", err)
	}
	v.actor = actorOf(granted)
	v.viewer = todo.Viewer{
		SessionID: granted.ID, AccountID: granted.Account.ID, GrantID: granted.Grant.ID,
		SubjectID: granted.Grant.SubjectID, Name: v.document.Name,
	}
	return v, nil
}

func actorOf(s session.Session) verification.Actor {
	a := verification.Actor{
		SessionID: s.ID, AccountID: s.Account.ID, Channel: string(s.Account.Channel),
	}
	if s.Grant != nil {
		a.GrantID, a.GrantSubjectID, a.GrantDocument = s.Grant.ID, s.Grant.SubjectID, s.Grant.Document
	}
	return a
}

func (o *services) acceptNotices(ctx context.Context, v client) error {
	for _, purpose := range []policy.Purpose{policy.Access, policy.Confirm} {
		var refs []notice.Ref
		for _, n := range o.verifications.NoticesFor(notice.Query{Purpose: purpose, DocumentType: v.document.Type, Channel: v.actor.Channel}) {
			refs = append(refs, notice.Ref{ID: n.ID, Version: n.Version, Hash: n.Hash})
		}
		if _, err := o.verifications.AcceptNotices(ctx, v.actor, refs); err != nil {
			return fmt.Errorf("accepting the notices: %w", err)
		}
	}
	return nil
}

// access passes the checks and accepts the photo.
func (o *services) access(ctx context.Context, v client, p people.Person) error {
	card, err := identity.ParseBankCard(p.Card)
	if err != nil {
		return fmt.Errorf("reading a sample card: %w", err)
	}
	view, err := o.verifications.Start(ctx, v.actor, verification.StartRequest{Purpose: policy.Access, Document: &v.document})
	if err != nil {
		return fmt.Errorf("starting a verification: %w", err)
	}
	if err = o.passFace(ctx, v, view.ID); err != nil {
		return err
	}
	if _, _, err = o.verifications.CheckBankCard(ctx, v.actor, view.ID, verification.BankCardRequest{Card: card}); err != nil {
		return fmt.Errorf("checking a card: %w", err)
	}
	if _, err = o.verifications.Accept(ctx, v.actor, view.ID); err != nil {
		return fmt.Errorf("accepting the photo: %w", err)
	}
	return nil
}

func (o *services) passFace(ctx context.Context, v client, verificationID string) error {
	_, attempt, err := o.verifications.StartFace(ctx, v.actor, verificationID)
	if err != nil {
		return fmt.Errorf("starting a face: %w", err)
	}
	if _, attempt, err = o.verifications.FinishFace(ctx, v.actor, verificationID, attempt.ID); err != nil {
		return fmt.Errorf("finishing a face: %w", err)
	}
	if attempt.State != verification.AttemptPassed {
		return fmt.Errorf("a face that passes is %s", attempt.State)
	}
	return nil
}

// readyToConfirm shows a todo to its signer and verifies once more for it.
func (o *services) readyToConfirm(ctx context.Context, v client, todoID string) (confirmation, error) {
	shown, err := o.todos.Detail(ctx, v.viewer, todoID)
	if err != nil {
		return confirmation{}, fmt.Errorf("showing a todo: %w", err)
	}
	view, err := o.verifications.Start(ctx, v.actor, verification.StartRequest{
		Purpose: policy.Confirm,
		Todo:    &verification.TodoBinding{TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest},
	})
	if err != nil {
		return confirmation{}, fmt.Errorf("starting a verification: %w", err)
	}
	if err = o.passFace(ctx, v, view.ID); err != nil {
		return confirmation{}, err
	}
	return confirmation{
		todoID: shown.ID, token: v.token,
		body: confirmationBody{
			VerificationID: view.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, Strokes: handwrite(),
		},
	}, nil
}

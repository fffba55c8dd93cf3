package storetest_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/storetest"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// shortGrant is how long the grants of these tests are live. It is less than a confirm verification is usable.
const shortGrant = verification.UsableFor / 2

// grantEnds returns all ways in which a grant ends.
func grantEnds() []string {
	return []string{"log-out", "its verification is voided", "a consent is withdrawn", "a new grant", "its time", "a surplus session"}
}

// end ends the viewer's grant in one of those ways. It returns the viewer of later calls.
func (f *todoFixture) end(t *testing.T, how string, v todo.Viewer, person identity.Document) todo.Viewer {
	t.Helper()
	s, err := f.replicas[1], error(nil)
	switch how {
	case "log-out":
		err = s.CloseSession(t.Context(), v.SessionID, f.now())
	case "its verification is voided":
		err = s.VoidVerification(t.Context(), v.SessionID, f.accessOf(t, v), f.now())
	case "a consent is withdrawn":
		live := must[[]verification.Consent](t)(s.Consents(t.Context(), v.AccountID, f.now()))
		_, err = s.WithdrawConsent(t.Context(), v.AccountID, live[0].ID, f.now())
	case "a new grant":
		v = f.regrant(t, v, person, time.Hour)
	case "its time":
		f.later.Add(int64(shortGrant))
	case "a surplus session":
		for range session.MaxPerAccount {
			f.login(t, strconv.Itoa(f.next()), "user "+strings.TrimPrefix(v.SessionID, "ses_"))
		}
	default:
		t.Fatalf("no grant ends by %s", how)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// regrant makes a new grant for the viewer's session, which ends the earlier one.
func (f *todoFixture) regrant(t *testing.T, v todo.Viewer, person identity.Document, life time.Duration) todo.Viewer {
	t.Helper()
	access := f.pass(t, verification.Verification{
		ID: id("ver_"), AccountID: v.AccountID, SessionID: v.SessionID, Purpose: policy.Access, Channel: "alipay",
		State: verification.Open, Document: person,
	}, verification.AwaitingAcceptance)
	made := must[verification.GrantMade](t)(f.replicas[0].Accept(t.Context(), verification.Acceptance{
		SessionID: v.SessionID, VerificationID: access.ID, GrantID: id("grt_"), Now: f.now(), Until: f.now().Add(life),
	}))
	v.GrantID = made.GrantID
	return v
}

// accessOf returns the id of the access verification that made the viewer's grant.
func (f *todoFixture) accessOf(t *testing.T, v todo.Viewer) string {
	t.Helper()
	var access string
	err := (&fixture{dsn: f.dsn}).raw(t).GetContext(t.Context(), &access, "SELECT verification_id FROM grants WHERE id = ?", v.GrantID)
	if err != nil {
		t.Fatal(err)
	}
	return access
}

// confirms returns how many confirm verifications of the viewer's session satisfy a condition.
func (f *todoFixture) confirms(t *testing.T, v todo.Viewer, condition string) int {
	t.Helper()
	return (&fixture{dsn: f.dsn}).count(t, "SELECT COUNT(*) FROM verifications WHERE purpose = 'confirm' AND session_id = ? AND "+condition, v.SessionID)
}

// onEachEnd runs a test for each engine and each way in which a grant ends, with a viewer whose grant is short.
func onEachEnd(t *testing.T, test func(t *testing.T, f *todoFixture, v todo.Viewer, shown todo.Todo, end func() todo.Viewer)) {
	t.Helper()
	for _, engine := range storetest.Engines(t) {
		for _, how := range grantEnds() {
			t.Run(engine.Name+"/"+how, func(t *testing.T) {
				t.Parallel()
				f := newTodoFixture(t, engine)
				person := f.document(t, "李四")
				opened := f.open(t, person)[0]
				v := f.regrant(t, f.signIn(t, person), person, shortGrant)
				shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, opened.ID))
				test(t, f, v, shown, func() todo.Viewer { return f.end(t, how, v, person) })
			})
		}
	}
}

// However a grant ends, the confirm verifications that were begun under it end with it. They cannot be read any more,
// and no later grant of the same session and person can use them.
func TestGrant_WhateverEndsItEndsItsPassedConfirmVerification(t *testing.T) {
	t.Parallel()
	onEachEnd(t, func(t *testing.T, f *todoFixture, v todo.Viewer, shown todo.Todo, end func() todo.Viewer) {
		t.Helper()
		request := f.yes(t, v, shown)
		for what, read := range f.reads(v, request.VerificationID) {
			if err := read(t.Context()); err != nil {
				t.Fatalf("%s under the live grant: %v", what, err)
			}
		}
		after := end()
		for what, read := range f.reads(v, request.VerificationID) {
			if err := read(t.Context()); !errors.Is(err, verification.ErrNotFound) {
				t.Errorf("%s after the grant: got %v, want not found", what, err)
			}
		}
		for _, who := range []todo.Viewer{v, after} {
			if _, err := f.rules[0].ConfirmTodo(t.Context(), who, request); err == nil {
				t.Error("a pass from an ended grant confirmed a todo")
			}
		}
		must[[]policy.Purpose](t)(f.replicas[0].ExpireVerifications(t.Context(), f.now(), 10))
		if n := f.confirms(t, v, "state = 'passed'"); n != 0 {
			t.Errorf("%d passes outlive their grant", n)
		}
		if n := f.confirms(t, v, "portrait_id IN (SELECT id FROM portraits)"); n != 0 {
			t.Errorf("%d portraits outlive their grant", n)
		}
	})
}

// A face that passes after the end of the grant does not make its verification pass.
func TestGrant_NoConfirmVerificationPassesAfterIt(t *testing.T) {
	t.Parallel()
	onEachEnd(t, func(t *testing.T, f *todoFixture, v todo.Viewer, shown todo.Todo, end func() todo.Viewer) {
		t.Helper()
		begun := f.begin(t, f.confirm(v, shown))
		if !begun.ExpiresAt.Equal(f.now().Add(shortGrant)) {
			t.Errorf("got a verification until %v, want it to end with its grant", begun.ExpiresAt)
		}
		face := f.beginFace(t, begun)
		end()
		wantError(t, f.passFace(t, face, verification.Passed), verification.ErrConflict)
		if n := f.confirms(t, v, "(state = 'passed' OR portrait_id <> '')"); n != 0 {
			t.Errorf("%d confirm verifications passed after their grant", n)
		}
	})
}

// reads returns the ways in which a session reads a verification and what belongs to it.
func (f *todoFixture) reads(v todo.Viewer, id string) map[string]func(ctx context.Context) error {
	s := f.replicas[0]
	return map[string]func(ctx context.Context) error{
		"the verification": func(ctx context.Context) error {
			_, err := s.Verification(ctx, v.SessionID, id, f.now())
			return err
		},
		"the portrait": func(ctx context.Context) error {
			_, err := s.Portrait(ctx, v.SessionID, id, f.now())
			return err
		},
		"the attempt": func(ctx context.Context) error {
			_, err := s.Attempt(ctx, v.SessionID, "att_"+id, f.now())
			return err
		},
	}
}

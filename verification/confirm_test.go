package verification_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// push opens a todo for a person.
func (w *fixture) push(t *testing.T, caseID string, d identity.Document) todo.Todo {
	t.Helper()
	now := w.clock()
	headline := todo.Headline{EnterpriseName: "示例有限公司", BusinessKind: todo.Establishment, Role: "股东"}
	opened := todo.Todo{
		ID: "tod_" + caseID, CaseRow: "cas_" + caseID, RegistryID: "r", CaseID: caseID, SignerID: "s1",
		Signer: d, Revision: 1, State: todo.Open, Headline: headline,
		Content:       todo.Content{RegistryID: "r", CaseID: caseID, SignerID: "s1", Role: "股东"},
		ContentDigest: strings.Repeat("d", 43), OpenedAt: now, ExpiresAt: now.Add(todo.Window),
	}
	applied, err := w.rows.ApplyCase(t.Context(), todo.CasePlan{
		Case: todo.Case{
			ID: opened.CaseRow, RegistryID: "r", CaseID: caseID, Revision: 1, State: todo.CaseOpen,
			PushDigest: strings.Repeat("p", 43), ReceivedAt: now,
		},
		Open: []todo.Todo{opened}, Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return applied.Todos[0]
}

func (w *fixture) serve(t *testing.T, a verification.Actor, shown todo.Todo) {
	t.Helper()
	viewer := todo.Viewer{SessionID: a.SessionID, AccountID: a.AccountID, GrantID: a.GrantID, SubjectID: a.GrantSubjectID}
	if err := w.rows.MarkServed(t.Context(), viewer, shown, w.clock()); err != nil {
		t.Fatal(err)
	}
}

func answer(shown todo.Todo) verification.StartRequest {
	return verification.StartRequest{Purpose: policy.Confirm, Todo: &verification.TodoBinding{
		TodoID: shown.ID, Revision: shown.Revision, ContentDigest: shown.ContentDigest, GrantID: "grt_forged",
	}}
}

func TestService_Confirm(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.passWithGrant(t, w.loginWithConsents(t), zhang(t))
	shown := w.push(t, "c1", zhang(t))
	w.serve(t, a, shown)
	view, err := w.Start(t.Context(), a, answer(shown))
	if err != nil {
		t.Fatal(err)
	}
	if !view.Document.Same(zhang(t)) || view.SubjectID != a.GrantSubjectID || view.Todo.GrantID != a.GrantID || len(view.Checks) != 1 {
		t.Fatalf("got %s of %s by %s, want it bound to the grant", view.Document, view.SubjectID, view.Todo.GrantID)
	}
	view, _ = w.face(t, a, view.ID, facePasses)
	if view.State != verification.Passed || !view.UsableUntil.Equal(w.clock().Add(verification.UsableFor)) {
		t.Fatalf("got %s until %s", view.State, view.UsableUntil)
	}
	if _, err = w.Accept(t.Context(), a, view.ID); stateCode(err) != verification.CodePassed {
		t.Errorf("accepting an answer's face: got %v, want no grant from it", err)
	}
	w.advance(verification.UsableFor)
	if view, err = w.Get(t.Context(), a, view.ID); err != nil || view.State != verification.Expired {
		t.Errorf("got %s, %v; want the pass to be over", view.State, err)
	}
}

func TestService_Confirm_Refused(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.passWithGrant(t, w.loginWithConsents(t), zhang(t))
	shown, unseen, others := w.push(t, "c1", zhang(t)), w.push(t, "c2", zhang(t)), w.push(t, "c3", person(t, 1))
	w.serve(t, a, shown)
	w.serve(t, a, others)
	stale := answer(shown)
	stale.Todo.Revision = 2
	forged := a
	forged.SessionID = w.login(t).SessionID
	for _, tt := range []struct {
		name    string
		actor   verification.Actor
		request verification.StartRequest
		want    error
	}{
		{"a todo that was not shown", a, answer(unseen), verification.ErrNotServed},
		{"somebody else's todo", a, answer(others), verification.ErrNotFound},
		{"another revision", a, stale, verification.ErrConflict},
		{"another session's grant", forged, answer(shown), verification.ErrNoGrant},
	} {
		_, err := w.Start(t.Context(), tt.actor, tt.request)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	w.advance(verification.GrantFor + time.Second)
	if _, err := w.Start(t.Context(), a, answer(shown)); !errors.Is(err, verification.ErrNoGrant) {
		t.Errorf("after the grant: got %v", err)
	}
}

func TestService_Confirm_NeedsHandover(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.login(t)
	w.acceptNotices(t, a, policy.Access)
	a = w.passWithGrant(t, a, zhang(t))
	shown := w.push(t, "c1", zhang(t))
	w.serve(t, a, shown)
	view, err := w.Start(t.Context(), a, answer(shown))
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = w.StartFace(t.Context(), a, view.ID)
	if got := missingKinds(err); !slices.Equal(got, []notice.Kind{notice.Handover}) {
		t.Errorf("got %v, want the hand-over to be asked for before the face", err)
	}
}

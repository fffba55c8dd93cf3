package storetest_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

func TestVerification_ConfirmIsBoundToWhatWasShown(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			person := f.document(t, "李四")
			opened := f.open(t, person, f.document(t, "王五"))
			viewer := f.signIn(t, person)
			insert := func(spoil func(v *verification.Verification)) (verification.Verification, error) {
				v := verification.Verification{
					ID: id("ver_"), AccountID: viewer.AccountID, SessionID: viewer.SessionID, Purpose: policy.Confirm,
					Channel: "alipay", State: verification.Open, Document: bob(t), CreatedAt: f.now(),
					ExpiresAt: f.now().Add(verification.OpenFor),
					Todo: &verification.TodoBinding{
						TodoID: opened[0].ID, Revision: 1, ContentDigest: opened[0].ContentDigest, GrantID: viewer.GrantID,
					},
					Checks: []verification.Check{{Kind: policy.Face, State: verification.CheckPending}},
				}
				spoil(&v)
				return f.replicas[1].InsertVerification(t.Context(), v, startBudgets(v.AccountID))
			}
			asIs := func(*verification.Verification) {}
			_, err := insert(asIs)
			wantError(t, err, verification.ErrNotServed)
			must[todo.Todo](t)(f.rules[0].Detail(t.Context(), viewer, opened[0].ID))

			for name, c := range map[string]struct {
				spoil func(v *verification.Verification)
				want  error
			}{
				"another session":         {func(v *verification.Verification) { v.SessionID = "ses_other" }, verification.ErrNoGrant},
				"another account":         {func(v *verification.Verification) { v.AccountID = "acc_other" }, verification.ErrNoGrant},
				"another grant":           {func(v *verification.Verification) { v.Todo.GrantID = "grt_other" }, verification.ErrNoGrant},
				"a todo of another":       {func(v *verification.Verification) { v.Todo.TodoID = opened[1].ID }, verification.ErrNotFound},
				"another revision":        {func(v *verification.Verification) { v.Todo.Revision = 2 }, verification.ErrConflict},
				"another content":         {func(v *verification.Verification) { v.Todo.ContentDigest = "other" }, verification.ErrConflict},
				"after the todo's window": {func(v *verification.Verification) { v.CreatedAt = v.CreatedAt.Add(todo.Window) }, verification.ErrConflict},
			} {
				if _, got := insert(c.spoil); !errors.Is(got, c.want) {
					t.Errorf("%s: got %v, want %v", name, got, c.want)
				}
			}
			v, err := insert(asIs)
			if err != nil {
				t.Fatal(err)
			}
			if v.Document != person || v.SubjectID != viewer.SubjectID {
				t.Error("subject and document are not those of the grant")
			}
			got, err := f.replicas[0].Verification(t.Context(), viewer.SessionID, v.ID, f.now())
			if err != nil || got.Todo == nil || *got.Todo != *v.Todo || got.Document != person {
				t.Errorf("got %+v, %v, want it bound to %+v", got.Todo, err, v.Todo)
			}
		})
	}
}

func TestVerification_ConfirmPassEndsUnused(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			viewer, request := f.ready(t, f.document(t, "李四"))
			portrait := func() error {
				_, err := f.replicas[0].Portrait(t.Context(), viewer.SessionID, request.VerificationID, f.now())
				return err
			}
			if err := portrait(); err != nil {
				t.Error(err)
			}
			f.later.Add(int64(verification.UsableFor / time.Nanosecond))
			wantError(t, portrait(), verification.ErrNotFound)
			if ended, err := f.replicas[0].ExpireVerifications(t.Context(), f.now(), 10); len(ended) != 1 || err != nil {
				t.Errorf("got %v, %v, want the unused pass to expire", ended, err)
			}
		})
	}
}

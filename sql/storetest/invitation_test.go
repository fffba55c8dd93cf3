package storetest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/keyring"
	"renzheng/sql/storetest"
	"renzheng/todo"
)

// invite makes an invitation to a todo.
func (f *todoFixture) invite(t *testing.T, to todo.Todo) todo.Invitation {
	t.Helper()
	return must[todo.Invitation](t)(f.rules[0].Invite(t.Context(), to.RegistryID, to.CaseID, to.SignerID))
}

// leadsNowhere checks that a code is as an unknown one for a viewer.
func (f *todoFixture) leadsNowhere(t *testing.T, when string, v todo.Viewer, i todo.Invitation) {
	t.Helper()
	for _, secret := range []string{i.Token.Reveal(), i.Code.Reveal()} {
		if id, err := f.rules[1].Invited(t.Context(), v, secret); !errors.Is(err, todo.ErrNotFound) {
			t.Errorf("%s: got %q, %v; want not found", when, id, err)
		}
	}
}

func TestInvitation_LeadsItsSignerToTheTodo(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang, li := f.document(t, "张三"), f.document(t, "李四")
			opened := f.open(t, zhang, li, zhang) // two roles of one person
			invitations := []todo.Invitation{f.invite(t, opened[0]), f.invite(t, opened[1]), f.invite(t, opened[2])}
			v := f.signIn(t, zhang)
			for n, want := range map[int]string{0: opened[0].ID, 2: opened[2].ID} {
				token, code := invitations[n].Token.Reveal(), invitations[n].Code.Reveal()
				for _, text := range []string{token, code, strings.ToLower(token), strings.ToLower(strings.ReplaceAll(code, "-", ""))} {
					if id, err := f.rules[1].Invited(t.Context(), v, text); err != nil || id != want {
						t.Errorf("signer %d: got %q, %v; want %s", n, id, err, want)
					}
				}
			}
			f.leadsNowhere(t, "another signer of the same case", v, invitations[1])
			stranger := f.signIn(t, f.document(t, "王五"))
			f.leadsNowhere(t, "a stranger", stranger, invitations[0])
			stranger.GrantID, stranger.SubjectID = v.GrantID, v.SubjectID // another session's grant
			f.leadsNowhere(t, "another session", stranger, invitations[0])
			otherwise := v
			otherwise.Name = li.Name // verified under another name than the registry's
			f.leadsNowhere(t, "another name", otherwise, invitations[0])
			again := f.invite(t, opened[0])
			f.leadsNowhere(t, "an invitation that was replaced", f.signIn(t, zhang), invitations[0])
			if id, err := f.rules[0].Invited(t.Context(), v, again.Code.Reveal()); err != nil || id != opened[0].ID {
				t.Errorf("the new one: got %q, %v", id, err)
			}
		})
	}
}

func TestInvitation_EndsWithTheTodo(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			for name, end := range map[string]func(*testing.T, *todoFixture, todo.Viewer, todo.Todo){
				"an answer": func(t *testing.T, f *todoFixture, v todo.Viewer, to todo.Todo) {
					t.Helper()
					shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, to.ID))
					must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, f.yes(t, v, shown)))
				},
				"a window at the counter": func(t *testing.T, f *todoFixture, _ todo.Viewer, to todo.Todo) {
					t.Helper()
					must[todo.Confirmation](t)(f.rules[0].CloseSigner(t.Context(), to.RegistryID, to.CaseID, to.SignerID))
				},
				"a revision": func(t *testing.T, f *todoFixture, _ todo.Viewer, to todo.Todo) {
					t.Helper()
					revised := push(to.CaseID, 2, to.Signer)
					revised.Items[0].Value = "贰佰万元"
					must[todo.PushResult](t)(f.rules[0].Push(t.Context(), revised))
				},
				"a withdrawal": func(t *testing.T, f *todoFixture, _ todo.Viewer, to todo.Todo) {
					t.Helper()
					if err := f.rules[0].WithdrawCase(t.Context(), to.RegistryID, to.CaseID); err != nil {
						t.Fatal(err)
					}
				},
				"seven days": func(_ *testing.T, f *todoFixture, _ todo.Viewer, _ todo.Todo) { f.later.Store(int64(todo.Window)) },
			} {
				f := newTodoFixture(t, engine)
				zhang := f.document(t, "张三")
				v := f.signIn(t, zhang)
				to := f.open(t, zhang)[0]
				invitation := f.invite(t, to)
				end(t, f, v, to)
				f.leadsNowhere(t, name, v, invitation)
				if err := f.replicas[0].PutInvitation(t.Context(), to, invitation, f.now()); !errors.Is(err, todo.ErrConflict) {
					t.Errorf("a late invitation after %s: got %v, want a conflict", name, err)
				}
			}
		})
	}
}

func TestInvitation_BoundsGuesses(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			v, other := f.signIn(t, zhang), f.signIn(t, zhang)
			invitation := f.invite(t, f.open(t, zhang)[0])
			for n := range 20 {
				if _, err := f.rules[n%2].Invited(t.Context(), v, "BBBB-BBBB"); !errors.Is(err, todo.ErrNotFound) {
					t.Fatalf("guess %d: got %v", n+1, err)
				}
			}
			for _, code := range []string{"BBBB-BBBB", invitation.Code.Reveal()} {
				if _, err := f.rules[0].Invited(t.Context(), v, code); !errors.Is(err, todo.ErrTooMany) {
					t.Errorf("beyond the limit: got %v", err)
				}
			}
			if _, err := f.rules[0].Invited(t.Context(), other, invitation.Code.Reveal()); err != nil {
				t.Errorf("another account: got %v", err)
			}
			f.later.Add(int64(time.Hour))
			for n := range 30 { // right ones are not counted
				if _, err := f.rules[0].Invited(t.Context(), v, invitation.Code.Reveal()); err != nil {
					t.Fatalf("an hour later, look-up %d: got %v", n+1, err)
				}
			}
		})
	}
}

// Only keyed hashes are stored, and those of an older look-up key are still found.
func TestInvitation_IsFoundUnderEveryLookupKey(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			zhang := f.document(t, "张三")
			v := f.signIn(t, zhang)
			to := f.open(t, zhang)[0]
			invitation := f.invite(t, to)
			rotated := must[[]byte](t)(keyring.Rotate(f.keys, keyring.KindLookup, f.now()))
			newer := f.newRules(storetest.OpenOn(t, f.dsn, openRing(t, rotated)))
			if id, err := newer.Invited(t.Context(), v, invitation.Code.Reveal()); err != nil || id != to.ID {
				t.Errorf("got %q, %v; want %s", id, err, to.ID)
			}
		})
	}
}

// What is left of an invitation goes when the seven days are over.
func TestInvitation_IsPurged(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			db := (&fixture{dsn: f.dsn}).raw(t)
			rows := func() (n int) {
				t.Helper()
				if err := db.GetContext(t.Context(), &n, "SELECT COUNT(*) FROM invitations"); err != nil {
					t.Fatal(err)
				}
				return n
			}
			for _, to := range f.open(t, f.document(t, "张三"), f.document(t, "李四")) {
				f.invite(t, to)
				f.invite(t, to)
			}
			f.purge(t)
			if got := rows(); got != 4 {
				t.Errorf("got %d rows, want a token and a code for each of two todos", got)
			}
			f.later.Store(int64(todo.Window))
			f.purge(t)
			if got := rows(); got != 0 {
				t.Errorf("got %d rows after seven days, want none", got)
			}
		})
	}
}

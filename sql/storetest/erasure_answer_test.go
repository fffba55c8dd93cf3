package storetest_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/retention"
	"renzheng/rights"
	"renzheng/sql/storetest"
	"renzheng/todo"
	"renzheng/verification"
)

func evidenceFor(string) time.Duration { return 1095 * day }

// eraseViewer requests and executes the erasure of a viewer on a replica.
func (f *todoFixture) eraseViewer(t *testing.T, v todo.Viewer, replica int) (string, error) {
	t.Helper()
	e := rights.Erasure{ID: rights.ErasureID(v.GrantID), SubjectID: v.SubjectID, AccountID: v.AccountID, RequestedAt: f.now()}
	err := f.replicas[replica].RequestErasure(t.Context(), e)
	if err == nil {
		_, err = f.replicas[replica].ExecuteErasure(t.Context(), e.ID, f.execution())
	}
	return e.ID, err
}

func (f *todoFixture) execution() rights.Execution {
	return rights.Execution{Now: f.now(), TriesLast: day, Evidence: evidenceFor}
}

func (f *todoFixture) counts(t *testing.T, query string, args ...any) int {
	t.Helper()
	return (&fixture{t: t, dsn: f.dsn}).count(t, query, args...)
}

// onEachTodo runs a test on every engine.
func onEachTodo(t *testing.T, test func(t *testing.T, f *todoFixture)) {
	t.Helper()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			test(t, newTodoFixture(t, engine))
		})
	}
}

func TestErasure_OfAnAnswerWaitsForTheEndOfItsEvidence(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		v, yes := f.ready(t, d)
		given := must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, yes))
		id, err := f.eraseViewer(t, v, 0)
		if err != nil {
			t.Fatal(err)
		}
		query := todo.EvidenceQuery{RegistryID: "sd", CaseID: given.CaseID, SignerID: "s0"}
		if e := must[todo.Evidence](t)(f.rules[1].GetEvidence(t.Context(), query)); e.Portrait == nil || e.Confirmation.Receipt != given.Receipt {
			t.Error("the registry does not get the evidence of its period")
		}
		again := f.signIn(t, d)
		if rows := must[todo.Records](t)(f.rules[0].ListConfirmations(t.Context(), again, todo.Page{})); len(rows.Rows) != 0 {
			t.Error("who comes back sees an answer of before")
		}
		const sealed = "SELECT COUNT(*) FROM confirmations WHERE LENGTH(openings_cipher) > 0"
		_ = must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution()))
		if n := f.counts(t, "SELECT COUNT(*) FROM portraits WHERE id = ?", given.PortraitID); n != 0 || f.counts(t, sealed) != 1 {
			t.Error("the portrait that was fetched is kept, or the answer is not")
		}
		f.later.Add(int64(1095 * day))
		if s := must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution())); s.State != rights.Done {
			t.Errorf("got an erasure %s, want it done", s.State)
		}
		if f.counts(t, sealed) != 0 || f.counts(t, "SELECT COUNT(*) FROM todos WHERE LENGTH(signer_cipher) > 0") != 0 {
			t.Error("the answer is still there")
		}
		if n := f.counts(t, "SELECT COUNT(*) FROM confirmations WHERE receipt = ?", given.Receipt); n != 1 {
			t.Error("the receipt is gone")
		}
		if n := f.counts(t, "SELECT COUNT(*) FROM events WHERE type = 'signer.erased' AND confirmation_id = ?", given.ID); n != 1 {
			t.Errorf("got %d events of the erasure, want one", n)
		}
		// The case goes on: the registry reads it, and may ask the same person again.
		if _, err = f.rules[0].Push(t.Context(), push(given.CaseID, 2, d)); err != nil {
			t.Errorf("the case cannot be revised: %v", err)
		}
	})
}

func TestErasure_LeavesAnOpenTodoToBeAnswered(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		v, _ := f.ready(t, d)
		id, err := f.eraseViewer(t, v, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.later.Add(int64(2 * day))
		if s := must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution())); s.State != rights.Partly {
			t.Errorf("got an erasure %s, want the todo to keep it", s.State)
		}
		again := f.signIn(t, d)
		listed := must[todo.Listing](t)(f.rules[0].List(t.Context(), again, todo.Page{}))
		if len(listed.Rows) != 1 {
			t.Fatalf("got %d todos, want the open one", len(listed.Rows))
		}
		shown := must[todo.Todo](t)(f.rules[0].Detail(t.Context(), again, listed.Rows[0].ID))
		_ = must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), again, f.yes(t, again, shown)))
	})
}

// An answer and an erasure at the same time: either the answer is given and set aside, or there is none.
func TestErasure_AndAnAnswerTakeTurns(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		for n := range 12 {
			d := f.document(t, "张三")
			v, yes := f.ready(t, d)
			var answered, erased error
			var both sync.WaitGroup
			both.Go(func() {
				if n%2 == 0 {
					_, answered = f.rules[0].ConfirmTodo(t.Context(), v, yes)
					return
				}
				_, answered = f.rules[0].DeclineTodo(t.Context(), v, todo.DeclineRequest{
					TodoID: yes.TodoID, Revision: yes.Revision, ContentDigest: yes.ContentDigest, Reason: todo.NotMine, Key: yes.Key,
				})
			})
			var id string
			both.Go(func() { id, erased = f.eraseViewer(t, v, 1) })
			both.Wait()
			if erased != nil {
				t.Fatalf("erasing: %v", erased)
			}
			var rejected *todo.RejectedError
			if answered != nil && !errors.As(answered, &rejected) && !errors.Is(answered, todo.ErrNotFound) && !errors.Is(answered, verification.ErrNotFound) {
				t.Errorf("answering: %v", answered)
			}
			answers := f.counts(t, "SELECT COUNT(*) FROM confirmations WHERE todo_id = ?", yes.TodoID)
			if (answered == nil) != (answers == 1) {
				t.Errorf("got %d answers and %v", answers, answered)
			}
			if answers == 1 && f.counts(t, "SELECT COUNT(*) FROM confirmations c JOIN todos o ON o.id = c.todo_id JOIN erasures e ON e.kept_id = c.subject_id AND e.kept_id = o.subject_id WHERE e.id = ?", id) != 1 {
				t.Error("the answer was not set aside")
			}
		}
	})
}

// An answer reads the verification and then its checks; an erasure may come between the two.
func TestErasure_BetweenTheReadsOfAnAnswer(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		v, yes := f.ready(t, f.document(t, "张三"))
		if _, err := (&fixture{t: t, dsn: f.dsn}).raw(t).ExecContext(t.Context(), "DELETE FROM checks WHERE verification_id = ?", yes.VerificationID); err != nil {
			t.Fatal(err)
		}
		_, err := f.rules[0].ConfirmTodo(t.Context(), v, yes)
		wantError(t, err, todo.ErrNotFound)
	})
}

// wantHoldShown fails unless the person sees one legal hold among what is stored.
func (f *todoFixture) wantHoldShown(t *testing.T, v todo.Viewer) {
	t.Helper()
	who := rights.Viewer{SessionID: v.SessionID, AccountID: v.AccountID, GrantID: v.GrantID, SubjectID: v.SubjectID}
	shown := must[[]rights.Held](t)(f.replicas[1].Held(t.Context(), who, f.now()))
	if !slices.ContainsFunc(shown, func(h rights.Held) bool { return h.Code == "holds" && h.Count == 1 }) {
		t.Errorf("got %v, want the hold shown to the person", shown)
	}
}

func TestErasure_LeavesWhatALegalHoldKeeps(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		for _, kind := range []retention.HoldKind{retention.HoldSubject, retention.HoldCase} {
			v, yes := f.ready(t, f.document(t, "张三"))
			given := must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, yes))
			query := todo.EvidenceQuery{RegistryID: "sd", CaseID: given.CaseID, SignerID: "s0"}
			_ = must[todo.Evidence](t)(f.rules[0].GetEvidence(t.Context(), query))
			hold := retention.Hold{Kind: kind, Registry: "sd", CaseID: given.CaseID, Ground: "court", PlacedBy: "clerk", PlacedAt: f.now()}
			if kind == retention.HoldSubject {
				hold.SignerID = "s0"
			}
			hold = must[retention.Hold](t)(f.replicas[0].PlaceHold(t.Context(), hold))
			f.wantHoldShown(t, v)
			id := must[string](t)(f.eraseViewer(t, v, 1))
			f.later.Add(int64(1096 * day))
			_ = must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution()))
			const sealed = "SELECT COUNT(*) FROM confirmations WHERE id = ? AND LENGTH(openings_cipher) > 0"
			if f.counts(t, sealed, given.ID) != 1 || f.counts(t, "SELECT COUNT(*) FROM portraits WHERE id = ?", given.PortraitID) != 1 {
				t.Errorf("a hold of a %s does not keep the answer", kind)
			}
			if n := f.counts(t, "SELECT COUNT(*) FROM data_keys WHERE owner_id = ?", v.SubjectID); kind == retention.HoldSubject && n != 1 {
				t.Error("a hold of a subject does not keep the subject")
			}
			if f.counts(t, "SELECT COUNT(*) FROM sessions WHERE id = ?", v.SessionID) != 0 {
				t.Error("the account is not erased")
			}
			if _, kept, err := f.replicas[0].Erasure(t.Context(), id); err != nil || kept.Held == 0 {
				t.Errorf("got %+v, %v, want the hold", kept, err)
			}
			if err := f.replicas[0].LiftHold(t.Context(), hold.ID, "clerk", f.now()); err != nil {
				t.Fatal(err)
			}
			_ = must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution()))
			f.later.Add(int64(day))
			if s := must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution())); s.State != rights.Done {
				t.Errorf("got an erasure %s after the hold, want it done", s.State)
			}
			if f.counts(t, sealed, given.ID) != 0 || f.counts(t, "SELECT COUNT(*) FROM subjects WHERE id = ?", v.SubjectID) != 0 {
				t.Errorf("something is left after the hold of a %s", kind)
			}
		}
	})
}

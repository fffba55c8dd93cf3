package storetest_test

import (
	"testing"
	"time"

	"renzheng/retention"
	"renzheng/rights"
	"renzheng/todo"
)

// due reports whether an erasure is due so long from now.
func (f *todoFixture) due(t *testing.T, in time.Duration) bool {
	t.Helper()
	return len(must[[]string](t)(f.replicas[0].DueErasures(t.Context(), f.now().Add(in), 10))) > 0
}

// What stays for years is not looked at every few minutes of these years.
func TestErasure_IsLookedAtLessAndLess(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		v, yes := f.ready(t, f.document(t, "张三"))
		_ = must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, yes))
		id := must[string](t)(f.eraseViewer(t, v, 0))
		for age, want := range map[time.Duration]time.Duration{0: time.Minute, 10 * day: 144 * time.Minute, 900 * day: 12 * time.Hour} {
			f.later.Store(int64(age))
			_ = must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution()))
			if f.due(t, want-time.Second) || !f.due(t, want) {
				t.Errorf("after %s: not due again in exactly %s", age, want)
			}
		}
	})
}

// One that fails is due later, so that fifty of them do not keep the others from their turn.
func TestErasure_ThatFailsIsPostponed(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		v, _ := f.ready(t, f.document(t, "张三"))
		raw := (&fixture{t: t, dsn: f.dsn}).raw(t)
		if _, err := raw.ExecContext(t.Context(), "UPDATE data_keys SET wrapped = x'00' WHERE owner_id = ?", v.SubjectID); err != nil {
			t.Fatal(err)
		}
		if _, err := f.eraseViewer(t, v, 0); err == nil {
			t.Fatal("a key that is no key does not fail the erasure")
		}
		if f.due(t, 0) || !f.due(t, time.Minute) {
			t.Error("the erasure is due at once, or never again")
		}
	})
}

// A hold that is being placed is as good as one that was placed: the erasure waits for it.
func TestErasure_WaitsForAHoldThatIsBeingPlaced(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		v, yes := f.ready(t, f.document(t, "张三"))
		c := must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, yes))
		id := must[string](t)(f.eraseViewer(t, v, 0))
		f.later.Store(int64(1096 * day))
		place := must[placing](t)(f.beginHold(t, c.CaseRow))
		erased := make(chan error, 1)
		go func() {
			_, err := f.replicas[1].ExecuteErasure(t.Context(), id, f.execution())
			erased <- err
		}()
		select {
		case err := <-erased:
			t.Errorf("the erasure did not wait: %v", err)
			place(t)
		case <-time.After(300 * time.Millisecond): // it cannot say that it waits
			place(t)
			if err := <-erased; err != nil {
				t.Error(err)
			}
		}
		if f.counts(t, "SELECT COUNT(*) FROM confirmations WHERE id = ? AND LENGTH(openings_cipher) > 0", c.ID) != 1 {
			t.Error("the answer that the hold keeps was erased")
		}
	})
}

// placing ends a hold that is being placed.
type placing func(t *testing.T)

// beginHold does what PlaceHold does, up to its commit.
func (f *todoFixture) beginHold(t *testing.T, caseRow string) (placing, error) {
	t.Helper()
	tx, err := (&fixture{t: t, dsn: f.dsn}).raw(t).BeginTxx(t.Context(), nil)
	if err == nil {
		_, err = tx.ExecContext(t.Context(), "UPDATE data_keys SET holds = holds + 1 WHERE owner_id = ?", caseRow)
	}
	if err == nil {
		_, err = tx.ExecContext(t.Context(), `INSERT INTO legal_holds (id, kind, owner_id, registry_id, case_id, signer_id, ground, placed_by, placed_at, lifted_by)
			VALUES ('hld_1', 'case', ?, 'sd', 'c', '', x'', x'', 1, x'')`, caseRow)
	}
	return func(t *testing.T) {
		t.Helper()
		if failed := tx.Commit(); failed != nil {
			t.Fatal(failed)
		}
	}, err
}

// A hold on one signer keeps the case, with the answers of the others.
func TestErasure_LeavesACaseThatAHoldOnAnotherSignerKeeps(t *testing.T) {
	t.Parallel()
	onEachTodo(t, func(t *testing.T, f *todoFixture) {
		d := f.document(t, "张三")
		opened := f.open(t, d, f.document(t, "李四"))[0]
		v := f.signIn(t, d)
		c := must[todo.AnswerResult](t)(f.rules[0].ConfirmTodo(t.Context(), v, f.yes(t, v, must[todo.Todo](t)(f.rules[0].Detail(t.Context(), v, opened.ID)))))
		hold := must[retention.Hold](t)(f.replicas[0].PlaceHold(t.Context(), retention.Hold{
			Kind: retention.HoldSubject, Registry: "sd", CaseID: c.CaseID, SignerID: "s1", Ground: "court", PlacedBy: "clerk", PlacedAt: f.now(),
		}))
		who := rights.Viewer{SessionID: v.SessionID, AccountID: v.AccountID, GrantID: v.GrantID, SubjectID: v.SubjectID}
		if kept := must[rights.Kept](t)(f.replicas[0].Kept(t.Context(), who, f.now())); kept.Held != 1 {
			t.Errorf("got %+v, want the hold as a ground", kept)
		}
		id := must[string](t)(f.eraseViewer(t, v, 0))
		f.later.Store(int64(1096 * day))
		_ = must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution()))
		const sealed = "SELECT COUNT(*) FROM confirmations WHERE id = ? AND LENGTH(openings_cipher) > 0"
		if f.counts(t, sealed, c.ID) != 1 {
			t.Error("the answer was erased")
		}
		if _, kept, err := f.replicas[0].Erasure(t.Context(), id); err != nil || kept.Held != 1 {
			t.Errorf("got %+v, %v, want the hold", kept, err)
		}
		if f.due(t, 0) {
			t.Error("the erasure is due while the hold keeps it")
		}
		if err := f.replicas[1].LiftHold(t.Context(), hold.ID, "clerk", f.now()); err != nil {
			t.Fatal(err)
		}
		if !f.due(t, 0) {
			t.Error("the erasure is not due when the hold is lifted")
		}
		_ = must[rights.ErasureStatus](t)(f.replicas[1].ExecuteErasure(t.Context(), id, f.execution()))
		if f.counts(t, sealed, c.ID) != 0 {
			t.Error("the answer is left after the hold")
		}
	})
}

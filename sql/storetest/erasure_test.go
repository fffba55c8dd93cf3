package storetest_test

import (
	"testing"
	"time"

	"renzheng/rights"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// erased requests the erasure of a session's person and executes it.
func (f *fixture) erased(t *testing.T, ses session.Session) rights.ErasureStatus {
	t.Helper()
	e := rights.Erasure{
		ID: rights.ErasureID(ses.Grant.ID), SubjectID: ses.Grant.SubjectID, AccountID: ses.Account.ID, RequestedAt: f.now,
	}
	for range 2 { // idempotent
		if err := f.store.RequestErasure(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	return f.execute(t, e.ID)
}

func (f *fixture) execute(t *testing.T, id string) rights.ErasureStatus {
	t.Helper()
	status, err := f.replica.ExecuteErasure(t.Context(), id, rights.Execution{Now: f.now, TriesLast: day, Evidence: evidenceFor})
	if err != nil {
		t.Fatal(err)
	}
	return status
}

func (f *fixture) wantState(t *testing.T, got rights.ErasureStatus, want rights.ErasureState) {
	t.Helper()
	if got.State != want {
		t.Errorf("got an erasure %s, want %s", got.State, want)
	}
}

func TestErasure_LeavesNothingButUsedTries(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		f.granted(t, "w", bob(t)) // somebody else, who stays
		before := map[string]int{}
		for _, table := range erasedTables() {
			before[table] = f.count(t, "SELECT COUNT(*) FROM "+table)
		}
		ses, c := f.remembering(t, ann(t))
		if _, err := f.use(t, f.store, ses); err != nil {
			t.Fatal(err)
		}
		status := f.erased(t, ses)
		f.wantState(t, status, rights.Partly)
		f.wantRows(t, "erased", before)
		f.wantRows(t, "until tries end", map[string]int{"subject_keys": 2, "account_keys": 2, "subjects": 2, "accounts": 2})
		_, err := f.replica.FindSession(t.Context(), token(ses.ID), f.now)
		wantError(t, err, session.ErrNotFound)
		if n := f.count(t, "SELECT COUNT(*) FROM consents WHERE id = ? AND withdrawn_at > 0 AND subject_id <> ?", c.ID, ses.Grant.SubjectID); n != 1 {
			t.Error("the consent is not kept as proof, or still names the subject")
		}
		f.now = f.now.Add(day)
		f.wantState(t, f.execute(t, status.ID), rights.Done)
		f.wantRows(t, "after the tries", map[string]int{"subject_keys": 1, "account_keys": 1, "subjects": 1, "accounts": 1})
	})
}

// erasedTables returns tables that hold nothing of a person right after the erasure.
func erasedTables() []string {
	return []string{
		"data_keys", "sessions", "verifications", "checks", "attempts", "grants", "portraits", "prefills", "remembered_documents", "notifications",
	}
}

func TestErasure_OfSomebodyWhoComesBack(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		e := f.erased(t, ses)
		f.now = f.now.Add(time.Hour)
		again, v := f.granted(t, "u", ann(t))
		if v.SubjectID != ses.Grant.SubjectID || again.Account.ID != ses.Account.ID {
			t.Error("the tries of before would not count")
		}
		if _, err := f.store.ChannelUser(t.Context(), again.Account.ID); err != nil {
			t.Errorf("the account has no user: %v", err)
		}
		f.now = f.now.Add(2 * day)
		f.wantState(t, f.execute(t, e.ID), rights.Done)
		f.wantRows(t, "of the second time", map[string]int{"verifications": 1, "grants": 1, "subjects": 1, "accounts": 1, "sessions": 1})
		late := rights.Erasure{ID: "ers_late", SubjectID: v.SubjectID, AccountID: ses.Account.ID, RequestedAt: e.RequestedAt}
		if err := f.store.RequestErasure(t.Context(), late); err != nil {
			t.Fatal(err)
		}
		f.wantState(t, f.execute(t, late.ID), rights.Done) // as after a restore
		f.wantRows(t, "that came later", map[string]int{"verifications": 1, "subjects": 1, "sessions": 1})
	})
}

func TestErasure_WaitsForAProvider(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		v := f.access(t, ses, ann(t))
		r := f.shown(t, v)
		e := f.erased(t, ses)
		f.wantRows(t, "undecided", map[string]int{"verifications": 1, "attempts": 1, "grants": 0, "data_keys": 2})
		f.now = f.now.Add(2 * day)
		f.wantState(t, f.execute(t, e.ID), rights.Partly)
		due, err := f.store.Unsettled(t.Context(), f.now, 10)
		if err != nil || len(due) != 1 || due[0].Verification.Document != ann(t) {
			t.Fatalf("got %+v, %v, want the attempt with what its provider needs", due, err)
		}
		st := f.settled(r.Attempt, verification.AttemptFailed, verification.CheckPending)
		st.Attempt.Counted = true
		wantError(t, f.store.Settle(t.Context(), st), verification.ErrConflict)
		if n := f.count(t, "SELECT used FROM budgets WHERE scope LIKE ?", string(policy.Face)+"|%"); n != 1 {
			t.Errorf("%d tries are used, want that of the failure", n)
		}
		f.wantState(t, f.execute(t, e.ID), rights.Done)
		f.wantRows(t, "decided", map[string]int{"verifications": 0, "attempts": 0, "data_keys": 0, "subjects": 0, "accounts": 0})
	})
}

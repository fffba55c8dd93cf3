package storetest_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// reported returns a function that returns the altered rows that a store has met since the last call.
func reported(s *store.Store) func() []store.AlteredError {
	var met []store.AlteredError
	s.OnAltered(func(row store.AlteredError) { met = append(met, row) })
	return func() []store.AlteredError { all := met; met = nil; return all }
}

func wantAltered(t *testing.T, what string, err error) {
	t.Helper()
	if altered := (*store.AlteredError)(nil); !errors.As(err, &altered) {
		t.Errorf("%s: got %v, want that the row was changed", what, err)
	}
}

// An altered session or grant gives no access, and its person gets another one as usual.
func TestIntegrity_AlteredSessionGivesNoAccess(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		met := reported(f.store)
		mine, _ := f.granted(t, "u", ann(t))
		theirs, v := f.granted(t, "v", bob(t))
		raw := f.raw(t)
		for _, change := range []string{
			"UPDATE grants SET subject_id = '" + v.SubjectID + "' WHERE session_id = ?", // of another person
			"UPDATE grants SET until = until + 86400000 WHERE session_id = ?",
		} {
			if _, err := raw.ExecContext(t.Context(), change, mine.ID); err != nil {
				t.Fatal(err)
			}
			if got := f.find(t, mine.ID); got.Grant != nil || len(met()) != 1 {
				t.Errorf("%s: got grant %+v, want none and a report", change, got.Grant)
			}
		}
		again := f.access(t, mine, ann(t))
		f.pass(t, again)
		if _, err := f.store.Accept(t.Context(), f.acceptance(again)); err != nil {
			t.Fatal(err)
		}
		if _, err := raw.ExecContext(t.Context(), "UPDATE sessions SET account_id = ? WHERE id = ?", theirs.Account.ID, mine.ID); err != nil {
			t.Fatal(err)
		}
		met()
		_, err := f.store.FindSession(t.Context(), token(mine.ID), f.now)
		wantError(t, err, session.ErrNotFound)
		if got := met(); len(got) != 1 || got[0] != (store.AlteredError{Table: "sessions", ID: mine.ID}) {
			t.Errorf("got the reports %v, want one of the session", got)
		}
		if err = f.store.VoidBefore(t.Context(), f.now, func(string, int) {}); err != nil { // ends, although one cannot be closed
			t.Fatal(err)
		}
		_, err = f.store.FindSession(t.Context(), token(theirs.ID), f.now)
		wantError(t, err, session.ErrNotFound)
	})
}

// A verification, check or attempt that was made to pass in the database never makes a grant.
func TestIntegrity_AlteredVerificationPassesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		raw := f.raw(t)
		for _, change := range []string{
			"UPDATE verifications SET state = 'awaiting_acceptance', passed_at = 1, usable_until = 9999999999999 WHERE id = ?",
			"UPDATE checks SET state = 'passed' WHERE verification_id = ?",
			"UPDATE attempts SET state = 'passed', undecided = 0 WHERE verification_id = ?",
		} {
			ses := f.login(t, change)
			f.consent(t, ses)
			v := f.access(t, ses, ann(t))
			r := f.reserve(t, v)
			if _, err := raw.ExecContext(t.Context(), change, v.ID); err != nil {
				t.Fatal(err)
			}
			_, readErr := f.store.Verification(t.Context(), ses.ID, v.ID, f.now)
			_, attemptErr := f.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, f.now)
			wantAltered(t, change, errors.Join(readErr, attemptErr))
			if _, err := f.store.Accept(t.Context(), f.acceptance(v)); err == nil {
				t.Errorf("%s: a grant was made", change)
			}
			settleErr := f.store.Settle(t.Context(), f.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed))
			wantAltered(t, change, settleErr)
			if n := f.count(t, "SELECT COUNT(*) FROM grants WHERE session_id = ?", ses.ID); n != 0 {
				t.Errorf("%s: got %d grants, want none", change, n)
			}
			if _, err := f.store.Unsettled(t.Context(), f.now.Add(time.Hour), 10); err != nil { // the others go on
				t.Error(err)
			}
		}
	})
}

// A todo, or what would prove its answer, that was changed is neither shown nor answered.
func TestIntegrity_AlteredTodoIsNotAnswered(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			raw := (&fixture{dsn: f.dsn}).raw(t)
			for _, change := range []struct {
				text  string
				shown bool // the todo itself is as it was
			}{
				{"UPDATE todos SET expires_at = expires_at + 1 WHERE id = ?", false},
				{"UPDATE todos SET registry_id = 'gd' WHERE id = ?", false},
				{"UPDATE verifications SET usable_until = usable_until + 1 WHERE todo_id = ?", true},
				{"UPDATE attempts SET provider = 'tencentcloud' WHERE verification_id = (SELECT id FROM verifications WHERE todo_id = ?)", true},
				{"UPDATE checks SET failure = 'face_differs' WHERE verification_id = (SELECT id FROM verifications WHERE todo_id = ?)", true},
			} {
				v, r := f.ready(t, f.document(t, "张三"))
				if _, err := raw.ExecContext(t.Context(), change.text, r.TodoID); err != nil {
					t.Fatal(err)
				}
				_, err := f.rules[0].Detail(t.Context(), v, r.TodoID)
				if change.shown && err != nil {
					t.Errorf("%s: got %v, want the todo", change.text, err)
				}
				if !change.shown {
					wantAltered(t, change.text, err)
					_, err = f.rules[0].List(t.Context(), v, todo.Page{})
					wantAltered(t, change.text, err)
				}
				_, err = f.rules[0].ConfirmTodo(t.Context(), v, r)
				wantAltered(t, change.text, err)
				if n := f.count(t, "SELECT COUNT(*) FROM confirmations WHERE todo_id = ?", r.TodoID); n != 0 {
					t.Errorf("%s: got %d answers, want none", change.text, n)
				}
			}
		})
	}
}

func TestIntegrity_AlteredSwitchIsNotRead(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if err := f.store.PutSwitch(t.Context(), f.repair(0)); err != nil {
			t.Fatal(err)
		}
		if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE switches SET state = 'on'"); err != nil {
			t.Fatal(err)
		}
		_, err := f.store.Switches(t.Context())
		wantAltered(t, "a switch", err)
		wantAltered(t, "its change", f.store.PutSwitch(t.Context(), f.repair(1)))
	})
}

// unsealed makes a database as an earlier version leaves it: rows without tags, and no seal. It returns a new store on it.
func (f *fixture) unsealed(t *testing.T) *store.Store {
	t.Helper()
	raw := f.raw(t)
	for _, table := range store.TaggedTables() {
		query := "UPDATE " + table + " SET tag = ?"
		if table == "row_integrity" {
			query = "DELETE FROM row_integrity WHERE tag <> ?"
		}
		if _, err := raw.ExecContext(t.Context(), query, []byte{}); err != nil {
			t.Fatal(err)
		}
	}
	return f.withKeys(t, f.keys)
}

func noProgress(int, int, string) {}

// Rows of an earlier version count until they are sealed, and get their tags then.
func TestIntegrity_SealsRowsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := authority(t, engine)
			ses, _ := f.granted(t, "w", bob(t))
			if err := f.store.CheckSeal(t.Context()); err != nil {
				t.Errorf("a database that this version made: got %v, want it sealed", err)
			}
			s := f.unsealed(t)
			met := reported(s)
			wantError(t, s.CheckSeal(t.Context()), store.ErrNotSealed)
			if got, err := s.FindSession(t.Context(), token(ses.ID), f.now); err != nil || got.Grant == nil || len(met()) > 0 {
				t.Errorf("got %+v, %v, want the session of an earlier version", got, err)
			}
			counts, err := s.VerifyRows(t.Context(), func(row store.AlteredError) { t.Error(row) }, noProgress)
			if err != nil || counts.Untagged != counts.Rows || counts.Rows == 0 {
				t.Errorf("got %+v, %v, want rows without tags", counts, err)
			}
			sealed, err := s.Seal(t.Context(), store.SealOptions{Found: func(row store.AlteredError) { t.Error(row) }, Progress: noProgress})
			if err != nil || sealed.Untagged != 0 || sealed.Rows < counts.Rows {
				t.Errorf("got %+v, %v, want all rows tagged", sealed, err)
			}
			if err = f.withKeys(t, f.keys).CheckSeal(t.Context()); err != nil {
				t.Error(err)
			}
			if got, err := s.FindSession(t.Context(), token(ses.ID), f.now); err != nil || got.Grant == nil {
				t.Errorf("got %+v, %v, want the session", got, err)
			}
		})
	}
}

// A row with a tag of something else is not sealed unless the operator accepts it as it is.
func TestIntegrity_SealsNoAlteredRow(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		s := f.unsealed(t)
		if _, err := s.Seal(t.Context(), store.SealOptions{Progress: noProgress}); err != nil {
			t.Fatal(err)
		}
		if _, err := f.raw(t).ExecContext(t.Context(), "DELETE FROM row_integrity"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE grants SET until = until + 1"); err != nil {
			t.Fatal(err)
		}
		var found []store.AlteredError
		report := func(row store.AlteredError) { found = append(found, row) }
		s = f.withKeys(t, f.keys)
		counts, err := s.Seal(t.Context(), store.SealOptions{Found: report, Progress: noProgress})
		if wantError(t, err, store.ErrAltered); counts.Altered != 1 || len(found) != 1 || found[0] != (store.AlteredError{Table: "grants", ID: ses.Grant.ID}) {
			t.Errorf("got %+v and %v, want the grant", counts, found)
		}
		wantError(t, s.CheckSeal(t.Context()), store.ErrNotSealed)
		if counts, err = s.Seal(t.Context(), store.SealOptions{Accept: true, Found: report, Progress: noProgress}); err != nil || counts.Altered != 0 || len(found) != 1 {
			t.Errorf("got %+v, %v, want the grant accepted", counts, err)
		}
		if got := f.find(t, ses.ID); got.Grant == nil {
			t.Error("the accepted grant gives no access")
		}
	})
}

// Somebody who deletes the seal gets no row past a server that is told to require it, nor past one that has seen it.
func TestIntegrity_DeletedSealOpensNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE grants SET tag = ?, until = until + 1", []byte{}); err != nil {
			t.Fatal(err)
		}
		if got := f.find(t, ses.ID); got.Grant != nil { // f.store looks at the seal
			t.Error("a grant without a tag gives access")
		}
		if _, err := f.raw(t).ExecContext(t.Context(), "DELETE FROM row_integrity"); err != nil {
			t.Fatal(err)
		}
		required, err := store.Open(t.Context(), store.Config{DSN: f.dsn, Ring: openRing(t, f.keys), Clock: storetest.Now, Rand: rand.Reader, RequireSeal: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = required.Close() })
		for name, s := range map[string]*store.Store{"has seen it": f.store, "requires it": required} {
			got, findErr := s.FindSession(t.Context(), token(ses.ID), f.now)
			if findErr != nil || got.Grant != nil {
				t.Errorf("a store that %s: got %+v, %v, want no grant", name, got.Grant, findErr)
			}
			if counts, verifyErr := s.VerifyRows(t.Context(), func(store.AlteredError) {}, noProgress); verifyErr != nil || counts.Altered != 1 {
				t.Errorf("a store that %s: got %+v, %v, want the grant noticed", name, counts, verifyErr)
			}
			wantError(t, s.CheckSeal(t.Context()), store.ErrNotSealed)
		}
		if _, err = f.raw(t).ExecContext(t.Context(), "INSERT INTO row_integrity (id, sealed_at, tag) VALUES (1, 1, ?)", []byte("forged")); err != nil {
			t.Fatal(err)
		}
		wantAltered(t, "a forged seal", required.CheckSeal(t.Context()))
	})
}

// Tags move to a new master key with the rest, and an altered row does not get one that fits.
func TestIntegrity_RekeyRenewsTags(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := authority(t, engine)
			if err := f.store.RegisterKeys(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := f.raw(t).ExecContext(t.Context(), "UPDATE switches SET version = version + 1 WHERE provider = 'alipay'"); err != nil {
				t.Fatal(err)
			}
			rotated := rotate(t, f.keys)
			if err := f.withKeys(t, rotated).Rekey(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			s := f.withKeys(t, newestOnly(t, rotated))
			var found []store.AlteredError
			counts, err := s.VerifyRows(t.Context(), func(row store.AlteredError) { found = append(found, row) }, noProgress)
			if err != nil || len(found) != 1 || found[0].Table != "switches" || counts.Rows < 30 {
				t.Errorf("got %+v with %v, %v, want all but the switch to fit under the new key", counts, found, err)
			}
			if err = s.CheckSeal(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// Before the seal, servers of this version change the rows of an earlier one as their own.
func TestIntegrity_ChangesRowsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			v, r := f.ready(t, f.document(t, "张三"))
			old := &fixture{t: t, dsn: f.dsn, keys: f.keys, now: f.now()}
			s := old.unsealed(t)
			if _, err := f.newRules(s).ConfirmTodo(t.Context(), v, r); err != nil {
				t.Fatal(err)
			}
			if err := s.CloseSession(t.Context(), v.SessionID, f.now()); err != nil {
				t.Fatal(err)
			}
			if n := f.count(t, "SELECT COUNT(*) FROM grants WHERE ended_at = 0"); n != 0 {
				t.Errorf("got %d live grants, want none", n)
			}
			if _, err := s.Seal(t.Context(), store.SealOptions{Found: func(row store.AlteredError) { t.Error(row) }, Progress: noProgress}); err != nil {
				t.Error(err)
			}
		})
	}
}

// Whoever moves a look-up hash in the database becomes nobody else by it.
func TestIntegrity_MovedHashLeadsToNobody(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		met := reported(f.store)
		victim, theirs := f.granted(t, "victim", ann(t))
		thief, mine := f.granted(t, "thief", bob(t))
		raw := f.raw(t)
		if _, err := raw.ExecContext(t.Context(), "UPDATE subject_keys SET subject_id = ? WHERE subject_id = ?", theirs.SubjectID, mine.SubjectID); err != nil {
			t.Fatal(err)
		}
		_, err := f.store.InsertVerification(t.Context(), verification.Verification{
			ID: id("ver_"), AccountID: thief.Account.ID, SessionID: thief.ID, Purpose: policy.Access, Channel: "alipay",
			State: verification.Open, Document: bob(t), PolicyDigest: "digest", CreatedAt: f.now, ExpiresAt: f.now.Add(verification.OpenFor),
		}, startBudgets(thief.Account.ID))
		wantAltered(t, "a document that leads to another person", err)
		if _, err = raw.ExecContext(t.Context(), "UPDATE account_keys SET account_id = ? WHERE account_id = ?", victim.Account.ID, thief.Account.ID); err != nil {
			t.Fatal(err)
		}
		_, err = f.store.OpenSession(t.Context(), newSession("thief", f.now))
		wantAltered(t, "a user that leads to another account", err)
		if got := f.login(t, "victim"); got.Account.ID != victim.Account.ID {
			t.Error("the victim has another account")
		}
		want := []store.AlteredError{{Table: "subject_keys", ID: theirs.SubjectID}, {Table: "account_keys", ID: victim.Account.ID}}
		if got := met(); !slices.Equal(got, want) {
			t.Errorf("got the reports %v, want %v", got, want)
		}
	})
}

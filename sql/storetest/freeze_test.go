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
	"renzheng/verification/policy"
)

// passing returns the settlement of a face that passes unless the number is frozen.
func (f *fixture) passing(t *testing.T, v verification.Verification) verification.Settlement {
	t.Helper()
	st := f.settled(f.reserve(t, v).Attempt, verification.AttemptPassed, verification.CheckPassed)
	st.Attempt.Level, st.Portrait, st.UnlessStopped = "FACE", []byte("a picture"), true
	st.Skip = &verification.Check{Kind: policy.BankCard, AttemptID: "att_earlier"}
	st.Verification, st.UsableUntil = verification.AwaitingAcceptance, f.now.Add(verification.UsableFor)
	return st
}

func TestFreeze_EndsAccessUntilItIsLifted(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first, _ := f.granted(t, "u", ann(t))
		second, _ := f.granted(t, "w", ann(t))
		waiting := f.access(t, f.login(t, "w"), ann(t))
		stranger, _ := f.granted(t, "b", bob(t))
		placed := f.freeze(t, first)
		if f.find(t, second.ID).Grant != nil || f.find(t, first.ID).Grant != nil {
			t.Error("a grant lives on under a freeze")
		}
		if f.find(t, stranger.ID).Grant == nil {
			t.Error("the freeze has ended the grant of somebody else")
		}
		_, err := f.replica.Freeze(t.Context(), viewerOf(second), f.now)
		wantError(t, err, rights.ErrNoAccess)
		v := must[verification.Verification](t)(f.replica.Verification(t.Context(), waiting.SessionID, waiting.ID, f.now))
		if v.State != verification.Voided {
			t.Errorf("a verification of before the freeze is %s", v.State)
		}
		later := f.login(t, "w")
		f.consent(t, later)
		again := f.access(t, later, ann(t))
		wantError(t, f.replica.Settle(t.Context(), f.passing(t, again)), verification.ErrFrozen)
		if n := f.count(t, "SELECT COUNT(*) FROM portraits WHERE verification_id = ?", again.ID); n != 0 {
			t.Error("the picture of a rejected face is kept")
		}
		for account, want := range map[string]int{first.Account.ID: 1, second.Account.ID: 0} {
			if got := must[[]rights.Freeze](t)(f.replica.PlacedFreezes(t.Context(), account)); len(got) != want {
				t.Errorf("got %v placed by an account, want %d", got, want)
			}
		}
		if lifted := f.lift(t, "w", ann(t)); lifted.ID != placed.ID || lifted.LiftedAt.IsZero() {
			t.Errorf("got %v lifted, want %s", lifted, placed.ID)
		}
		f.granted(t, "u", ann(t))
	})
}

func TestLift_TakesAFreshVerificationOfTheSamePerson(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		early := f.lifting(t, "early", ann(t))
		ses, access := f.granted(t, "u", ann(t))
		f.freeze(t, ses)
		lift := func(v verification.Verification, at time.Time) error {
			_, err := f.replica.Lift(t.Context(), rights.LiftRequest{SessionID: v.SessionID, VerificationID: v.ID, Now: at})
			return err
		}
		wantError(t, lift(early, f.now), rights.ErrNotLifting) // passed before the freeze
		wantError(t, lift(access, f.now), rights.ErrNotFound)  // for another purpose
		wantError(t, lift(f.lifting(t, "b", bob(t)), f.now), rights.ErrNotFrozen)
		own := f.lifting(t, "v", ann(t))
		wantError(t, lift(own, f.now.Add(verification.UsableFor)), rights.ErrNotLifting) // too old
		stolen := own
		stolen.SessionID = ses.ID
		wantError(t, lift(stolen, f.now), rights.ErrNotFound)
		for range 2 { // sent twice
			if err := lift(own, f.now); err != nil {
				t.Fatal(err)
			}
		}
		other, _ := f.granted(t, "u", ann(t))
		f.freeze(t, other)
		if err := lift(own, f.now); err != nil { // of the first freeze; it does not lift the second
			t.Fatal(err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM freezes WHERE lifted_at = 0"); n != 1 {
			t.Errorf("%d freezes are in force, want the second", n)
		}
	})
}

// Whichever of the two comes first, an answered todo was answered before the freeze, and a todo that is open stays unanswered.
func TestFreeze_RacesWithConfirm(t *testing.T) {
	t.Parallel()
	const rounds = 15
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			for range rounds {
				r := f.race(t)
				var confirmErr, freezeErr error
				var both sync.WaitGroup
				both.Go(func() { _, confirmErr = f.rules[0].ConfirmTodo(t.Context(), r.viewer, r.confirm) })
				both.Go(func() { _, freezeErr = f.replicas[1].Freeze(t.Context(), rightsViewer(r.viewer), f.now()) })
				both.Wait()
				if freezeErr != nil {
					t.Errorf("got %v from the freeze", freezeErr)
				}
				events := f.events(t, r.todo.ID)
				confirmed := slices.Contains(events, todo.EventConfirmed)
				if confirmed != (confirmErr == nil) || confirmed == slices.Contains(events, todo.EventFrozen) {
					t.Errorf("got %v from the confirmation and events %v", confirmErr, events)
				}
				if _, err := f.rules[0].ConfirmTodo(t.Context(), r.viewer, r.confirm); err == nil {
					t.Error("a todo was confirmed after the freeze")
				}
			}
		})
	}
}

// events returns the types of the events of a todo.
func (f *todoFixture) events(t *testing.T, todoID string) []todo.EventType {
	t.Helper()
	must[int](t)(f.rules[0].Sequence(t.Context()))
	var events []todo.EventType
	for _, e := range must[[]todo.Event](t)(f.rules[0].ListFeed(t.Context(), "sd", 0, todo.MaxFeed)) {
		if e.TodoID == todoID {
			events = append(events, e.Type)
		}
	}
	return events
}

// A face that passes while the freeze is placed is either voided with everything else or rejected.
func TestFreeze_RacesWithAFace(t *testing.T) {
	t.Parallel()
	const rounds = 15
	onEach(t, func(f *fixture) {
		t := f.t
		for range rounds {
			f.now = f.now.Add(25 * time.Hour) // tries are counted for a day
			ses, _ := f.granted(t, "u", ann(t))
			other := f.login(t, "w")
			f.consent(t, other)
			v := f.access(t, other, ann(t))
			st := f.passing(t, v)
			var both sync.WaitGroup
			both.Go(func() {
				err := f.store.Settle(t.Context(), st)
				if err == nil {
					_, err = f.store.Accept(t.Context(), f.acceptance(v))
				}
				if err != nil && !errors.Is(err, verification.ErrFrozen) && !errors.Is(err, verification.ErrConflict) {
					t.Errorf("got %v", err)
				}
			})
			both.Go(func() { f.freeze(t, ses) })
			both.Wait()
			if f.find(t, other.ID).Grant != nil {
				t.Error("a grant was made under a freeze")
			}
			f.lift(t, "v", ann(t))
		}
	})
}

func TestFreeze_IsAnnouncedOfTodosOfBeforeAndAfter(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newTodoFixture(t, engine)
			d, other := f.document(t, "张三"), f.document(t, "李四")
			before := f.open(t, d, other)
			must[rights.Freeze](t)(f.replicas[1].Freeze(t.Context(), rightsViewer(f.signIn(t, d)), f.now()))
			after := f.open(t, other, d)
			for _, tc := range []struct {
				todo todo.Todo
				want int
			}{{before[0], 1}, {before[1], 0}, {after[0], 0}, {after[1], 1}} {
				if got := f.events(t, tc.todo.ID); len(got) != tc.want || tc.want == 1 && got[0] != todo.EventFrozen {
					t.Errorf("got events %v, want %d", got, tc.want)
				}
			}
		})
	}
}

func TestFreeze_OutlivesThePurgeAndAnErasure(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		e := rights.Erasure{ID: rights.ErasureID(ses.Grant.ID), SubjectID: ses.Grant.SubjectID, AccountID: ses.Account.ID, RequestedAt: f.now}
		f.freeze(t, ses)
		if err := f.store.RequestErasure(t.Context(), e); err != nil { // as of a journal
			t.Fatal(err)
		}
		late := f.now.Add(4 * 365 * day)
		x := rights.Execution{Now: late, TriesLast: day, Evidence: func(string) time.Duration { return day }}
		status := must[rights.ErasureStatus](t)(f.store.ExecuteErasure(t.Context(), e.ID, x))
		_, kept, err := f.store.Erasure(t.Context(), e.ID)
		if err != nil || status.State != rights.Partly || kept.Frozen != 1 {
			t.Errorf("got %s with %v kept, %v; want the freeze kept", status.State, kept, err)
		}
		purgeAt(t, f.store, late)
		if n := f.count(t, "SELECT COUNT(*) FROM freezes f JOIN subjects s ON s.freeze_id = f.id JOIN subject_keys k ON k.subject_id = s.id"); n != 1 {
			t.Fatalf("%d freezes are in force, want 1", n)
		}
		f.now = late
		f.lift(t, "v", ann(t))
		cut := retention.Cut{Class: retention.LiftedFreezes, Before: late}
		if gone := must[retention.Batch](t)(f.store.PurgeCut(t.Context(), cut, late, 10)); gone.Gone != 1 {
			t.Errorf("%d lifted freezes were deleted, want 1", gone.Gone)
		}
	})
}

package storetest_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// ruled adds a source's own rule to a reservation.
func ruled(r verification.Reservation, provider string) verification.Reservation {
	r.Attempt.Provider = provider
	r.Quotas = append(r.Quotas, sourceBudget(provider))
	return r
}

func sourceBudget(provider string) policy.Quota {
	return policy.Quota{
		Scope: "source|" + provider, Limit: 1, Window: time.Hour, Sent: true, Source: provider,
		LockedBy: []failure.Code{failure.TriesExhausted},
	}
}

// diverted is the reservation that moves an attempt to another provider.
func diverted(r verification.Reservation, to string) verification.Reservation {
	r.Attempt.Provider, r.Quotas = to, []policy.Quota{sourceBudget(to)}
	return r
}

// wantAll compares what is used of the person's tries, the starts and two sources.
func wantAll(t *testing.T, when string, got []int, want ...int) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v used, want %v", when, got, want)
	}
}

func TestAttempt_DivertKeepsTheTryAndTradesTheSourcesOwn(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		r := ruled(f.reservation(v, policy.Face), "one")
		if err := f.store.Reserve(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		all := slices.Concat(r.Quotas[:2], []policy.Quota{sourceBudget("one"), sourceBudget("two")})
		wantAll(t, "while the first is asked", f.used(t, all), 1, 1, 1, 0)
		if err := f.replica.Reassign(t.Context(), "one", diverted(r, "two")); err != nil {
			t.Fatal(err)
		}
		wantAll(t, "while the second is asked", f.used(t, all), 1, 1, 0, 1)
		wantError(t, f.store.Reassign(t.Context(), "one", diverted(r, "three")), verification.ErrConflict) // it is no longer there
		stands, err := f.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, f.now)
		if err != nil || stands.Provider != "two" {
			t.Errorf("got %q, %v, want two", stands.Provider, err)
		}

		st := f.settled(stands, verification.AttemptCancelled, verification.CheckPending)
		st.NothingDone = true
		if err = f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantAll(t, "when nobody was asked", f.used(t, all), 0, 1, 0, 0)
		wantError(t, f.store.Reassign(t.Context(), "two", diverted(r, "one")), verification.ErrConflict) // it has ended
	})
}

// What was sent counts for the source, and its lock uses all of it up.
func TestAttempt_ALockUsesTheSourcesOwnUp(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		r := f.reservation(v, policy.Face)
		wide := sourceBudget("one")
		wide.Limit = 1000
		r.Quotas = append(r.Quotas, wide)
		try := func(code failure.Code) {
			t.Helper()
			r.Attempt.ID = id("att_")
			if err := f.store.Reserve(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			st := f.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
			st.Attempt.Failure = code
			if err := f.store.Settle(t.Context(), st); err != nil {
				t.Fatal(err)
			}
		}
		try(failure.TryAgainLater)
		if got := f.used(t, r.Quotas); got[0] != 0 || got[2] != 1 {
			t.Errorf("got %v used, want what was sent", got)
		}
		try(failure.TriesExhausted)
		r.Attempt.ID = id("att_")
		none, ok := errors.AsType[*verification.ExhaustedError](f.replica.Reserve(t.Context(), r))
		if !ok || none.Quota.Source != "one" || !none.NextAt.Equal(f.now.Add(time.Hour)) {
			t.Errorf("got %+v, want the source locked until its window ends", none)
		}
		f.now = f.now.Add(time.Hour)
		if states, err := f.store.Quotas(t.Context(), identity.BankCard{}, r.Quotas, f.now); err != nil || states[2].Used != 0 {
			t.Errorf("got %+v, %v, want it free afterwards", states, err)
		}
	})
}

// Two replicas cannot both move an attempt, and a source that has no try left
// gets none.
func TestAttempt_DivertsOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		r := ruled(f.reservation(v, policy.Face), "one")
		if err := f.store.Reserve(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		var racing sync.WaitGroup
		var moved atomic.Int32
		for i, to := range []string{"two", "three", "four", "five"} {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				switch err := s.Reassign(t.Context(), "one", diverted(r, to)); {
				case err == nil:
					moved.Add(1)
				case !errors.Is(err, verification.ErrConflict):
					t.Error(err)
				}
			})
		}
		racing.Wait()
		stands, err := f.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, f.now)
		if moved.Load() != 1 || err != nil || stands.Provider == "one" {
			t.Fatalf("moved %d times, to %q, %v", moved.Load(), stands.Provider, err)
		}
		taken := diverted(r, stands.Provider)
		if _, ok := errors.AsType[*verification.ExhaustedError](f.store.Reassign(t.Context(), stands.Provider, taken)); ok {
			t.Error("its own try was not given back before it was taken again")
		}
	})
}

// A document is asked for until it answers: a second query alongside it is rejected,
// and one that was left is looked at once its time is over.
func TestAttempt_ADocumentInDoubtStands(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		f.consent(t, ses)
		v := f.planned(t, ses, ann(t), policy.DocumentCheck)
		r := f.reservation(v, policy.DocumentCheck)
		if err := f.store.Reserve(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		again := f.reservation(v, policy.DocumentCheck)
		again.Now = f.now.Add(verification.FacePass + time.Minute) // past the attempt's own time
		wantError(t, f.replica.Reserve(t.Context(), again), verification.ErrConflict)
		st := f.settled(r.Attempt, verification.AttemptUnknown, verification.CheckOpen)
		st.NextQuery = f.now.Add(time.Second)
		if err := f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.replica.Reserve(t.Context(), again), verification.ErrConflict)
		if err := f.store.VoidVerification(t.Context(), ses.ID, v.ID, f.now); err != nil {
			t.Fatal(err)
		}
		due, err := f.store.Unsettled(t.Context(), f.now.Add(time.Second), 10)
		if err != nil || len(due) != 1 || due[0].Attempt.State != verification.AttemptSuperseded {
			t.Fatalf("got %+v, %v, want the document that was left", due, err)
		}
		late := f.settled(due[0].Attempt, verification.AttemptFailed, verification.CheckPending)
		late.Attempt.Counted = true
		wantError(t, f.store.Settle(t.Context(), late), verification.ErrConflict)
		if got := f.used(t, r.Quotas); got[0] != 1 {
			t.Errorf("got %v used, want the mismatch counted", got)
		}
	})
}

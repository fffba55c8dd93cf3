package storetest_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// A source that locked somebody stays locked, whatever becomes of queries that
// were under way, and however late its word came.
func TestAttempt_ALockHolds(t *testing.T) {
	t.Parallel()
	rule := sourceBudget("one")
	rule.Limit = 1<<31 - 1 // the lock alone uses it up
	for name, then := range map[string]func(f *fixture, mine, other verification.Reservation) error{
		"another query was not made": func(f *fixture, mine, other verification.Reservation) error {
			unsent := f.settled(other.Attempt, verification.AttemptCancelled, verification.CheckPending)
			unsent.NothingDone = true
			return errors.Join(f.store.Settle(f.t.Context(), f.locking(mine)), f.replica.Settle(f.t.Context(), unsent))
		},
		"another query moved on": func(f *fixture, mine, other verification.Reservation) error {
			return errors.Join(f.store.Settle(f.t.Context(), f.locking(mine)), f.replica.Reassign(f.t.Context(), "one", diverted(other, "two")))
		},
		"the person left meanwhile": func(f *fixture, mine, _ verification.Reservation) error {
			a := mine.Attempt
			a.ProviderID = id("cert_")
			err := errors.Join(f.store.Attach(f.t.Context(), a), f.store.VoidVerification(f.t.Context(), a.SessionID, a.VerificationID, f.now))
			if err != nil {
				return err
			}
			if err := f.replica.Settle(f.t.Context(), f.locking(mine)); !errors.Is(err, verification.ErrConflict) {
				return errors.Join(errors.New("a late result was not late"), err)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(f *fixture) {
				t := f.t
				var tries []verification.Reservation
				for _, user := range []string{"u", "w", "x"} {
					_, v := f.begun(t, user)
					r := f.reservation(v, policy.Face)
					r.Attempt.Provider, r.Quotas = "one", append(r.Quotas, rule)
					tries = append(tries, r)
				}
				if err := errors.Join(f.store.Reserve(t.Context(), tries[0]), f.store.Reserve(t.Context(), tries[1])); err != nil {
					t.Fatal(err)
				}
				if err := then(f, tries[0], tries[1]); err != nil {
					t.Fatal(err)
				}
				none, ok := errors.AsType[*verification.ExhaustedError](f.store.Reserve(t.Context(), tries[2]))
				if !ok || none.Quota.Source != "one" {
					t.Errorf("got %+v, want the source locked", none)
				}
				states, err := f.store.Quotas(t.Context(), identity.BankCard{}, tries[0].Quotas, f.now)
				if err != nil || states[0].Used != 0 {
					t.Errorf("got %+v, %v, want no try of the person's used up", states, err)
				}
			})
		})
	}
}

// locking settles an attempt by a failure that locks the source.
func (f *fixture) locking(r verification.Reservation) verification.Settlement {
	st := f.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
	st.Attempt.Failure = failure.TriesExhausted
	return st
}

// Leaving during a bank-card query does not return that try: otherwise leaving and beginning anew
// would make more queries at once than there are tries.
func TestAttempt_AQueryUnderWayKeepsItsTry(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		late func(f *fixture, r verification.Reservation) error // what becomes of the query
		want int
	}{
		"it counted": {func(f *fixture, r verification.Reservation) error {
			st := f.settled(r.Attempt, verification.AttemptFailed, verification.CheckPending)
			st.Attempt.Failure, st.Attempt.Counted = failure.CardDiffers, true
			return f.replica.Settle(f.t.Context(), st)
		}, 1},
		"it passed": {func(f *fixture, r verification.Reservation) error {
			return f.replica.Settle(f.t.Context(), f.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed))
		}, 0},
		"nothing was asked": {func(f *fixture, r verification.Reservation) error {
			st := f.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
			st.NothingDone = true
			return f.replica.Settle(f.t.Context(), st)
		}, 0},
		"its server died": {func(f *fixture, r verification.Reservation) error {
			due, err := f.replica.Unsettled(f.t.Context(), r.Attempt.ExpiresAt, 10)
			if err != nil || len(due) != 1 || due[0].Attempt.ID != r.Attempt.ID {
				return errors.Join(errors.New("no worker looks at the query"), err)
			}
			return f.store.Settle(f.t.Context(), f.settled(due[0].Attempt, verification.AttemptUnresolved, verification.CheckPending))
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(f *fixture) {
				t := f.t
				ses := f.login(t, "u")
				f.consent(t, ses)
				v := f.planned(t, ses, ann(t), policy.BankCard)
				r := f.reservation(v, policy.BankCard)
				if err := f.store.Reserve(t.Context(), r); err != nil {
					t.Fatal(err)
				}
				if err := f.store.VoidVerification(t.Context(), v.SessionID, v.ID, f.now); err != nil {
					t.Fatal(err)
				}
				if used := f.used(t, r.Quotas); used[0] != 1 {
					t.Errorf("got %d tries used while the answer is on the way, want one", used[0])
				}
				if err := tt.late(f, r); err != nil && !errors.Is(err, verification.ErrConflict) {
					t.Fatal(err)
				}
				if used := f.used(t, r.Quotas); used[0] != tt.want || used[1] != 1 {
					t.Errorf("got %v used in the end, want %d and the start", used, tt.want)
				}
			})
		})
	}
}

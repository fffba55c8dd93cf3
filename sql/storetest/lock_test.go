package storetest_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
)

// A source that locked somebody stays locked, whatever becomes of queries that
// were under way, and however late its word came.
func TestAttempt_ALockHolds(t *testing.T) {
	t.Parallel()
	rule := sourceBudget("one")
	rule.Limit = 1<<31 - 1 // the lock alone uses it up
	for name, then := range map[string]func(k *kit, mine, other verification.Reservation) error{
		"another query was not made": func(k *kit, mine, other verification.Reservation) error {
			unsent := k.settled(other.Attempt, verification.AttemptCancelled, verification.CheckPending)
			unsent.Nothing = true
			return errors.Join(k.store.Settle(k.t.Context(), k.locking(mine)), k.replica.Settle(k.t.Context(), unsent))
		},
		"another query moved on": func(k *kit, mine, other verification.Reservation) error {
			return errors.Join(k.store.Settle(k.t.Context(), k.locking(mine)), k.replica.Divert(k.t.Context(), "one", diverted(other, "two")))
		},
		"the person left meanwhile": func(k *kit, mine, _ verification.Reservation) error {
			v := mine.Attempt
			if err := k.store.VoidVerification(k.t.Context(), v.SessionID, v.VerificationID, k.now); err != nil {
				return err
			}
			if err := k.replica.Settle(k.t.Context(), k.locking(mine)); !errors.Is(err, verification.ErrConflict) {
				return errors.Join(errors.New("a late result was not late"), err)
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(k *kit) {
				t := k.t
				var tries []verification.Reservation
				for _, user := range []string{"u", "w", "x"} {
					_, v := k.begun(t, user)
					r := k.reservation(v, verification.Face)
					r.Attempt.Provider, r.Budgets = "one", append(r.Budgets, rule)
					tries = append(tries, r)
				}
				if err := errors.Join(k.store.Reserve(t.Context(), tries[0]), k.store.Reserve(t.Context(), tries[1])); err != nil {
					t.Fatal(err)
				}
				if err := then(k, tries[0], tries[1]); err != nil {
					t.Fatal(err)
				}
				none, ok := errors.AsType[*verification.ExhaustedError](k.store.Reserve(t.Context(), tries[2]))
				if !ok || none.Budget.Source != "one" {
					t.Errorf("got %+v, want the source locked", none)
				}
				states, err := k.store.Budgets(t.Context(), identity.BankCard{}, tries[0].Budgets, k.now)
				if err != nil || states[0].Used != 0 {
					t.Errorf("got %+v, %v, want no try of the person's used up", states, err)
				}
			})
		})
	}
}

// locking settles an attempt by a failure that locks the source.
func (k *kit) locking(r verification.Reservation) verification.Settlement {
	st := k.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
	st.Attempt.Failure = verification.TriesExhausted
	return st
}

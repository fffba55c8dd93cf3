package storetest_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// Of cards that are sent at once, each that gets through must keep its try.
func TestAttempt_NoCardBesideOneThatRuns(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		face := f.settled(f.reserve(t, v).Attempt, verification.AttemptPassed, verification.CheckPassed)
		if err := f.store.Settle(t.Context(), face); err != nil {
			t.Fatal(err)
		}
		first := f.reservation(v, policy.BankCard)
		if err := f.store.Reserve(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.replica.Reserve(t.Context(), f.reservation(v, policy.BankCard)), verification.ErrConflict)
		wantUsed(t, f.used(t, first.Quotas), 1, 1)

		f.now = first.Attempt.ExpiresAt.Add(time.Millisecond) // nobody wrote its end down: it holds nobody up
		if err := f.replica.Reserve(t.Context(), f.reservation(v, policy.BankCard)); err != nil {
			t.Errorf("got %v beside a card whose time is over, want none", err)
		}
	})
}

// A row that cannot be read, for whatever reason, must not keep workers from all others.
func TestAttempt_UnreadableOneHoldsUpNobody(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		spoilt := f.reserve(t, v).Attempt
		_, other := f.begun(t, "w")
		f.now = f.now.Add(time.Second)
		whole := f.reserve(t, other).Attempt
		_, err := f.raw(t).ExecContext(t.Context(), "UPDATE attempts SET call_cipher = ? WHERE id = ?", []byte("x"), spoilt.ID)
		if err != nil {
			t.Fatal(err)
		}
		due, err := f.store.Unsettled(t.Context(), f.now.Add(time.Hour), 10)
		if err == nil || !strings.Contains(err.Error(), spoilt.ID) {
			t.Errorf("got %v, want an error that names the attempt", err)
		}
		for _, p := range due {
			if want := p.Attempt.ID == spoilt.ID; p.Unreadable != want {
				t.Errorf("attempt %s: got unreadable %t, want %t", p.Attempt.ID, p.Unreadable, want)
			}
		}
		if len(due) != 2 || !slices.ContainsFunc(due, func(p verification.Pending) bool { return p.Attempt.ID == whole.ID }) {
			t.Errorf("got %d attempts, want the one that can be read and the one that cannot", len(due))
		}
	})
}

// With two that are open in one session, the grant of the first would come back to life once the second is voided.
func TestVerification_OfManyAtOnceOneStaysOpen(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		var racing sync.WaitGroup
		for i := range 4 {
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				_, err := s.InsertVerification(t.Context(), verification.Verification{
					ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
					State: verification.Open, Document: ann(t), PolicyDigest: "digest",
					CreatedAt: f.now, ExpiresAt: f.now.Add(verification.OpenFor),
					Checks: []verification.Check{{Kind: policy.Face, State: verification.CheckPending}},
				}, startBudgets(ses.Account.ID))
				if err != nil {
					t.Error(err)
				}
			})
		}
		racing.Wait()
		if n := f.count(t, "SELECT COUNT(*) FROM verifications WHERE session_id = ? AND state = 'open'", ses.ID); n != 1 {
			t.Errorf("got %d open verifications in one session, want 1", n)
		}
	})
}

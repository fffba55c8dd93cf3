package storetest_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// begun is a session with consent and an open access verification.
func (k *kit) begun(t *testing.T, user string) (session.Session, verification.Verification) {
	t.Helper()
	ses := k.login(t, user)
	k.consent(t, ses)
	return ses, k.access(t, ses, ann(t))
}

func (k *kit) used(t *testing.T, budgets []policy.Quota) []int {
	t.Helper()
	states, err := k.store.Quotas(t.Context(), identity.BankCard{}, budgets, k.now)
	if err != nil {
		t.Fatal(err)
	}
	var used []int
	for _, s := range states {
		used = append(used, s.Used)
	}
	return used
}

func wantUsed(t *testing.T, got []int, own, starts int) {
	t.Helper()
	if got[0] != own || got[1] != starts {
		t.Errorf("got %v tries used, want %d of the person's and %d starts", got, own, starts)
	}
}

func TestAttempt_ReserveGuards(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		for name, c := range map[string]struct {
			spoil func(r *verification.Reservation)
			want  error
		}{
			"another session":           {func(r *verification.Reservation) { r.Attempt.SessionID = "ses_other" }, verification.ErrConflict},
			"another account":           {func(r *verification.Reservation) { r.Attempt.AccountID = "acc_other" }, verification.ErrConflict},
			"another subject":           {func(r *verification.Reservation) { r.Attempt.SubjectID = "sub_other" }, verification.ErrConflict},
			"an expired verification":   {func(r *verification.Reservation) { r.Now = k.now.Add(verification.OpenFor) }, verification.ErrConflict},
			"a check before its turn":   {func(r *verification.Reservation) { r.Attempt.Check = policy.BankCard }, verification.ErrConflict},
			"a consent not given":       {func(r *verification.Reservation) { r.Consents = append(r.Consents, need("rules", k.now)) }, verification.ErrConsent},
			"a consent of an old text":  {func(r *verification.Reservation) { r.Consents[0].NoticeHash = "other" }, verification.ErrConsent},
			"a consent that is too old": {func(r *verification.Reservation) { r.Consents[0].Since = k.now.Add(time.Second) }, verification.ErrConsent},
		} {
			r := k.reservation(v, policy.Face)
			c.spoil(&r)
			if err := k.store.Reserve(t.Context(), r); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
		wantUsed(t, k.used(t, k.reservation(v, policy.Face).Quotas), 0, 0)

		consents, err := k.store.Consents(t.Context(), ses.Account.ID, k.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := k.store.WithdrawConsent(t.Context(), ses.Account.ID, consents[0].ID, k.now)
		if want := (verification.Withdrawn{Verifications: 1}); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
		wantError(t, k.store.Reserve(t.Context(), k.reservation(v, policy.Face)), verification.ErrConflict)
		next := k.access(t, ses, ann(t))
		wantError(t, k.store.Reserve(t.Context(), k.reservation(next, policy.Face)), verification.ErrConsent)
		k.consent(t, ses)
		k.reserve(t, next)
	})
}

func TestAttempt_LastTryIsTakenOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		var racing sync.WaitGroup
		var got, exhausted atomic.Int32
		last := policy.Quota{Scope: "all|face|sub", Limit: 1, Window: time.Hour}
		for i := range 8 {
			_, v := k.begun(t, string(rune('a'+i)))
			s := []*store.Store{k.store, k.replica}[i%2]
			racing.Go(func() {
				r := k.reservation(v, policy.Face)
				r.Quotas = append(r.Quotas, last)
				err := s.Reserve(t.Context(), r)
				none, ok := errors.AsType[*verification.ExhaustedError](err)
				switch {
				case err == nil:
					got.Add(1)
				case ok && none.Quota.Scope == last.Scope && none.NextAt.Equal(k.now.Add(time.Hour)):
					exhausted.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		racing.Wait()
		if got.Load() != 1 || exhausted.Load() != 7 {
			t.Errorf("got %d tries and %d refusals, want 1 and 7", got.Load(), exhausted.Load())
		}
		if n := k.count(t, "SELECT COUNT(*) FROM attempts"); n != 1 {
			t.Errorf("got %d attempts, want 1", n)
		}
		k.now = k.now.Add(time.Hour)
		if used := k.used(t, []policy.Quota{last}); used[0] != 0 {
			t.Errorf("got %d used after the window, want none", used[0])
		}
	})
}

// shown reserves a try for a face that reaches its provider.
func (k *kit) shown(t *testing.T, v verification.Verification) verification.Reservation {
	t.Helper()
	r := k.reserve(t, v)
	r.Attempt.ProviderID, r.Attempt.Call = id("cert_"), &verification.FaceCall{Kind: "page"}
	if err := k.store.Attach(t.Context(), r.Attempt); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAttempt_NewOneTakesThePlaceOfTheOpenOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		first := k.shown(t, v)
		second := k.reserve(t, v)
		wantUsed(t, k.used(t, second.Quotas), 2, 2) // the first one may still be decided (R63)

		late := k.settled(first.Attempt, verification.AttemptFailed, verification.CheckPending)
		late.Attempt.Failure, late.Attempt.Counted = failure.FaceDiffers, true
		for range 2 { // recorded and counted once
			wantError(t, k.store.Settle(t.Context(), late), verification.ErrConflict)
		}
		wantUsed(t, k.used(t, second.Quotas), 2, 2)
		got, err := k.store.Attempt(t.Context(), ses.ID, first.Attempt.ID, k.now)
		if err != nil || got.State != verification.AttemptSuperseded || got.Failure != failure.FaceDiffers || !got.Counted {
			t.Errorf("got %+v, %v, want it superseded with its failure", got, err)
		}
		stands, err := k.store.Verification(t.Context(), ses.ID, v.ID, k.now)
		if c := stands.Checks[0]; err != nil || c.State != verification.CheckOpen || c.AttemptID != second.Attempt.ID {
			t.Errorf("got %+v, %v, want the second attempt to stand", c, err)
		}
	})
}

func TestAttempt_LatePassOfASupersededOneHasNoEffect(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		first := k.reserve(t, v)
		k.reserve(t, v)
		st := k.settled(first.Attempt, verification.AttemptPassed, verification.CheckPassed)
		st.Verification, st.UsableUntil, st.Portrait = verification.AwaitingAcceptance, k.now.Add(time.Minute), []byte("x")
		wantError(t, k.store.Settle(t.Context(), st), verification.ErrConflict)
		passed, err := k.store.HasPassed(t.Context(), ses.Account.ID, v.SubjectID, policy.Face)
		if err != nil || passed {
			t.Errorf("got %v, %v, want no pass", passed, err)
		}
		if got, err := k.store.Verification(t.Context(), ses.ID, v.ID, k.now); err != nil || got.State != verification.Open {
			t.Errorf("got %s, %v, want %s", got.State, err, verification.Open)
		}
		if n := k.count(t, "SELECT COUNT(*) FROM portraits"); n != 0 {
			t.Errorf("got %d portraits, want none", n)
		}
	})
}

func TestAttempt_AttachOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		r := k.reserve(t, v)
		a := r.Attempt
		a.ProviderID, a.Call = "certify-1", &verification.FaceCall{Kind: "my.startAPVerify", CertifyID: "certify-1", URL: "https://x/?a=1&b=2"}
		if err := k.store.Attach(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		got, err := k.store.Attempt(t.Context(), ses.ID, a.ID, k.now)
		if err != nil || got.ProviderID != "certify-1" || got.Call == nil || *got.Call != *a.Call {
			t.Errorf("got %+v, %v, want the call", got, err)
		}
		wantError(t, k.store.Attach(t.Context(), a), verification.ErrConflict) // it has one
		_, err = k.store.Attempt(t.Context(), "ses_other", a.ID, k.now)
		wantError(t, err, verification.ErrNotFound)

		second := k.reserve(t, v).Attempt
		second.ProviderID = "certify-1"
		wantError(t, k.store.Attach(t.Context(), second), verification.ErrConflict) // consumed once
		wantError(t, k.store.Attach(t.Context(), a), verification.ErrConflict)      // superseded
		if got, err = k.store.Attempt(t.Context(), ses.ID, a.ID, k.now); err != nil || got.Call != nil {
			t.Errorf("got %+v, %v, want no call of a superseded attempt", got.Call, err)
		}
	})
}

func TestAttempt_SettleMovesCheckAndVerification(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		r := k.reserve(t, v)
		settle := func(state verification.AttemptState, check verification.CheckState, counted bool) {
			t.Helper()
			st := k.settled(r.Attempt, state, check)
			st.Attempt.Counted, st.NextQuery = counted, k.now.Add(time.Minute)
			if state == verification.AttemptFailed {
				st.Attempt.Failure = failure.FaceDiffers
			}
			if err := k.store.Settle(t.Context(), st); err != nil {
				t.Fatal(err)
			}
		}
		first := func() verification.Check {
			t.Helper()
			got, err := k.store.Verification(t.Context(), ses.ID, v.ID, k.now)
			if err != nil {
				t.Fatal(err)
			}
			return got.Checks[0]
		}
		settle(verification.AttemptUnknown, verification.CheckOpen, false)
		wantUsed(t, k.used(t, r.Quotas), 1, 1) // in doubt: still taken
		settle(verification.AttemptCancelled, verification.CheckPending, false)
		wantUsed(t, k.used(t, r.Quotas), 0, 1)
		again := k.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)
		wantError(t, k.store.Settle(t.Context(), again), verification.ErrConflict)

		r = k.reserve(t, v)
		settle(verification.AttemptFailed, verification.CheckPending, true)
		wantUsed(t, k.used(t, r.Quotas), 1, 2)
		if c := first(); c.State != verification.CheckPending || c.Failure != failure.FaceDiffers || c.AttemptID != "" {
			t.Errorf("got %+v, want it pending with its failure", c)
		}
		r = k.reserve(t, v)
		settle(verification.AttemptPassed, verification.CheckPassed, false)
		if c := first(); c.State != verification.CheckPassed || c.Failure != "" || c.AttemptID != r.Attempt.ID {
			t.Errorf("got %+v, want it passed by the last attempt", c)
		}
		wantError(t, k.store.Reserve(t.Context(), k.reservation(v, policy.Face)), verification.ErrConflict)
	})
}

func TestAttempt_TriesRunOutInTheVerification(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		r := k.reserve(t, v)
		st := k.settled(r.Attempt, verification.AttemptFailed, verification.CheckFailed)
		st.Attempt.Counted, st.Attempt.Failure, st.Verification = true, failure.FaceDiffers, verification.Failed
		if err := k.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		got, err := k.store.Verification(t.Context(), ses.ID, v.ID, k.now)
		if err != nil || got.State != verification.Failed || got.Checks[0].State != verification.CheckFailed {
			t.Errorf("got %+v, %v, want it failed", got, err)
		}
		wantError(t, k.store.Reserve(t.Context(), k.reservation(v, policy.Face)), verification.ErrConflict)
		wantError(t, k.store.VoidVerification(t.Context(), ses.ID, v.ID, k.now), verification.ErrConflict)
	})
}

func TestAttempt_EndedVerificationTakesNoPassButCountsAFailure(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, v := k.begun(t, "u")
		r := k.reserve(t, v)
		k.now = k.now.Add(verification.OpenFor)
		if n, err := k.store.ExpireVerifications(t.Context(), k.now, 10); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		wantError(t, k.store.Settle(t.Context(), k.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)),
			verification.ErrConflict)
		st := k.settled(r.Attempt, verification.AttemptFailed, verification.CheckPending)
		st.Attempt.Counted = true
		if err := k.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, k.used(t, r.Quotas), 1, 1)
	})
}

func TestAttempt_PassAfterTheVerificationsEndIsRefused(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, v := k.begun(t, "u")
		r := k.reserve(t, v)
		k.now = k.now.Add(verification.OpenFor)
		st := k.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)
		st.Verification, st.UsableUntil = verification.AwaitingAcceptance, k.now.Add(verification.UsableFor)
		wantError(t, k.store.Settle(t.Context(), st), verification.ErrConflict)
	})
}

func TestAttempt_CardIsCountedUnderEveryKeyAndKeepsFourDigits(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.begun(t, "u")
		face := k.reserve(t, v)
		if err := k.store.Settle(t.Context(), k.settled(face.Attempt, verification.AttemptPassed, verification.CheckPassed)); err != nil {
			t.Fatal(err)
		}
		card, err := identity.ParseBankCard("6222020200112233")
		if err != nil {
			t.Fatal(err)
		}
		byCard := policy.Quota{Scope: "card", Limit: 1, Window: time.Hour, Keep: true, ByCard: true}
		r := k.reservation(v, policy.BankCard)
		r.Card, r.Attempt.CardLast4, r.Quotas = card, card.Last4(), append(r.Quotas, byCard)
		if err = k.store.Reserve(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		got, err := k.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, k.now)
		if err != nil || got.CardLast4 != "2233" {
			t.Errorf("got %q, %v, want the last four digits", got.CardLast4, err)
		}
		st := k.settled(r.Attempt, verification.AttemptUnresolved, verification.CheckPending)
		if err = k.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		states, err := k.store.Quotas(t.Context(), card, []policy.Quota{byCard}, k.now)
		if err != nil || states[0].Used != 1 || !states[0].EndsAt.Equal(k.now.Add(time.Hour)) {
			t.Errorf("got %+v, %v, want the card's try kept", states, err)
		}
		r.Attempt.ID = id("att_")
		if _, ok := errors.AsType[*verification.ExhaustedError](k.store.Reserve(t.Context(), r)); !ok {
			t.Error("the card was tried again")
		}
	})
}

func TestAttempt_WorkersShareTheUnsettled(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		for i := range 6 {
			_, v := k.begun(t, string(rune('a'+i)))
			r := k.reserve(t, v)
			if i < 2 {
				st := k.settled(r.Attempt, verification.AttemptUnknown, verification.CheckOpen)
				st.NextQuery = k.now.Add(time.Second)
				if err := k.store.Settle(t.Context(), st); err != nil {
					t.Fatal(err)
				}
			}
		}
		take := func(s *store.Store, at time.Duration) []verification.Pending {
			got, err := s.Unsettled(t.Context(), k.now.Add(at), 10)
			if err != nil {
				t.Error(err)
			}
			return got
		}
		if got := take(k.store, time.Second); len(got) != 2 || got[0].Verification.Document != ann(t) {
			t.Errorf("got %d due, want the 2 unknown ones with their verification", len(got))
		}
		var workers sync.WaitGroup
		var total atomic.Int32
		for i := range 4 {
			s := []*store.Store{k.store, k.replica}[i%2]
			workers.Go(func() { total.Add(int32(len(take(s, verification.FacePass)))) })
		}
		workers.Wait()
		if total.Load() != 6 {
			t.Errorf("got %d leased, want each of 6 once", total.Load())
		}
		if got := take(k.store, verification.FacePass+2*time.Minute); len(got) != 6 {
			t.Errorf("got %d after the lease, want 6", len(got))
		}
	})
}

// However a verification ends, the try of a face that was shown stays reserved, and the worker asks for it at once (R63).
func TestAttempt_AShownFaceKeepsItsTryUntilItIsDecided(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(k *kit, v verification.Verification) error{
		"voided": func(k *kit, v verification.Verification) error { return k.void(v) },
		"logged out": func(k *kit, v verification.Verification) error {
			return k.store.CloseSession(k.t.Context(), v.SessionID, k.now)
		},
		"three newer sign-ins": func(k *kit, _ verification.Verification) error {
			for range session.MaxPerAccount {
				k.now = k.now.Add(time.Millisecond)
				k.login(k.t, "u")
			}
			return nil
		},
		"a withdrawn consent": func(k *kit, v verification.Verification) error {
			consents, err := k.store.Consents(k.t.Context(), v.AccountID, k.now)
			if err != nil {
				return err
			}
			_, err = k.store.WithdrawConsent(k.t.Context(), v.AccountID, consents[0].ID, k.now)
			return err
		},
		"a new start": func(k *kit, v verification.Verification) error {
			k.access(k.t, session.Session{ID: v.SessionID, Account: session.Account{ID: v.AccountID}}, ann(k.t))
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(k *kit) {
				t := k.t
				_, v := k.begun(t, "u")
				r := k.shown(t, v)
				if err := leave(k, v); err != nil {
					t.Fatal(err)
				}
				wantUsed(t, k.used(t, r.Quotas), 1, 1)
				due, err := k.store.Unsettled(t.Context(), k.now, 10)
				if err != nil || len(due) != 1 || due[0].Attempt.State != verification.AttemptSuperseded {
					t.Fatalf("got %+v, %v, want the face that was left", due, err)
				}
				st := k.settled(due[0].Attempt, verification.AttemptFailed, verification.CheckPending)
				st.From, st.Attempt.Counted = nil, true
				for range 2 { // recorded once
					if err = k.replica.Settle(t.Context(), st); err != nil {
						t.Fatal(err)
					}
				}
				wantUsed(t, k.used(t, r.Quotas), 1, 1)
				if due, err = k.store.Unsettled(t.Context(), k.now.Add(24*time.Hour), 10); err != nil || len(due) != 0 {
					t.Errorf("got %d due, %v, want nothing once the result is recorded", len(due), err)
				}
			})
		})
	}
}

func (k *kit) void(v verification.Verification) error {
	return k.store.VoidVerification(k.t.Context(), v.SessionID, v.ID, k.now)
}

// A face that was shown to nobody cannot have failed. Its try is given back once, however late its start returns.
func TestAttempt_AFaceNobodyWasShownGivesItsTryBack(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, v := k.begun(t, "u")
		other := k.shown(t, v)
		r := k.reserve(t, v)
		if err := k.void(v); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, k.used(t, r.Quotas), 1, 2) // only the other attempt's
		wantError(t, k.store.Attach(t.Context(), r.Attempt), verification.ErrConflict)
		late := k.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
		late.NothingDone = true
		wantError(t, k.store.Settle(t.Context(), late), verification.ErrConflict)
		wantUsed(t, k.used(t, other.Quotas), 1, 2)
	})
}

// A face that is undecided after its time is asked for again at the times that the settlements set.
func TestAttempt_AnUndecidedFaceIsAskedForAtItsTime(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, v := k.begun(t, "u")
		r := k.shown(t, v)
		st := k.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
		st.Attempt.Undecided, st.NextQuery = true, k.now.Add(time.Hour)
		if err := k.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, k.used(t, r.Quotas), 1, 1)
		if due, err := k.store.Unsettled(t.Context(), k.now.Add(time.Hour-1), 10); err != nil || len(due) != 0 {
			t.Fatalf("got %d due, %v, want nobody asked before the time", len(due), err)
		}
		due, err := k.store.Unsettled(t.Context(), k.now.Add(time.Hour), 10)
		if err != nil || len(due) != 1 || due[0].Attempt.State != verification.AttemptCancelled {
			t.Fatalf("got %+v, %v, want the face whose time was over", due, err)
		}
		st.From, st.NextQuery = nil, k.now.Add(3*time.Hour)
		if err = k.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		if due, err = k.store.Unsettled(t.Context(), k.now.Add(3*time.Hour), 10); err != nil || len(due) != 1 {
			t.Fatalf("got %d due, %v, want it asked for again", len(due), err)
		}
		st = k.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
		st.From = nil
		if err = k.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, k.used(t, r.Quotas), 0, 1)
	})
}

func TestAttempt_RecentPassIsFoundForItsTime(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.granted(t, "u", ann(t))
		since := func(at time.Time) error {
			_, err := k.store.RecentPass(t.Context(), ses.Account.ID, v.SubjectID, policy.Face, at)
			return err
		}
		if err := since(k.now); err != nil {
			t.Error(err)
		}
		wantError(t, since(k.now.Add(time.Millisecond)), verification.ErrNotFound)
		_, err := k.store.RecentPass(t.Context(), ses.Account.ID, v.SubjectID, policy.BankCard, k.now)
		wantError(t, err, verification.ErrNotFound)
		if passed, err := k.store.HasPassed(t.Context(), ses.Account.ID, v.SubjectID, policy.Face); !passed || err != nil {
			t.Error(passed, err)
		}
	})
}

// Two sessions of one account are two persons until their faces have passed.
func TestConsent_ServesItsSessionUntilAFacePassed(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		mother, father := k.login(t, "u"), k.login(t, "u")
		consent := k.consent(t, mother)
		hers, his := k.access(t, mother, ann(t)), k.access(t, father, bob(t))
		wantError(t, k.store.Reserve(t.Context(), k.reservation(his, policy.Face)), verification.ErrConsent)
		k.granted(t, "u", bob(t)) // in a session of his, with a consent of his own
		if n := k.count(t, "SELECT COUNT(*) FROM consents WHERE id = ? AND subject_id = ''", consent.ID); n != 1 {
			t.Error("the mother's consent is on record as the father's")
		}
		if err := k.store.Reserve(t.Context(), k.reservation(hers, policy.Face)); err != nil {
			t.Errorf("the mother: got %v, want her own consent valid", err)
		}
		if err := k.store.Reserve(t.Context(), k.reservation(his, policy.Face)); err != nil {
			t.Errorf("the father: got %v, want his consent valid in each of his sessions", err)
		}
	})
}

func TestConsent_ServesOnePersonOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, _ := k.granted(t, "u", ann(t))
		next := k.access(t, ses, bob(t))
		wantError(t, k.store.Reserve(t.Context(), k.reservation(next, policy.Face)), verification.ErrConsent)
		k.consent(t, ses)
		if err := k.store.Reserve(t.Context(), k.reservation(next, policy.Face)); err != nil {
			t.Errorf("with an acceptance of its own: got %v", err)
		}
	})
}

func TestConsent_EachAcceptanceIsARecord(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses := k.login(t, "u")
		first := k.consent(t, ses)
		if again := k.consent(t, ses); again != first {
			t.Errorf("the same call twice: got %+v, want %+v", again, first)
		}
		k.now = k.now.Add(time.Hour)
		second := k.consent(t, ses)
		if second.ID == first.ID || !second.AcceptedAt.Equal(k.now) {
			t.Errorf("got %+v, want a record of its own", second)
		}
		_, err := k.store.WithdrawConsent(t.Context(), "acc_other", first.ID, k.now)
		wantError(t, err, verification.ErrNotFound)
		if _, err = k.store.WithdrawConsent(t.Context(), ses.Account.ID, first.ID, k.now); err != nil {
			t.Fatal(err)
		}
		if live, failed := k.store.Consents(t.Context(), ses.Account.ID, k.now); len(live) != 0 || failed != nil {
			t.Errorf("got %+v, %v, want all of that kind withdrawn", live, failed)
		}
		_, err = k.store.WithdrawConsent(t.Context(), ses.Account.ID, first.ID, k.now)
		wantError(t, err, verification.ErrNotFound)
		third := k.consent(t, ses)
		if third.ID == first.ID {
			t.Error("a withdrawn consent came back to life")
		}
		for at, want := range map[time.Duration]int{verification.ConsentLife: 1, verification.ConsentLife + time.Millisecond: 0} {
			if got, err := k.store.Consents(t.Context(), ses.Account.ID, k.now.Add(at)); len(got) != want || err != nil {
				t.Errorf("after %v: got %d, %v, want %d", at, len(got), err, want)
			}
		}
	})
}

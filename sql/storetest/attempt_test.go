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
func (f *fixture) begun(t *testing.T, user string) (session.Session, verification.Verification) {
	t.Helper()
	ses := f.login(t, user)
	f.consent(t, ses)
	return ses, f.access(t, ses, ann(t))
}

func (f *fixture) used(t *testing.T, budgets []policy.Quota) []int {
	t.Helper()
	states, err := f.store.Quotas(t.Context(), identity.BankCard{}, budgets, f.now)
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
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		for name, c := range map[string]struct {
			spoil func(r *verification.Reservation)
			want  error
		}{
			"another session":           {func(r *verification.Reservation) { r.Attempt.SessionID = "ses_other" }, verification.ErrConflict},
			"another account":           {func(r *verification.Reservation) { r.Attempt.AccountID = "acc_other" }, verification.ErrConflict},
			"another subject":           {func(r *verification.Reservation) { r.Attempt.SubjectID = "sub_other" }, verification.ErrConflict},
			"an expired verification":   {func(r *verification.Reservation) { r.Now = f.now.Add(verification.OpenFor) }, verification.ErrConflict},
			"a check before its turn":   {func(r *verification.Reservation) { r.Attempt.Check = policy.BankCard }, verification.ErrConflict},
			"a consent not given":       {func(r *verification.Reservation) { r.Consents = append(r.Consents, need("rules", f.now)) }, verification.ErrConsent},
			"a consent of an old text":  {func(r *verification.Reservation) { r.Consents[0].NoticeHash = "other" }, verification.ErrConsent},
			"a consent that is too old": {func(r *verification.Reservation) { r.Consents[0].Since = f.now.Add(time.Second) }, verification.ErrConsent},
		} {
			r := f.reservation(v, policy.Face)
			c.spoil(&r)
			if err := f.store.Reserve(t.Context(), r); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
		wantUsed(t, f.used(t, f.reservation(v, policy.Face).Quotas), 0, 0)

		consents, err := f.store.Consents(t.Context(), ses.Account.ID, f.now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.store.WithdrawConsent(t.Context(), ses.Account.ID, consents[0].ID, f.now)
		if want := (verification.Withdrawn{Verifications: 1}); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
		wantError(t, f.store.Reserve(t.Context(), f.reservation(v, policy.Face)), verification.ErrConflict)
		next := f.access(t, ses, ann(t))
		wantError(t, f.store.Reserve(t.Context(), f.reservation(next, policy.Face)), verification.ErrConsent)
		f.consent(t, ses)
		f.reserve(t, next)
	})
}

func TestAttempt_LastTryIsTakenOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		var racing sync.WaitGroup
		var got, exhausted atomic.Int32
		last := policy.Quota{Scope: "all|face|sub", Limit: 1, Window: time.Hour}
		for i := range 8 {
			_, v := f.begun(t, string(rune('a'+i)))
			s := []*store.Store{f.store, f.replica}[i%2]
			racing.Go(func() {
				r := f.reservation(v, policy.Face)
				r.Quotas = append(r.Quotas, last)
				err := s.Reserve(t.Context(), r)
				none, ok := errors.AsType[*verification.ExhaustedError](err)
				switch {
				case err == nil:
					got.Add(1)
				case ok && none.Quota.Scope == last.Scope && none.NextAt.Equal(f.now.Add(time.Hour)):
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
		if n := f.count(t, "SELECT COUNT(*) FROM attempts"); n != 1 {
			t.Errorf("got %d attempts, want 1", n)
		}
		f.now = f.now.Add(time.Hour)
		if used := f.used(t, []policy.Quota{last}); used[0] != 0 {
			t.Errorf("got %d used after the window, want none", used[0])
		}
	})
}

// shown reserves a try for a face that reaches its provider.
func (f *fixture) shown(t *testing.T, v verification.Verification) verification.Reservation {
	t.Helper()
	r := f.reserve(t, v)
	r.Attempt.ProviderID, r.Attempt.Call = id("cert_"), &verification.FaceCall{Kind: "page"}
	if err := f.store.Attach(t.Context(), r.Attempt); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAttempt_NewOneTakesThePlaceOfTheOpenOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		first := f.shown(t, v)
		second := f.reserve(t, v)
		wantUsed(t, f.used(t, second.Quotas), 2, 2) // the first one may still be decided (R63)

		late := f.settled(first.Attempt, verification.AttemptFailed, verification.CheckPending)
		late.Attempt.Failure, late.Attempt.Counted = failure.FaceDiffers, true
		for range 2 { // recorded and counted once
			wantError(t, f.store.Settle(t.Context(), late), verification.ErrConflict)
		}
		wantUsed(t, f.used(t, second.Quotas), 2, 2)
		got, err := f.store.Attempt(t.Context(), ses.ID, first.Attempt.ID, f.now)
		if err != nil || got.State != verification.AttemptSuperseded || got.Failure != failure.FaceDiffers || !got.Counted {
			t.Errorf("got %+v, %v, want it superseded with its failure", got, err)
		}
		stands, err := f.store.Verification(t.Context(), ses.ID, v.ID, f.now)
		if c := stands.Checks[0]; err != nil || c.State != verification.CheckOpen || c.AttemptID != second.Attempt.ID {
			t.Errorf("got %+v, %v, want the second attempt to stand", c, err)
		}
	})
}

func TestAttempt_LatePassOfASupersededOneHasNoEffect(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		first := f.reserve(t, v)
		f.reserve(t, v)
		st := f.settled(first.Attempt, verification.AttemptPassed, verification.CheckPassed)
		st.Verification, st.UsableUntil, st.Portrait = verification.AwaitingAcceptance, f.now.Add(time.Minute), []byte("x")
		wantError(t, f.store.Settle(t.Context(), st), verification.ErrConflict)
		passed, err := f.store.HasPassed(t.Context(), ses.Account.ID, v.SubjectID, policy.Face)
		if err != nil || passed {
			t.Errorf("got %v, %v, want no pass", passed, err)
		}
		if got, err := f.store.Verification(t.Context(), ses.ID, v.ID, f.now); err != nil || got.State != verification.Open {
			t.Errorf("got %s, %v, want %s", got.State, err, verification.Open)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM portraits"); n != 0 {
			t.Errorf("got %d portraits, want none", n)
		}
	})
}

func TestAttempt_AttachOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		r := f.reserve(t, v)
		a := r.Attempt
		a.ProviderID, a.Call = "certify-1", &verification.FaceCall{Kind: "my.startAPVerify", CertifyID: "certify-1", URL: "https://x/?a=1&b=2"}
		if err := f.store.Attach(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		got, err := f.store.Attempt(t.Context(), ses.ID, a.ID, f.now)
		if err != nil || got.ProviderID != "certify-1" || got.Call == nil || *got.Call != *a.Call {
			t.Errorf("got %+v, %v, want the call", got, err)
		}
		wantError(t, f.store.Attach(t.Context(), a), verification.ErrConflict) // it has one
		_, err = f.store.Attempt(t.Context(), "ses_other", a.ID, f.now)
		wantError(t, err, verification.ErrNotFound)

		second := f.reserve(t, v).Attempt
		second.ProviderID = "certify-1"
		wantError(t, f.store.Attach(t.Context(), second), verification.ErrConflict) // consumed once
		wantError(t, f.store.Attach(t.Context(), a), verification.ErrConflict)      // superseded
		if got, err = f.store.Attempt(t.Context(), ses.ID, a.ID, f.now); err != nil || got.Call != nil {
			t.Errorf("got %+v, %v, want no call of a superseded attempt", got.Call, err)
		}
	})
}

func TestAttempt_SettleMovesCheckAndVerification(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		r := f.reserve(t, v)
		settle := func(state verification.AttemptState, check verification.CheckState, counted bool) {
			t.Helper()
			st := f.settled(r.Attempt, state, check)
			st.Attempt.Counted, st.NextQuery = counted, f.now.Add(time.Minute)
			if state == verification.AttemptFailed {
				st.Attempt.Failure = failure.FaceDiffers
			}
			if err := f.store.Settle(t.Context(), st); err != nil {
				t.Fatal(err)
			}
		}
		first := func() verification.Check {
			t.Helper()
			got, err := f.store.Verification(t.Context(), ses.ID, v.ID, f.now)
			if err != nil {
				t.Fatal(err)
			}
			return got.Checks[0]
		}
		settle(verification.AttemptUnknown, verification.CheckOpen, false)
		wantUsed(t, f.used(t, r.Quotas), 1, 1) // in doubt: still taken
		settle(verification.AttemptCancelled, verification.CheckPending, false)
		wantUsed(t, f.used(t, r.Quotas), 0, 1)
		again := f.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)
		wantError(t, f.store.Settle(t.Context(), again), verification.ErrConflict)

		r = f.reserve(t, v)
		settle(verification.AttemptFailed, verification.CheckPending, true)
		wantUsed(t, f.used(t, r.Quotas), 1, 2)
		if c := first(); c.State != verification.CheckPending || c.Failure != failure.FaceDiffers || c.AttemptID != "" {
			t.Errorf("got %+v, want it pending with its failure", c)
		}
		r = f.reserve(t, v)
		settle(verification.AttemptPassed, verification.CheckPassed, false)
		if c := first(); c.State != verification.CheckPassed || c.Failure != "" || c.AttemptID != r.Attempt.ID {
			t.Errorf("got %+v, want it passed by the last attempt", c)
		}
		wantError(t, f.store.Reserve(t.Context(), f.reservation(v, policy.Face)), verification.ErrConflict)
	})
}

func TestAttempt_TriesRunOutInTheVerification(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		r := f.reserve(t, v)
		st := f.settled(r.Attempt, verification.AttemptFailed, verification.CheckFailed)
		st.Attempt.Counted, st.Attempt.Failure, st.Verification = true, failure.FaceDiffers, verification.Failed
		if err := f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		got, err := f.store.Verification(t.Context(), ses.ID, v.ID, f.now)
		if err != nil || got.State != verification.Failed || got.Checks[0].State != verification.CheckFailed {
			t.Errorf("got %+v, %v, want it failed", got, err)
		}
		wantError(t, f.store.Reserve(t.Context(), f.reservation(v, policy.Face)), verification.ErrConflict)
		wantError(t, f.store.VoidVerification(t.Context(), ses.ID, v.ID, f.now), verification.ErrConflict)
	})
}

func TestAttempt_EndedVerificationTakesNoPassButCountsAFailure(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		r := f.reserve(t, v)
		f.now = f.now.Add(verification.OpenFor)
		if ended, err := f.store.ExpireVerifications(t.Context(), f.now, 10); len(ended) != 1 || err != nil {
			t.Fatal(ended, err)
		}
		wantError(t, f.store.Settle(t.Context(), f.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)),
			verification.ErrConflict)
		st := f.settled(r.Attempt, verification.AttemptFailed, verification.CheckPending)
		st.Attempt.Counted = true
		if err := f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, f.used(t, r.Quotas), 1, 1)
	})
}

func TestAttempt_PassAfterTheVerificationsEndIsRefused(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		r := f.reserve(t, v)
		f.now = f.now.Add(verification.OpenFor)
		st := f.settled(r.Attempt, verification.AttemptPassed, verification.CheckPassed)
		st.Verification, st.UsableUntil = verification.AwaitingAcceptance, f.now.Add(verification.UsableFor)
		wantError(t, f.store.Settle(t.Context(), st), verification.ErrConflict)
	})
}

func TestAttempt_CardIsCountedUnderEveryKeyAndKeepsFourDigits(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.begun(t, "u")
		face := f.reserve(t, v)
		if err := f.store.Settle(t.Context(), f.settled(face.Attempt, verification.AttemptPassed, verification.CheckPassed)); err != nil {
			t.Fatal(err)
		}
		card, err := identity.ParseBankCard("6222020200112233")
		if err != nil {
			t.Fatal(err)
		}
		byCard := policy.Quota{Scope: "card", Limit: 1, Window: time.Hour, Keep: true, ByCard: true}
		r := f.reservation(v, policy.BankCard)
		r.Card, r.Attempt.CardLast4, r.Quotas = card, card.Last4(), append(r.Quotas, byCard)
		if err = f.store.Reserve(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		got, err := f.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, f.now)
		if err != nil || got.CardLast4 != "2233" {
			t.Errorf("got %q, %v, want the last four digits", got.CardLast4, err)
		}
		st := f.settled(r.Attempt, verification.AttemptUnresolved, verification.CheckPending)
		if err = f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		states, err := f.store.Quotas(t.Context(), card, []policy.Quota{byCard}, f.now)
		if err != nil || states[0].Used != 1 || !states[0].EndsAt.Equal(f.now.Add(time.Hour)) {
			t.Errorf("got %+v, %v, want the card's try kept", states, err)
		}
		r.Attempt.ID = id("att_")
		if _, ok := errors.AsType[*verification.ExhaustedError](f.store.Reserve(t.Context(), r)); !ok {
			t.Error("the card was tried again")
		}
	})
}

func TestAttempt_WorkersShareTheUnsettled(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for i := range 6 {
			_, v := f.begun(t, string(rune('a'+i)))
			r := f.reserve(t, v)
			if i < 2 {
				st := f.settled(r.Attempt, verification.AttemptUnknown, verification.CheckOpen)
				st.NextQuery = f.now.Add(time.Second)
				if err := f.store.Settle(t.Context(), st); err != nil {
					t.Fatal(err)
				}
			}
		}
		take := func(s *store.Store, at time.Duration) []verification.Pending {
			got, err := s.Unsettled(t.Context(), f.now.Add(at), 10)
			if err != nil {
				t.Error(err)
			}
			return got
		}
		if got := take(f.store, time.Second); len(got) != 2 || got[0].Verification.Document != ann(t) {
			t.Errorf("got %d due, want the 2 unknown ones with their verification", len(got))
		}
		var workers sync.WaitGroup
		var total atomic.Int32
		for i := range 4 {
			s := []*store.Store{f.store, f.replica}[i%2]
			workers.Go(func() { total.Add(int32(len(take(s, verification.FacePass)))) })
		}
		workers.Wait()
		if total.Load() != 6 {
			t.Errorf("got %d leased, want each of 6 once", total.Load())
		}
		if got := take(f.store, verification.FacePass+2*time.Minute); len(got) != 6 {
			t.Errorf("got %d after the lease, want 6", len(got))
		}
	})
}

// However a verification ends, the try of a face that was shown stays reserved, and the worker asks for it at once (R63).
func TestAttempt_AShownFaceKeepsItsTryUntilItIsDecided(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(f *fixture, v verification.Verification) error{
		"voided": func(f *fixture, v verification.Verification) error { return f.void(v) },
		"logged out": func(f *fixture, v verification.Verification) error {
			return f.store.CloseSession(f.t.Context(), v.SessionID, f.now)
		},
		"three newer sign-ins": func(f *fixture, _ verification.Verification) error {
			for range session.MaxPerAccount {
				f.now = f.now.Add(time.Millisecond)
				f.login(f.t, "u")
			}
			return nil
		},
		"a withdrawn consent": func(f *fixture, v verification.Verification) error {
			consents, err := f.store.Consents(f.t.Context(), v.AccountID, f.now)
			if err != nil {
				return err
			}
			_, err = f.store.WithdrawConsent(f.t.Context(), v.AccountID, consents[0].ID, f.now)
			return err
		},
		"a new start": func(f *fixture, v verification.Verification) error {
			f.access(f.t, session.Session{ID: v.SessionID, Account: session.Account{ID: v.AccountID}}, ann(f.t))
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(f *fixture) {
				t := f.t
				_, v := f.begun(t, "u")
				r := f.shown(t, v)
				if err := leave(f, v); err != nil {
					t.Fatal(err)
				}
				wantUsed(t, f.used(t, r.Quotas), 1, 1)
				due, err := f.store.Unsettled(t.Context(), f.now, 10)
				if err != nil || len(due) != 1 || due[0].Attempt.State != verification.AttemptSuperseded {
					t.Fatalf("got %+v, %v, want the face that was left", due, err)
				}
				st := f.settled(due[0].Attempt, verification.AttemptFailed, verification.CheckPending)
				st.From, st.Attempt.Counted = nil, true
				for range 2 { // recorded once
					if err = f.replica.Settle(t.Context(), st); err != nil {
						t.Fatal(err)
					}
				}
				wantUsed(t, f.used(t, r.Quotas), 1, 1)
				if due, err = f.store.Unsettled(t.Context(), f.now.Add(24*time.Hour), 10); err != nil || len(due) != 0 {
					t.Errorf("got %d due, %v, want nothing once the result is recorded", len(due), err)
				}
			})
		})
	}
}

func (f *fixture) void(v verification.Verification) error {
	return f.store.VoidVerification(f.t.Context(), v.SessionID, v.ID, f.now)
}

// A face that was shown to nobody cannot have failed. Its try is given back once, however late its start returns.
func TestAttempt_AFaceNobodyWasShownGivesItsTryBack(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		other := f.shown(t, v)
		r := f.reserve(t, v)
		if err := f.void(v); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, f.used(t, r.Quotas), 1, 2) // only the other attempt's
		wantError(t, f.store.Attach(t.Context(), r.Attempt), verification.ErrConflict)
		late := f.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
		late.NothingDone = true
		wantError(t, f.store.Settle(t.Context(), late), verification.ErrConflict)
		wantUsed(t, f.used(t, other.Quotas), 1, 2)
	})
}

// A face that is undecided after its time is asked for again at the times that the settlements set.
func TestAttempt_AnUndecidedFaceIsAskedForAtItsTime(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.begun(t, "u")
		r := f.shown(t, v)
		st := f.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
		st.Attempt.Undecided, st.NextQuery = true, f.now.Add(time.Hour)
		if err := f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, f.used(t, r.Quotas), 1, 1)
		if due, err := f.store.Unsettled(t.Context(), f.now.Add(time.Hour-1), 10); err != nil || len(due) != 0 {
			t.Fatalf("got %d due, %v, want nobody asked before the time", len(due), err)
		}
		due, err := f.store.Unsettled(t.Context(), f.now.Add(time.Hour), 10)
		if err != nil || len(due) != 1 || due[0].Attempt.State != verification.AttemptCancelled {
			t.Fatalf("got %+v, %v, want the face whose time was over", due, err)
		}
		st.From, st.NextQuery = nil, f.now.Add(3*time.Hour)
		if err = f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		if due, err = f.store.Unsettled(t.Context(), f.now.Add(3*time.Hour), 10); err != nil || len(due) != 1 {
			t.Fatalf("got %d due, %v, want it asked for again", len(due), err)
		}
		st = f.settled(r.Attempt, verification.AttemptCancelled, verification.CheckPending)
		st.From = nil
		if err = f.store.Settle(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, f.used(t, r.Quotas), 0, 1)
	})
}

func TestAttempt_RecentPassIsFoundForItsTime(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.granted(t, "u", ann(t))
		since := func(at time.Time) error {
			_, err := f.store.RecentPass(t.Context(), ses.Account.ID, v.SubjectID, policy.Face, at)
			return err
		}
		if err := since(f.now); err != nil {
			t.Error(err)
		}
		wantError(t, since(f.now.Add(time.Millisecond)), verification.ErrNotFound)
		_, err := f.store.RecentPass(t.Context(), ses.Account.ID, v.SubjectID, policy.BankCard, f.now)
		wantError(t, err, verification.ErrNotFound)
		if passed, err := f.store.HasPassed(t.Context(), ses.Account.ID, v.SubjectID, policy.Face); !passed || err != nil {
			t.Error(passed, err)
		}
	})
}

// Two sessions of one account are two persons until their faces have passed.
func TestConsent_ServesItsSessionUntilAFacePassed(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		mother, father := f.login(t, "u"), f.login(t, "u")
		consent := f.consent(t, mother)
		hers, his := f.access(t, mother, ann(t)), f.access(t, father, bob(t))
		wantError(t, f.store.Reserve(t.Context(), f.reservation(his, policy.Face)), verification.ErrConsent)
		f.granted(t, "u", bob(t)) // in a session of his, with a consent of his own
		if n := f.count(t, "SELECT COUNT(*) FROM consents WHERE id = ? AND subject_id = ''", consent.ID); n != 1 {
			t.Error("the mother's consent is on record as the father's")
		}
		if err := f.store.Reserve(t.Context(), f.reservation(hers, policy.Face)); err != nil {
			t.Errorf("the mother: got %v, want her own consent valid", err)
		}
		if err := f.store.Reserve(t.Context(), f.reservation(his, policy.Face)); err != nil {
			t.Errorf("the father: got %v, want his consent valid in each of his sessions", err)
		}
	})
}

func TestConsent_ServesOnePersonOnly(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		next := f.access(t, ses, bob(t))
		wantError(t, f.store.Reserve(t.Context(), f.reservation(next, policy.Face)), verification.ErrConsent)
		f.consent(t, ses)
		if err := f.store.Reserve(t.Context(), f.reservation(next, policy.Face)); err != nil {
			t.Errorf("with an acceptance of its own: got %v", err)
		}
	})
}

func TestConsent_EachAcceptanceIsARecord(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		first := f.consent(t, ses)
		if again := f.consent(t, ses); again != first {
			t.Errorf("the same call twice: got %+v, want %+v", again, first)
		}
		f.now = f.now.Add(time.Hour)
		second := f.consent(t, ses)
		if second.ID == first.ID || !second.AcceptedAt.Equal(f.now) {
			t.Errorf("got %+v, want a record of its own", second)
		}
		_, err := f.store.WithdrawConsent(t.Context(), "acc_other", first.ID, f.now)
		wantError(t, err, verification.ErrNotFound)
		if _, err = f.store.WithdrawConsent(t.Context(), ses.Account.ID, first.ID, f.now); err != nil {
			t.Fatal(err)
		}
		if live, failed := f.store.Consents(t.Context(), ses.Account.ID, f.now); len(live) != 0 || failed != nil {
			t.Errorf("got %+v, %v, want all of that kind withdrawn", live, failed)
		}
		_, err = f.store.WithdrawConsent(t.Context(), ses.Account.ID, first.ID, f.now)
		wantError(t, err, verification.ErrNotFound)
		third := f.consent(t, ses)
		if third.ID == first.ID {
			t.Error("a withdrawn consent came back to life")
		}
		for at, want := range map[time.Duration]int{verification.ConsentLife: 1, verification.ConsentLife + time.Millisecond: 0} {
			if got, err := f.store.Consents(t.Context(), ses.Account.ID, f.now.Add(at)); len(got) != want || err != nil {
				t.Errorf("after %v: got %d, %v, want %d", at, len(got), err, want)
			}
		}
	})
}

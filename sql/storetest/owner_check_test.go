package storetest_test

import (
	"sync"
	"testing"
	"time"

	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/notice"
)

// agreesToOwnerCheck records the session's consent to owner checks, and returns its id.
func (f *fixture) agreesToOwnerCheck(t *testing.T, ses session.Session) string {
	t.Helper()
	return must[verification.Consent](t)(f.store.InsertConsent(t.Context(), verification.Consent{
		ID: id("con_"), AccountID: ses.Account.ID, SessionID: ses.ID, Kind: notice.OwnerCheck,
		NoticeID: "owner_check", Version: "1", NoticeHash: "hash-owner_check", AcceptedAt: f.now,
	}, manyOf("consents", ses.Account.ID))).ID
}

func TestOwnerCheck_IsTakenOnceByItsSession(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, other, until := f.login(t, "u"), f.login(t, "another"), f.now.Add(session.OwnerCheckLife)
		consent := f.agreesToOwnerCheck(t, ses)
		begin := func(id string) {
			t.Helper()
			if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, id, until, f.now); err != nil {
				t.Fatal(err)
			}
		}
		begin("own_1")
		begin("own_2")
		for _, take := range []struct {
			of session.Session
			id string
		}{{ses, "own_1"}, {ses, ""}, {other, "own_2"}, {other, ""}} {
			wantError(t, f.replica.TakeOwnerCheck(t.Context(), take.of, take.id, consent, f.now), session.ErrNotFound)
		}
		wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_2", consent, until), session.ErrNotFound)

		var all sync.WaitGroup
		taken := make(chan error, 8)
		for range cap(taken) {
			all.Go(func() { taken <- f.store.TakeOwnerCheck(t.Context(), ses, "own_2", consent, f.now) })
		}
		all.Wait()
		close(taken)
		won := 0
		for err := range taken {
			if err == nil {
				won++
			}
		}
		if won != 1 {
			t.Errorf("%d of 8 at once took one check", won)
		}
	})
}

func TestOwnerCheck_EndsWithTheSessionAndTheTriesOfADay(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, until := f.login(t, "u"), f.now.Add(session.OwnerCheckLife)
		consent := f.agreesToOwnerCheck(t, ses)
		for range session.OwnerChecksPerDay {
			if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, "own_1", until, f.now); err != nil {
				t.Fatal(err)
			}
			if err := f.replica.TakeOwnerCheck(t.Context(), ses, "own_1", consent, f.now); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, "own_1", until, f.now); err != nil {
			t.Fatal(err)
		}
		for range 2 { // uses nothing up
			wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_1", consent, f.now), session.ErrTooMany)
		}
		f.now = f.now.Add(24 * time.Hour)
		again := f.login(t, "u")
		consent = f.agreesToOwnerCheck(t, again)
		if err := f.store.BeginOwnerCheck(t.Context(), again.ID, "own_1", f.now.Add(session.OwnerCheckLife), f.now); err != nil {
			t.Fatal(err)
		}
		if err := f.store.CloseSession(t.Context(), again.ID, f.now); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.TakeOwnerCheck(t.Context(), again, "own_1", consent, f.now), session.ErrNotFound)
		wantError(t, f.store.BeginOwnerCheck(t.Context(), again.ID, "own_2", f.now, f.now), session.ErrNotFound)
	})
}

func TestOwnerCheck_EndsWithItsConsent(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, other, until := f.login(t, "u"), f.login(t, "another"), f.now.Add(session.OwnerCheckLife)
		consent, foreign := f.agreesToOwnerCheck(t, ses), f.agreesToOwnerCheck(t, other)
		face := f.consent(t, ses).ID
		begin := func() {
			t.Helper()
			if err := f.store.BeginOwnerCheck(t.Context(), ses.ID, "own_1", until, f.now); err != nil {
				t.Fatal(err)
			}
		}
		begin()
		for _, id := range []string{"", "con_none", foreign, face} {
			wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_1", id, f.now), session.ErrNotFound)
		}
		err := f.store.PutPrefill(t.Context(), session.Prefill{SessionID: ses.ID, AccountID: ses.Account.ID, Document: document(t, "11010519491231002X", "张三"), Until: until})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = f.store.WithdrawConsent(t.Context(), ses.Account.ID, consent, f.now); err != nil {
			t.Fatal(err)
		}
		_, err = f.store.Prefill(t.Context(), ses.ID, f.now)
		wantError(t, err, session.ErrNotFound)
		wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_1", consent, f.now), session.ErrNotFound)
		begin()
		wantError(t, f.store.TakeOwnerCheck(t.Context(), ses, "own_1", consent, f.now), session.ErrNotFound)
		if live := must[[]verification.Consent](t)(f.store.Consents(t.Context(), ses.Account.ID, f.now)); len(live) != 1 || live[0].ID != face {
			t.Errorf("got %v, want the consent to the face to stay", live)
		}
	})
}

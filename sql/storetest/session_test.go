package storetest_test

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"time"

	"renzheng/retention"
	"renzheng/session"
	"renzheng/verification"
)

func TestSession_IsFoundUntilItEnds(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		f.now = f.now.Add(123 * time.Millisecond)
		opened := f.login(t, "2088-𠮷")
		found := f.find(t, opened.ID)
		user, err := f.store.ChannelUser(t.Context(), opened.Account.ID)
		if found.Account != opened.Account || err != nil || user.Reveal() != "2088-𠮷" {
			t.Errorf("got account %v, want %v", found.Account, opened.Account)
		}
		if !found.CreatedAt.Equal(f.now) || !found.Until.Equal(f.now.Add(session.Absolute)) || found.Until.Location() != time.UTC {
			t.Errorf("got times %v to %v, want those it was opened with", found.CreatedAt, found.Until)
		}
		if found.Grant != nil {
			t.Errorf("got a grant, want none")
		}
		_, err = f.store.FindSession(t.Context(), token(opened.ID), f.now.Add(session.Idle))
		wantError(t, err, session.ErrNotFound)
		_, err = f.store.FindSession(t.Context(), token("another"), f.now)
		wantError(t, err, session.ErrNotFound)
	})
}

func TestSession_RenewNeverBeyondItsEndNorAfterIt(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		renew := func(at time.Time) session.Session {
			t.Helper()
			if err := f.store.RenewSession(t.Context(), ses.ID, at.Add(session.Idle)); err != nil {
				t.Fatal(err)
			}
			found, err := f.store.FindSession(t.Context(), token(ses.ID), f.now)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		if got, want := renew(f.now.Add(20*time.Minute)).IdleUntil, f.now.Add(50*time.Minute); !got.Equal(want) {
			t.Errorf("got idle end %v, want %v", got, want)
		}
		if got, want := renew(f.now).IdleUntil, f.now.Add(50*time.Minute); !got.Equal(want) {
			t.Errorf("moved back to %v, want %v", got, want)
		}
		if got, want := renew(f.now.Add(time.Hour)).IdleUntil, f.now.Add(50*time.Minute); !got.Equal(want) {
			t.Errorf("an ended session was revived until %v, want %v", got, want)
		}
		for at := 49 * time.Minute; at < session.Absolute; at += 29 * time.Minute {
			renew(f.now.Add(at))
		}
		if got := renew(f.now.Add(session.Absolute - time.Minute)); !got.IdleUntil.Equal(got.Until) {
			t.Errorf("got idle end %v, want the absolute one %v", got.IdleUntil, got.Until)
		}
	})
}

func TestSession_ReissueKillsTheOldToken(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		got, err := f.store.ReissueToken(t.Context(), ses.ID, token("fresh"), f.now)
		if err != nil || got.ID != ses.ID {
			t.Fatalf("got %v, %v, want the same session", got.ID, err)
		}
		_, err = f.store.FindSession(t.Context(), token(ses.ID), f.now)
		wantError(t, err, session.ErrNotFound)
		if _, err = f.store.FindSession(t.Context(), token("fresh"), f.now); err != nil {
			t.Error(err)
		}
		_, err = f.store.ReissueToken(t.Context(), ses.ID, token("later"), f.now.Add(session.Idle))
		wantError(t, err, session.ErrNotFound)
	})
}

func TestSession_OldestOfTooManyIsClosed(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first, _ := f.granted(t, "u", ann(t))
		f.now = f.now.Add(time.Second)
		for range session.MaxPerAccount {
			f.login(t, "u")
		}
		_, err := f.store.FindSession(t.Context(), token(first.ID), f.now)
		wantError(t, err, session.ErrNotFound)
		if n := f.count(t, "SELECT COUNT(*) FROM grants WHERE ended_at = 0"); n != 0 {
			t.Errorf("got %d live grants, want none", n)
		}
	})
}

func TestSession_ManyLoginsAtOnceMakeOneAccountAndFewSessions(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		var logins sync.WaitGroup
		for i := range 8 {
			logins.Go(func() {
				s := f.store
				if i%2 == 1 {
					s = f.replica
				}
				if _, err := s.OpenSession(t.Context(), newSession("u", f.now)); err != nil {
					t.Error(err)
				}
			})
		}
		logins.Wait()
		if n := f.count(t, "SELECT COUNT(*) FROM accounts"); n != 1 {
			t.Errorf("got %d accounts, want 1", n)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM sessions WHERE revoked_at = 0"); n != session.MaxPerAccount {
			t.Errorf("got %d live sessions, want %d", n, session.MaxPerAccount)
		}
	})
}

func TestSession_CloseEndsWhatHangsOnIt(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		v := f.access(t, ses, bob(t))
		for range 2 {
			if err := f.store.CloseSession(t.Context(), ses.ID, f.now); err != nil {
				t.Fatal(err)
			}
		}
		_, err := f.store.FindSession(t.Context(), token(ses.ID), f.now)
		wantError(t, err, session.ErrNotFound)
		got, err := f.store.Verification(t.Context(), ses.ID, v.ID, f.now)
		if err != nil || got.State != verification.Voided {
			t.Errorf("got state %s, %v, want %s", got.State, err, verification.Voided)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM portraits") + f.count(t, "SELECT COUNT(*) FROM data_keys WHERE owner_id LIKE 'por%'"); n != 0 {
			t.Errorf("got %d rows of a portrait, want none", n)
		}
	})
}

func TestSession_CancelledContextWritesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := f.store.OpenSession(ctx, newSession("u", f.now))
		wantError(t, err, context.Canceled)
		if n := f.count(t, "SELECT COUNT(*) FROM accounts"); n != 0 {
			t.Errorf("got %d accounts, want none", n)
		}
	})
}

func TestPrefill_IsTakenOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		put := func(until time.Time) {
			t.Helper()
			err := f.store.PutPrefill(t.Context(), session.Prefill{
				SessionID: ses.ID, AccountID: ses.Account.ID, Document: ann(t), Until: until,
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		_, err := f.store.Prefill(t.Context(), ses.ID, f.now)
		wantError(t, err, session.ErrNotFound)
		put(f.now.Add(time.Minute))
		put(f.now.Add(session.PrefillLife))
		var takers sync.WaitGroup
		var taken sync.Map
		for i := range 6 {
			takers.Go(func() {
				if prefill, failed := f.replica.TakePrefill(t.Context(), ses.ID, f.now); failed == nil {
					taken.Store(i, prefill)
				}
			})
		}
		takers.Wait()
		count := 0
		taken.Range(func(_, taker any) bool {
			count++
			if prefill, ok := taker.(session.Prefill); !ok || prefill.Document != ann(t) {
				t.Error("got another document than was put")
			}
			return true
		})
		if count != 1 {
			t.Errorf("taken %d times, want once", count)
		}
		got, err := f.store.Prefill(t.Context(), ses.ID, f.now)
		if err != nil || got.Document != ann(t) {
			t.Errorf("got %v, %v, want it also after use", got.Document, err)
		}
		put(f.now.Add(session.PrefillLife))
		_, err = f.store.TakePrefill(t.Context(), ses.ID, f.now.Add(session.PrefillLife))
		wantError(t, err, session.ErrNotFound)
		for at, want := range map[time.Duration]int{0: 0, session.PrefillLife: 1} {
			if gone := purgeAt(t, f.store, f.now.Add(at))[retention.Prefills]; gone != want {
				t.Errorf("after %v: got %d purged, want %d", at, gone, want)
			}
		}
	})
}

func TestIdempotency_OneOfManyWorks(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		i := session.Idempotency{Principal: "acc_1", Route: "start", Key: "0123456789abcdef", Body: []byte("{}")}
		var calls sync.WaitGroup
		var mine sync.Map
		for n := range 8 {
			calls.Go(func() {
				if answer, err := f.replica.Begin(t.Context(), i, f.now); err == nil && answer == nil {
					mine.Store(n, true)
				}
			})
		}
		calls.Wait()
		claims := 0
		mine.Range(func(any, any) bool { claims++; return true })
		if claims != 1 {
			t.Fatalf("got %d claims, want 1", claims)
		}
		_, err := f.store.Begin(t.Context(), i, f.now.Add(59*time.Second))
		wantError(t, err, session.ErrStillRunning)
		if answer, err := f.store.Begin(t.Context(), i, f.now.Add(time.Minute)); answer != nil || err != nil {
			t.Errorf("got %v, %v, want the claim of a dead call", answer, err)
		}
	})
}

func TestIdempotency_ReplaysTheAnswer(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		i := session.Idempotency{Principal: "acc_1", Route: "start", Key: "0123456789abcdef", Body: []byte("{}")}
		want := session.Answer{Status: 201, Header: map[string]string{"Location": "/v1/x"}, Body: []byte(`{"name":"𠮷"}`)}
		wantError(t, f.store.Finish(t.Context(), i, want, f.now), session.ErrNotFound)
		if _, err := f.store.Begin(t.Context(), i, f.now); err != nil {
			t.Fatal(err)
		}
		if err := f.store.Finish(t.Context(), i, want, f.now); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.Finish(t.Context(), i, session.Answer{Status: 500}, f.now), session.ErrNotFound)
		if err := f.store.Abandon(t.Context(), i); err != nil { // too late to have an effect
			t.Fatal(err)
		}
		got, err := f.store.Begin(t.Context(), i, f.now.Add(time.Hour))
		if err != nil || got == nil || got.Status != want.Status || !bytes.Equal(got.Body, want.Body) ||
			got.Header["Location"] != want.Header["Location"] {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
		other := i
		other.Body = []byte("[]")
		_, err = f.store.Begin(t.Context(), other, f.now)
		wantError(t, err, session.ErrKeyReused)
		other.Principal = "acc_2"
		if got, err = f.store.Begin(t.Context(), other, f.now); got != nil || err != nil {
			t.Errorf("got %v, %v, want another account's key to be free", got, err)
		}
		if got, err = f.store.Begin(t.Context(), i, f.now.Add(24*time.Hour)); got != nil || err != nil {
			t.Errorf("got %v, %v, want a key free after a day", got, err)
		}
	})
}

func TestIdempotency_AbandonedKeyMayBeTriedAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		i := session.Idempotency{Principal: "acc_1", Route: "start", Key: "0123456789abcdef", Body: []byte("{}")}
		for range 2 {
			if got, err := f.store.Begin(t.Context(), i, f.now); got != nil || err != nil {
				t.Fatalf("got %v, %v, want the claim", got, err)
			}
			if err := f.store.Abandon(t.Context(), i); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Deleting the data key of an account erases it: none of its sessions may go on.
func TestSession_EndsWithTheErasureOfItsAccount(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		opened := f.login(t, "u")
		if _, err := f.raw(t).ExecContext(t.Context(), "DELETE FROM data_keys WHERE owner_id = ?", opened.Account.ID); err != nil {
			t.Fatal(err)
		}
		_, err := f.store.FindSession(t.Context(), token(opened.ID), f.now)
		wantError(t, err, session.ErrNotFound)
	})
}

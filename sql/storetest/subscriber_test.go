package storetest_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/subscriber"
)

func phoneOf(t *testing.T, number string) identity.Phone {
	t.Helper()
	return must[identity.Phone](t)(identity.ParsePhone(number))
}

func newCode(t *testing.T, p subscriber.Purpose, number string, now time.Time) subscriber.NewCode {
	t.Helper()
	return subscriber.NewCode{
		Use:     subscriber.CodeUse{ID: id("otc_"), Purpose: p, Phone: phoneOf(t, number), Code: identity.NewSecret("123456")},
		Network: "203.0.113.7", PerNetwork: 1 << 20, Now: now, ExpiresAt: now.Add(subscriber.CodeLife),
	}
}

func aSubscriber(t *testing.T, number string, now time.Time) subscriber.NewSubscriber {
	t.Helper()
	return subscriber.NewSubscriber{
		ID: id("sbr_"), Phone: phoneOf(t, number), Nickname: identity.NewSecret("老王"),
		Agreement: subscriber.Agreement{ID: "registration", Version: "1", Hash: fmt.Sprintf("%064d", 1)}, Now: now,
	}
}

// codesSent makes 200 requests for a number at once, on two replicas, and returns how many are admitted.
func (f *fixture) codesSent(t *testing.T, number string, now time.Time) int {
	t.Helper()
	const requests = 200
	var racing sync.WaitGroup
	var sent atomic.Int32
	for i := range requests {
		code, replica := newCode(t, subscriber.ToSignIn, number, now), []*store.Store{f.store, f.replica}[i%2]
		if i%3 == 0 {
			code.Use.Purpose = subscriber.ToRegister // whatever it is for
		}
		racing.Go(func() {
			switch err := replica.ReserveCode(t.Context(), code); {
			case err == nil:
				sent.Add(1)
			case !errors.As(err, new(*subscriber.LaterError)):
				t.Error(err)
			}
		})
	}
	racing.Wait()
	return int(sent.Load())
}

// 1 in a minute, 3 in an hour, 5 in 24 hours, in windows that slide, exactly on any number of replicas.
func TestOneTimeCode_IsSentAsOftenAsTheWindowsAllow(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		start := f.now
		total := 0
		for _, step := range []struct {
			at   time.Duration
			want int
		}{
			{0, 1},
			{time.Minute - time.Millisecond, 1},
			{time.Minute, 2},
			{30 * time.Minute, 3},
			{time.Hour - time.Millisecond, 3},
			{time.Hour, 4},
			{time.Hour + 30*time.Second, 4},
			{time.Hour + time.Minute, 5},
			{23 * time.Hour, 5},
			{24*time.Hour - time.Millisecond, 5},
			{24 * time.Hour, 6},
			{24*time.Hour + time.Minute, 7},
			{24*time.Hour + 2*time.Minute, 7},
		} {
			if total += f.codesSent(t, "13800138000", start.Add(step.at)); total != step.want {
				t.Errorf("after %v: got %d sends, want %d", step.at, total, step.want)
			}
		}
		if got := f.codesSent(t, "13800138001", start); got != 1 {
			t.Errorf("another number: got %d", got)
		}
	})
}

// The person is told when the next code is possible, and it is.
func TestOneTimeCode_SaysWhenTheNextIsPossible(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for now := f.now; now.Before(f.now.Add(48 * time.Hour)); {
			if err := f.store.ReserveCode(t.Context(), newCode(t, subscriber.ToSignIn, "13800138000", now)); err != nil {
				t.Fatal(err)
			}
			var later *subscriber.LaterError
			err := f.replica.ReserveCode(t.Context(), newCode(t, subscriber.ToSignIn, "13800138000", now))
			if !errors.As(err, &later) || !later.At.After(now) {
				t.Fatalf("got %v", err)
			}
			if !errors.As(f.store.ReserveCode(t.Context(), newCode(t, subscriber.ToSignIn, "13800138000", later.At.Add(-time.Millisecond))), new(*subscriber.LaterError)) {
				t.Error("a code is possible before the time that was told")
			}
			now = later.At
		}
	})
}

// What was certainly not sent does not count; what may have been does.
func TestOneTimeCode_GivesBackWhatWasNotSent(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for range 10 {
			code := newCode(t, subscriber.ToRegister, "13800138000", f.now)
			if err := errors.Join(f.store.ReserveCode(t.Context(), code), f.replica.GiveBackCode(t.Context(), code)); err != nil {
				t.Fatal(err)
			}
			wantError(t, f.store.Register(t.Context(), code.Use, aSubscriber(t, "13800138000", f.now)), subscriber.ErrCodeGone)
		}
		if got := f.codesSent(t, "13800138000", f.now); got != 1 {
			t.Errorf("got %d sends", got)
		}
	})
}

// The clients of one network share a budget, whichever numbers they name.
func TestOneTimeCode_IsBoundedByNetwork(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		sent := 0
		for i := range 20 {
			code := newCode(t, subscriber.ToSignIn, fmt.Sprintf("138001380%02d", i), f.now)
			code.PerNetwork = 7
			if err := f.store.ReserveCode(t.Context(), code); err == nil {
				sent++
			} else if !errors.As(err, new(*subscriber.LaterError)) {
				t.Fatal(err)
			}
		}
		if sent != 7 {
			t.Errorf("got %d codes", sent)
		}
	})
}

// Of 200 wrong codes at once, five are compared; then the right one does not help either.
func TestOneTimeCode_IsVoidAfterFiveWrongOnes(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		code := newCode(t, subscriber.ToRegister, "13800138000", f.now)
		if err := f.store.ReserveCode(t.Context(), code); err != nil {
			t.Fatal(err)
		}
		var racing sync.WaitGroup
		var compared atomic.Int32
		for i := range 200 {
			use, replica, n := code.Use, []*store.Store{f.store, f.replica}[i%2], aSubscriber(t, "13800138000", f.now)
			use.Code = identity.NewSecret(fmt.Sprintf("%06d", i))
			racing.Go(func() {
				switch err := replica.Register(t.Context(), use, n); {
				case errors.As(err, new(*subscriber.WrongCodeError)):
					compared.Add(1)
				case !errors.Is(err, subscriber.ErrCodeGone):
					t.Errorf("got %v", err)
				}
			})
		}
		racing.Wait()
		if compared.Load() != subscriber.MaxWrong {
			t.Errorf("%d codes were compared", compared.Load())
		}
		wantError(t, f.store.Register(t.Context(), code.Use, aSubscriber(t, "13800138000", f.now)), subscriber.ErrCodeGone)
	})
}

// A code is for its id, purpose, number and time, once, and for nobody after the next one.
func TestOneTimeCode_ProvesOnlyWhatItWasSentFor(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		old, code := newCode(t, subscriber.ToRegister, "13800138000", f.now), newCode(t, subscriber.ToRegister, "13800138000", f.now.Add(time.Minute))
		if err := errors.Join(f.store.ReserveCode(t.Context(), old), f.store.ReserveCode(t.Context(), code)); err != nil {
			t.Fatal(err)
		}
		now := code.Now
		for name, change := range map[string]func(*subscriber.CodeUse){
			"the one before":     func(u *subscriber.CodeUse) { *u = old.Use },
			"another id":         func(u *subscriber.CodeUse) { u.ID = id("otc_") },
			"another purpose":    func(u *subscriber.CodeUse) { u.Purpose = subscriber.ToSignIn },
			"another number":     func(u *subscriber.CodeUse) { u.Phone = phoneOf(t, "13800138001") },
			"the id of another":  func(u *subscriber.CodeUse) { u.ID = old.Use.ID },
			"after five minutes": func(*subscriber.CodeUse) { now = code.ExpiresAt },
		} {
			use := code.Use
			now = code.Now
			change(&use)
			if err := f.replica.Register(t.Context(), use, aSubscriber(t, "13800138000", now)); !errors.Is(err, subscriber.ErrCodeGone) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if err := f.replica.Register(t.Context(), code.Use, aSubscriber(t, "13800138000", code.Now)); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.Register(t.Context(), code.Use, aSubscriber(t, "13800138000", code.Now)), subscriber.ErrCodeGone)
	})
}

// A number has one subscriber, also if two register at once, each with a code of theirs.
func TestSubscriber_IsOneForANumber(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		now := f.now
		register := func() error {
			code := newCode(t, subscriber.ToRegister, "13800138000", now)
			if err := f.store.ReserveCode(t.Context(), code); err != nil {
				return err
			}
			return f.replica.Register(t.Context(), code.Use, aSubscriber(t, "13800138000", now))
		}
		if err := register(); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
		wantError(t, register(), subscriber.ErrRegistered)

		signIn := newCode(t, subscriber.ToSignIn, "13800138000", now.Add(time.Hour))
		if err := f.store.ReserveCode(t.Context(), signIn); err != nil {
			t.Fatal(err)
		}
		user := must[identity.ChannelUser](t)(f.replica.SignIn(t.Context(), signIn.Use, signIn.Now))
		if user.Kind != "subscriber_id" || user.Reveal() == "" {
			t.Errorf("got %v", user)
		}
		unknown := newCode(t, subscriber.ToSignIn, "13800138001", now)
		if err := f.store.ReserveCode(t.Context(), unknown); err != nil {
			t.Fatal(err)
		}
		_, err := f.replica.SignIn(t.Context(), unknown.Use, now)
		wantError(t, err, subscriber.ErrNotRegistered)
		_, err = f.replica.SignIn(t.Context(), unknown.Use, now)
		wantError(t, err, subscriber.ErrCodeGone)
	})
}

// registered registers a number and returns the session of its account.
func (f *fixture) registered(t *testing.T, number string) session.Session {
	t.Helper()
	code, n := newCode(t, subscriber.ToRegister, number, f.now), aSubscriber(t, number, f.now)
	if err := errors.Join(f.store.ReserveCode(t.Context(), code), f.store.Register(t.Context(), code.Use, n)); err != nil {
		t.Fatal(err)
	}
	return must[session.Session](t)(f.replica.OpenSession(t.Context(), session.NewSession{
		ID: id("ses_"), TokenHash: token(number), Channel: identity.Web, User: subscriber.User(n.ID),
		Now: f.now, IdleUntil: f.now.Add(session.Idle), Until: f.now.Add(session.Absolute),
	}))
}

func (f *fixture) signsIn(t *testing.T, s *store.Store, number string, now time.Time) error {
	t.Helper()
	code := newCode(t, subscriber.ToSignIn, number, now)
	if err := s.ReserveCode(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	_, err := s.SignIn(t.Context(), code.Use, now)
	return err
}

// A hash that was moved to another account signs nobody in.
func TestSubscriber_IsNotMisled(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		victim, thief := f.registered(t, "13800138000"), f.registered(t, "13800138001")
		raw := f.raw(t)
		if _, err := raw.ExecContext(t.Context(), "UPDATE subscriber_keys SET account_id = ? WHERE account_id = ?", victim.Account.ID, thief.Account.ID); err != nil {
			t.Fatal(err)
		}
		wantAltered(t, "a moved hash", f.signsIn(t, f.store, "13800138001", f.now.Add(time.Minute)))
	})
}

// A number is found under new keys, before and after they have replaced the old ones, and has no second subscriber.
func TestSubscriber_IsFoundAfterARotation(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		f.registered(t, "13800138000")
		rotated := f.withKeys(t, rotate(t, f.keys))
		if err := f.signsIn(t, rotated, "13800138000", f.now.Add(time.Hour)); err != nil {
			t.Errorf("before the rekeying: %v", err)
		}
		if err := rotated.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM subscriber_keys"); n != 2 {
			t.Errorf("got %d hashes, want one for each key", n)
		}
		if err := f.signsIn(t, rotated, "13800138000", f.now.Add(3*time.Hour)); err != nil {
			t.Errorf("after the rekeying: %v", err)
		}
		wantError(t, f.signsIn(t, rotated, "13800138002", f.now), subscriber.ErrNotRegistered)
	})
}

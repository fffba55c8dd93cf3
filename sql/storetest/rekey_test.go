package storetest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"

	"renzheng/keyring"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/verification"
)

// rotate returns the key file with a new master and a new look-up key in front.
func rotate(t *testing.T, keys []byte) []byte {
	t.Helper()
	for _, kind := range []keyring.Kind{keyring.KindMaster, keyring.KindLookup} {
		next, err := keyring.Rotate(keys, kind, storetest.Now())
		if err != nil {
			t.Fatal(err)
		}
		keys = next
	}
	return keys
}

// withKeys returns another replica, with a key file of its own.
func (f *fixture) withKeys(t *testing.T, keys []byte) *store.Store {
	t.Helper()
	return storetest.OpenOn(t, f.dsn, openRing(t, keys))
}

func TestKeys_OtherKeysAreRefused(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if err := f.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		other, err := keyring.Generate(storetest.Now())
		if err != nil {
			t.Fatal(err)
		}
		wantError(t, f.withKeys(t, other).RegisterKeys(t.Context()), keyring.ErrOtherKeys)
		if err = f.withKeys(t, rotate(t, f.keys)).RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.RegisterKeys(t.Context()), keyring.ErrOtherKeys) // the old file lacks a key in use
		wantError(t, f.store.Rekey(t.Context(), nil), keyring.ErrOtherKeys)
	})
}

func TestKeys_RotationMakesNoTwins(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		before, v := f.granted(t, "u", ann(t))
		f.store = f.withKeys(t, rotate(t, f.keys))
		after := f.login(t, "u")
		if after.Account.ID != before.Account.ID {
			t.Error("the account has a twin")
		}
		if again := f.access(t, after, ann(t)); again.SubjectID != v.SubjectID {
			t.Error("the subject has a twin")
		}
		if n := f.count(t, "SELECT COUNT(*) FROM subject_keys"); n != 2 {
			t.Errorf("got %d look-up hashes of the subject, want one per key", n)
		}
		i := session.Idempotency{Principal: "acc", Route: "r", Key: "0123456789abcdef", Body: []byte("b")}
		if _, err := f.replica.Begin(t.Context(), i, f.now); err != nil {
			t.Fatal(err)
		}
		_, err := f.store.Begin(t.Context(), i, f.now)
		wantError(t, err, session.ErrStillRunning)
		if err = f.store.Finish(t.Context(), i, session.Answer{Status: 200}, f.now); err != nil {
			t.Error(err)
		}
		i.Body = []byte("other")
		_, err = f.store.Begin(t.Context(), i, f.now)
		wantError(t, err, session.ErrKeyReused)
	})
}

// newestOnly drops all master and look-up keys but the newest from a key file.
func newestOnly(t *testing.T, keys []byte) []byte {
	t.Helper()
	var file map[string]any
	if err := json.Unmarshal(keys, &file); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"master", "lookup"} {
		list, ok := file[kind].([]any)
		if !ok || len(list) < 2 {
			t.Fatalf("no older %s key to drop", kind)
		}
		file[kind] = list[:1]
	}
	newest, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return newest
}

func TestRekey_LetsTheOldKeysGo(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if err := f.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		const people = 130 // more than one batch
		for i := range people {
			f.login(t, fmt.Sprint("user ", i))
		}
		ses, v := f.granted(t, "u", ann(t))
		i := session.Idempotency{Principal: "acc", Route: "r", Key: "0123456789abcdef", Body: []byte("b")}
		if _, err := f.store.Begin(t.Context(), i, f.now); err != nil {
			t.Fatal(err)
		}
		if err := f.store.Finish(t.Context(), i, session.Answer{Status: 207}, f.now); err != nil {
			t.Fatal(err)
		}
		rotated := rotate(t, f.keys)
		f.interruptedRekey(t, rotated)
		f.store = f.withKeys(t, newestOnly(t, rotated))
		if err := f.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		user, err := f.store.ChannelUser(t.Context(), ses.Account.ID)
		if got := f.find(t, ses.ID); got.Grant == nil || got.Grant.Document != ann(t) || err != nil || user.Reveal() != "u" {
			t.Errorf("got %+v, want the grant readable without the old keys", got)
		}
		if got := f.login(t, "u"); got.Account.ID != ses.Account.ID {
			t.Error("the account is not found without the old keys")
		}
		if got := f.access(t, ses, ann(t)); got.SubjectID != v.SubjectID {
			t.Error("the subject is not found without the old keys")
		}
		if err := f.store.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM account_keys"); n != people+1 {
			t.Errorf("got %d look-up hashes of %d accounts, want one each", n, people+1)
		}
	})
}

// interruptedRekey interrupts a first run after each batch, and finishes with a second one under load.
func (f *fixture) interruptedRekey(t *testing.T, keys []byte) {
	t.Helper()
	s := f.withKeys(t, keys)
	for stop := 1; stop <= 3; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		batches := 0
		err := s.Rekey(ctx, func(int, int, string) {
			if batches++; batches == stop {
				cancel()
			}
		})
		cancel()
		wantError(t, err, context.Canceled)
	}
	var load sync.WaitGroup
	load.Go(func() {
		for i := range 20 {
			if _, err := s.OpenSession(t.Context(), newSession(fmt.Sprint("user ", i), f.now)); err != nil {
				t.Error(err)
			}
		}
	})
	if err := s.Rekey(t.Context(), func(done, total int, what string) {
		if done > total || what == "" {
			t.Errorf("got progress %d of %d %s", done, total, what)
		}
	}); err != nil {
		t.Fatal(err)
	}
	load.Wait()
}

func TestRekey_ErasedPersonStaysErased(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.granted(t, "u", ann(t))
		if _, err := f.raw(t).ExecContext(t.Context(), "DELETE FROM data_keys WHERE owner_id = ?", v.SubjectID); err != nil {
			t.Fatal(err)
		}
		s := f.withKeys(t, rotate(t, f.keys))
		if err := s.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		got, err := s.FindSession(t.Context(), token(ses.ID), f.now)
		if err != nil || got.Grant != nil {
			t.Errorf("got grant %v, %v, want the account without the erased person", got.Grant, err)
		}
		_, err = s.Verification(t.Context(), ses.ID, v.ID, f.now)
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestKeys_PromotedKeyIsInUseAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		introduced, err := keyring.Introduce(f.keys, keyring.KindMaster)
		if err != nil {
			t.Fatal(err)
		}
		if err = f.withKeys(t, introduced).Rekey(t.Context(), nil); err != nil { // the waiting key looks unused
			t.Fatal(err)
		}
		promoted, err := keyring.Promote(introduced, keyring.KindMaster)
		if err != nil {
			t.Fatal(err)
		}
		if err = f.withKeys(t, promoted).RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err = f.store.RegisterKeys(t.Context()); !errors.Is(err, keyring.ErrOtherKeys) {
			t.Errorf("got %v, want a replica without the promoted key to be refused", err)
		}
	})
}

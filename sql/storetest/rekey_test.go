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
func (k *kit) withKeys(t *testing.T, keys []byte) *store.Store {
	t.Helper()
	return storetest.OpenOn(t, k.dsn, openRing(t, keys))
}

func TestKeys_OtherKeysAreRefused(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		if err := k.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		other, err := keyring.Generate(storetest.Now())
		if err != nil {
			t.Fatal(err)
		}
		wantError(t, k.withKeys(t, other).RegisterKeys(t.Context()), keyring.ErrOtherKeys)
		if err = k.withKeys(t, rotate(t, k.keys)).RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantError(t, k.store.RegisterKeys(t.Context()), keyring.ErrOtherKeys) // the old file lacks a key in use
		wantError(t, k.store.Rekey(t.Context(), nil), keyring.ErrOtherKeys)
	})
}

func TestKeys_RotationMakesNoTwins(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		before, v := k.granted(t, "u", ann(t))
		k.store = k.withKeys(t, rotate(t, k.keys))
		after := k.login(t, "u")
		if after.Account.ID != before.Account.ID {
			t.Error("the account has a twin")
		}
		if again := k.access(t, after, ann(t)); again.SubjectID != v.SubjectID {
			t.Error("the subject has a twin")
		}
		if n := k.count(t, "SELECT COUNT(*) FROM subject_keys"); n != 2 {
			t.Errorf("got %d look-up hashes of the subject, want one per key", n)
		}
		i := session.Idempotency{Principal: "acc", Route: "r", Key: "0123456789abcdef", Body: []byte("b")}
		if _, err := k.replica.Begin(t.Context(), i, k.now); err != nil {
			t.Fatal(err)
		}
		_, err := k.store.Begin(t.Context(), i, k.now)
		wantError(t, err, session.ErrStillRunning)
		if err = k.store.Finish(t.Context(), i, session.Answer{Status: 200}, k.now); err != nil {
			t.Error(err)
		}
		i.Body = []byte("other")
		_, err = k.store.Begin(t.Context(), i, k.now)
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
	onEach(t, func(k *kit) {
		t := k.t
		if err := k.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		const people = 130 // more than one batch
		for i := range people {
			k.login(t, fmt.Sprint("user ", i))
		}
		ses, v := k.granted(t, "u", ann(t))
		i := session.Idempotency{Principal: "acc", Route: "r", Key: "0123456789abcdef", Body: []byte("b")}
		if _, err := k.store.Begin(t.Context(), i, k.now); err != nil {
			t.Fatal(err)
		}
		if err := k.store.Finish(t.Context(), i, session.Answer{Status: 207}, k.now); err != nil {
			t.Fatal(err)
		}
		rotated := rotate(t, k.keys)
		k.interruptedRekey(t, rotated)
		k.store = k.withKeys(t, newestOnly(t, rotated))
		if err := k.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		user, err := k.store.ChannelUser(t.Context(), ses.Account.ID)
		if got := k.find(t, ses.ID); got.Grant == nil || got.Grant.Document != ann(t) || err != nil || user.Reveal() != "u" {
			t.Errorf("got %+v, want the grant readable without the old keys", got)
		}
		if got := k.login(t, "u"); got.Account.ID != ses.Account.ID {
			t.Error("the account is not found without the old keys")
		}
		if got := k.access(t, ses, ann(t)); got.SubjectID != v.SubjectID {
			t.Error("the subject is not found without the old keys")
		}
		if err := k.store.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n := k.count(t, "SELECT COUNT(*) FROM account_keys"); n != people+1 {
			t.Errorf("got %d look-up hashes of %d accounts, want one each", n, people+1)
		}
	})
}

// interruptedRekey interrupts a first run after each batch, and finishes with a second one under load.
func (k *kit) interruptedRekey(t *testing.T, keys []byte) {
	t.Helper()
	s := k.withKeys(t, keys)
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
			if _, err := s.OpenSession(t.Context(), newSession(fmt.Sprint("user ", i), k.now)); err != nil {
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
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.granted(t, "u", ann(t))
		if _, err := k.raw(t).ExecContext(t.Context(), "DELETE FROM data_keys WHERE owner_id = ?", v.SubjectID); err != nil {
			t.Fatal(err)
		}
		s := k.withKeys(t, rotate(t, k.keys))
		if err := s.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		got, err := s.FindSession(t.Context(), token(ses.ID), k.now)
		if err != nil || got.Grant != nil {
			t.Errorf("got grant %v, %v, want the account without the erased person", got.Grant, err)
		}
		_, err = s.Verification(t.Context(), ses.ID, v.ID, k.now)
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestKeys_PromotedKeyIsInUseAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		introduced, err := keyring.Introduce(k.keys, keyring.KindMaster)
		if err != nil {
			t.Fatal(err)
		}
		if err = k.withKeys(t, introduced).Rekey(t.Context(), nil); err != nil { // the waiting key looks unused
			t.Fatal(err)
		}
		promoted, err := keyring.Promote(introduced, keyring.KindMaster)
		if err != nil {
			t.Fatal(err)
		}
		if err = k.withKeys(t, promoted).RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err = k.store.RegisterKeys(t.Context()); !errors.Is(err, keyring.ErrOtherKeys) {
			t.Errorf("got %v, want a replica without the promoted key to be refused", err)
		}
	})
}

package storetest_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/notice"
)

// remember records a consent to be remembered under the live grant of a session.
func (f *fixture) remember(t *testing.T, ses session.Session) (verification.Consent, error) {
	t.Helper()
	c := verification.Consent{
		ID: id("con_"), AccountID: ses.Account.ID, SessionID: ses.ID, SubjectID: ses.Grant.SubjectID, Kind: notice.Remember,
		NoticeID: "remember", Version: "1", NoticeHash: "hash-remember", AcceptedAt: f.now,
	}
	return c, f.store.Remember(t.Context(), c, ses.Grant.ID, manyOf("consents", ses.Account.ID))
}

// remembering is a session of the user u whose account has remembered d.
func (f *fixture) remembering(t *testing.T, d identity.Document) (session.Session, verification.Consent) {
	t.Helper()
	ses, _ := f.granted(t, "u", d)
	c, err := f.remember(t, ses)
	if err != nil {
		t.Fatal(err)
	}
	return ses, c
}

func (f *fixture) use(t *testing.T, s *store.Store, ses session.Session) (session.Prefill, error) {
	t.Helper()
	return s.PutRemembered(t.Context(), session.Prefill{
		SessionID: ses.ID, AccountID: ses.Account.ID, Until: f.now.Add(session.PrefillLife),
	}, f.now)
}

// wantForgotten checks that nothing is left of a remembered document and its copies.
func (f *fixture) wantForgotten(t *testing.T, ses session.Session) {
	t.Helper()
	_, err := f.replica.Remembered(t.Context(), ses.Account.ID, f.now)
	wantError(t, err, session.ErrNotFound)
	_, err = f.use(t, f.replica, ses)
	wantError(t, err, session.ErrNotFound)
	f.wantRows(t, "forgotten", map[string]int{"remembered_documents": 0, "prefills": 0})
}

func TestRemembered_IsOfTheAccountAndEndsByItself(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, c := f.remembering(t, ann(t))
		later, other := f.login(t, "u"), f.login(t, "another user")
		got, err := f.replica.Remembered(t.Context(), later.Account.ID, f.now)
		if err != nil || got.Document != ann(t) || got.ConsentID != c.ID || !got.Until.Equal(f.now.Add(180*day)) {
			t.Errorf("got %+v, %v, want the document for 180 days", got, err)
		}
		if used, failed := f.use(t, f.replica, later); failed != nil || used.Document != ann(t) || !used.Remembered {
			t.Errorf("got %+v, %v, want a prefill", used, failed)
		}
		_, err = f.use(t, f.store, other)
		wantError(t, err, session.ErrNotFound)
		taken, err := f.store.TakePrefill(t.Context(), later.ID, f.now)
		if err != nil || taken.Document != ann(t) || !taken.Remembered {
			t.Errorf("got %+v, %v, want the copy", taken, err)
		}
		f.now = f.now.Add(180*day - time.Minute)
		if used, failed := f.use(t, f.store, ses); failed != nil || !used.Until.Equal(f.now.Add(time.Minute)) {
			t.Errorf("got until %v, %v, want no longer than the document", used.Until, failed)
		}
		f.now = f.now.Add(time.Minute)
		_, err = f.store.Remembered(t.Context(), ses.Account.ID, f.now)
		wantError(t, err, session.ErrNotFound)
		_, err = f.store.Prefill(t.Context(), ses.ID, f.now)
		wantError(t, err, session.ErrNotFound)
		f.purge(t, f.now)
		f.wantForgotten(t, ses)
	})
}

func TestRemembered_EveryWithdrawalForgets(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, c := f.remembering(t, ann(t))
		if _, err := f.use(t, f.store, ses); err != nil {
			t.Fatal(err)
		}
		ended, err := f.replica.WithdrawConsent(t.Context(), ses.Account.ID, c.ID, f.now)
		if err != nil || ended != (verification.Withdrawn{}) {
			t.Errorf("got %+v, %v, want nothing ended but what was remembered", ended, err)
		}
		f.wantForgotten(t, ses)
		if f.find(t, ses.ID).Grant == nil {
			t.Error("the access ended with it")
		}
		_, err = f.replica.WithdrawConsent(t.Context(), ses.Account.ID, c.ID, f.now)
		wantError(t, err, verification.ErrNotFound)

		again, err := f.remember(t, ses)
		if err != nil {
			t.Fatal(err)
		}
		live, err := f.store.Consents(t.Context(), ses.Account.ID, f.now.Add(100*day))
		if err != nil || len(live) != 1 || live[0].ID != again.ID {
			t.Errorf("got %+v, %v, want the consent listed for as long as it remembers", live, err)
		}
		if live, err = f.store.Consents(t.Context(), ses.Account.ID, f.now); err != nil {
			t.Fatal(err)
		}
		live = slices.DeleteFunc(live, func(c verification.Consent) bool { return c.Kind == notice.Remember })
		if _, err = f.store.WithdrawConsent(t.Context(), ses.Account.ID, live[0].ID, f.now); err != nil {
			t.Fatal(err)
		}
		f.wantForgotten(t, ses)
		_, err = f.remember(t, ses)
		wantError(t, err, verification.ErrNoGrant)
	})
}

// Another person of the same account takes the place of the one before, whose copies go.
func TestRemembered_LastPersonReplacesTheOneBefore(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		first, before := f.remembering(t, ann(t))
		if _, err := f.use(t, f.store, first); err != nil {
			t.Fatal(err)
		}
		f.remembering(t, bob(t))
		got, err := f.store.Remembered(t.Context(), first.Account.ID, f.now)
		if err != nil || got.Document != bob(t) {
			t.Errorf("got %+v, %v, want the last person's", got, err)
		}
		_, err = f.store.Prefill(t.Context(), first.ID, f.now)
		wantError(t, err, session.ErrNotFound)
		_, err = f.store.WithdrawConsent(t.Context(), first.Account.ID, before.ID, f.now)
		wantError(t, err, verification.ErrNotFound)
	})
}

// R7 holds while the channel's own record is live: nothing replaces that.
func TestRemembered_NeverReplacesTheChannelsRecord(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.remembering(t, ann(t))
		put := func() {
			t.Helper()
			err := f.store.PutPrefill(t.Context(), session.Prefill{
				SessionID: ses.ID, AccountID: ses.Account.ID, Document: bob(t), Until: f.now.Add(session.PrefillLife),
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.use(t, f.store, ses); err != nil {
			t.Fatal(err)
		}
		put()
		_, err := f.use(t, f.replica, ses)
		wantError(t, err, session.ErrOwnerKnown)
		got, err := f.store.TakePrefill(t.Context(), ses.ID, f.now)
		if err != nil || got.Remembered || got.Document != bob(t) {
			t.Errorf("got %+v, %v, want the channel's record", got, err)
		}
		_, err = f.use(t, f.replica, ses) // also after its use
		wantError(t, err, session.ErrOwnerKnown)
		f.now = f.now.Add(session.PrefillLife)
		if got, err = f.use(t, f.replica, ses); err != nil || !got.Remembered {
			t.Errorf("got %+v, %v, want the remembered document after the record's time", got, err)
		}
	})
}

// Uses and a withdrawal on several replicas at once leave no copy behind.
func TestRemembered_NoCopySurvivesAWithdrawal(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for range 5 {
			ses, c := f.remembering(t, ann(t))
			var all sync.WaitGroup
			for _, s := range []*store.Store{f.store, f.replica, f.store, f.replica} {
				all.Go(func() { _, _ = f.use(t, s, ses) })
			}
			all.Go(func() {
				if _, err := f.replica.WithdrawConsent(t.Context(), ses.Account.ID, c.ID, f.now); err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			f.wantForgotten(t, ses)
		}
	})
}

func TestRemembered_IsReadableAfterARekeyAndEncrypted(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if err := f.store.RegisterKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		ses, _ := f.remembering(t, ann(t))
		if n := f.count(t, "SELECT COUNT(*) FROM remembered_documents WHERE document_cipher LIKE '%11010519491231002X%'"); n != 0 {
			t.Error("the number is readable in the database")
		}
		rotated := rotate(t, f.keys)
		if err := f.withKeys(t, rotated).Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		got, err := f.withKeys(t, newestOnly(t, rotated)).Remembered(t.Context(), ses.Account.ID, f.now)
		if err != nil || got.Document != ann(t) {
			t.Errorf("got %+v, %v, want the document under the new keys alone", got, err)
		}
		if _, err = f.raw(t).ExecContext(t.Context(), "DELETE FROM data_keys WHERE owner_id = ?", ses.Account.ID); err != nil {
			t.Fatal(err)
		}
		_, err = f.store.Remembered(t.Context(), ses.Account.ID, f.now)
		wantError(t, err, session.ErrNotFound) // erased with its account
	})
}

// A channel whose notice was removed has nothing to forget with, so what it remembers is deleted.
func TestRemembered_EndsWhereItIsNotOffered(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, c := f.remembering(t, ann(t))
		if _, err := f.use(t, f.store, ses); err != nil {
			t.Fatal(err)
		}
		for _, offered := range [][]string{{string(ses.Account.Channel)}, {"another", string(ses.Account.Channel)}} {
			if gone, err := f.replica.ForgetUnoffered(t.Context(), offered, f.now, 10); err != nil || gone != 0 {
				t.Errorf("offered in %v: got %d, %v", offered, gone, err)
			}
		}
		if gone, err := f.replica.ForgetUnoffered(t.Context(), []string{"another"}, f.now, 10); err != nil || gone != 1 {
			t.Errorf("got %d, %v, want the document deleted", gone, err)
		}
		f.wantForgotten(t, ses)
		live, err := f.store.Consents(t.Context(), ses.Account.ID, f.now)
		if err != nil || slices.ContainsFunc(live, func(l verification.Consent) bool { return l.ID == c.ID }) {
			t.Errorf("got %v, %v, want the consent ended", live, err)
		}
		if gone, err := f.store.ForgetUnoffered(t.Context(), nil, f.now, 10); err != nil || gone != 0 {
			t.Errorf("got %d, %v the second time", gone, err)
		}
	})
}

package storetest_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/policy"
)

func TestVerification_ReadsAsItWasInserted(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		d, err := ann(t).WithValidity("2016-01-02", "长期")
		if err != nil {
			t.Fatal(err)
		}
		v := f.access(t, ses, d)
		got, err := f.replica.Verification(t.Context(), ses.ID, v.ID, f.now)
		if err != nil {
			t.Fatal(err)
		}
		if got.Document != d || got.Document.Name.Original() != "欧阳𠮷" {
			t.Error("the document is not the one that was inserted")
		}
		if got.SubjectID == "" || got.SubjectID != v.SubjectID || got.State != verification.Open || got.Todo != nil {
			t.Errorf("got %+v, want it open with its subject", got)
		}
		if !got.ExpiresAt.Equal(v.ExpiresAt) || len(got.Checks) != 2 || got.Next().Kind != policy.Face {
			t.Errorf("got checks %v until %v, want the face first until %v", got.Checks, got.ExpiresAt, v.ExpiresAt)
		}
		_, err = f.store.Verification(t.Context(), "ses_other", v.ID, f.now)
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestVerification_NothingPersonalIsStoredInPlain(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		_, v := f.granted(t, "channel-user-1", ann(t))
		for table, column := range map[string]string{
			"accounts": "user_cipher", "subjects": "document_cipher", "verifications": "document_cipher",
			"grants": "document_cipher", "portraits": "picture_cipher",
		} {
			for _, secret := range []string{"channel-user-1", "11010519491231002X", "欧阳", "a picture"} {
				n := f.count(t, "SELECT COUNT(*) FROM "+table+" WHERE INSTR("+column+", ?) > 0", []byte(secret))
				if n != 0 {
					t.Errorf("%s.%s of %s holds plain text", table, column, v.ID)
				}
			}
		}
	})
}

func TestVerification_OnePersonIsOneSubjectWhoeverAsks(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		var asking sync.WaitGroup
		for i := range 6 {
			ses := f.login(t, string(rune('a'+i)))
			s := f.store
			if i%2 == 1 {
				s = f.replica
			}
			asking.Go(func() {
				_, err := s.InsertVerification(t.Context(), verification.Verification{
					ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
					State: verification.Open, Document: ann(t), CreatedAt: f.now, ExpiresAt: f.now.Add(verification.OpenFor),
				}, startBudgets(ses.Account.ID))
				if err != nil {
					t.Error(err)
				}
			})
		}
		asking.Wait()
		if n := f.count(t, "SELECT COUNT(*) FROM subjects"); n != 1 {
			t.Errorf("got %d subjects, want 1", n)
		}
		if n := f.count(t, "SELECT COUNT(DISTINCT subject_id) FROM verifications"); n != 1 {
			t.Errorf("got %d subjects of verifications, want 1", n)
		}
	})
}

func TestVerification_AccountStandsForFewPersonsADay(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		insert := func(number string, at time.Time) error {
			_, err := f.store.InsertVerification(t.Context(), verification.Verification{
				ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
				State: verification.Open, Document: document(t, number, "张三"), CreatedAt: at, ExpiresAt: at.Add(time.Minute),
			}, verification.StartQuotas{
				Starts: manyOf("verifications", ses.Account.ID),
				Subjects: policy.Quota{
					Scope: "subjects|" + ses.Account.ID + "|" + identity.DateAt(at).String(), Limit: 1, Window: identity.EndOfDay(at).Sub(at),
				},
			})
			return err
		}
		for range 2 {
			if err := insert("11010519491231002X", f.now); err != nil {
				t.Fatal(err)
			}
		}
		err := insert("440524198001010013", f.now)
		exhausted, ok := errors.AsType[*verification.ExhaustedError](err)
		if midnight := time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC); !ok || !exhausted.NextAt.Equal(midnight) {
			t.Fatalf("got %v, want no other person until midnight in Beijing", err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM subjects"); n != 1 {
			t.Errorf("got %d subjects, want the refused one not to be kept", n)
		}
		if err = insert("440524198001010013", f.now.Add(6*time.Hour)); err != nil {
			t.Error(err)
		}
	})
}

func TestVerification_NewOneVoidsTheOpenOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		f.consent(t, ses)
		first := f.access(t, ses, ann(t))
		r := f.reserve(t, first)
		f.now = f.now.Add(time.Second)
		second := f.access(t, ses, ann(t))
		if got, err := f.store.Verification(t.Context(), ses.ID, first.ID, f.now); err != nil || got.State != verification.Voided {
			t.Errorf("got %s, %v, want %s", got.State, err, verification.Voided)
		}
		if got, err := f.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, f.now); err != nil || got.State != verification.AttemptSuperseded {
			t.Errorf("got %s, %v, want %s", got.State, err, verification.AttemptSuperseded)
		}
		if got, err := f.store.LatestVerification(t.Context(), ses.ID, f.now); err != nil || got.ID != second.ID {
			t.Errorf("got %s, %v, want the second", got.ID, err)
		}
		_, err := f.store.LatestVerification(t.Context(), ses.ID, f.now.Add(verification.OpenFor))
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestVerification_AcceptMakesOneGrant(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		c := f.consent(t, ses)
		v := f.access(t, ses, ann(t))
		_, err := f.store.Accept(t.Context(), f.acceptance(v))
		wantError(t, err, verification.ErrConflict) // nothing has passed
		f.pass(t, v)
		stranger := f.acceptance(v)
		stranger.SessionID = f.login(t, "other").ID
		_, err = f.store.Accept(t.Context(), stranger)
		wantError(t, err, verification.ErrNotFound)
		late := f.acceptance(v)
		late.Now = f.now.Add(verification.UsableFor)
		_, err = f.store.Accept(t.Context(), late)
		wantError(t, err, verification.ErrConflict)

		made := f.acceptTogether(t, v, 6)
		found := f.find(t, ses.ID)
		if found.Grant == nil || found.Grant.ID != made || found.Grant.SubjectID != v.SubjectID ||
			found.Grant.VerificationID != v.ID || found.Grant.Document != ann(t) {
			t.Errorf("got grant %+v, want %s for the verified document", found.Grant, made)
		}
		got, err := f.store.Consents(t.Context(), ses.Account.ID, f.now)
		if err != nil || len(got) != 1 || got[0].ID != c.ID || got[0].SubjectID != v.SubjectID {
			t.Errorf("got %+v, %v, want the consent attached to the subject", got, err)
		}
		if _, err = f.store.FindSession(t.Context(), token(ses.ID), f.now); err != nil {
			t.Error(err)
		}
	})
}

// acceptTogether accepts from both replicas at once and returns the one grant that must come of it.
func (f *fixture) acceptTogether(t *testing.T, v verification.Verification, callers int) string {
	t.Helper()
	var accepting sync.WaitGroup
	ids := make([]string, callers)
	for i := range callers {
		s := []*store.Store{f.store, f.replica}[i%2]
		accepting.Go(func() {
			made, err := s.Accept(t.Context(), f.acceptance(v))
			if err != nil {
				t.Error(err)
			}
			ids[i] = made.GrantID
		})
	}
	accepting.Wait()
	for _, got := range ids {
		if got != ids[0] {
			t.Errorf("got grants %v, want one", ids)
		}
	}
	return ids[0]
}

func TestVerification_GrantEnds(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for name, end := range map[string]func(t *testing.T, ses session.Session, v verification.Verification){
			"with its verification": func(t *testing.T, ses session.Session, v verification.Verification) {
				t.Helper()
				if err := f.store.VoidVerification(t.Context(), ses.ID, v.ID, f.now); err != nil {
					t.Fatal(err)
				}
				wantError(t, f.store.VoidVerification(t.Context(), ses.ID, v.ID, f.now), verification.ErrConflict)
				_, err := f.store.Accept(t.Context(), f.acceptance(v))
				wantError(t, err, verification.ErrConflict)
			},
			"with a withdrawn consent": func(t *testing.T, ses session.Session, _ verification.Verification) {
				t.Helper()
				consents, err := f.store.Consents(t.Context(), ses.Account.ID, f.now)
				if err != nil || len(consents) != 1 {
					t.Fatal(consents, err)
				}
				got, err := f.store.WithdrawConsent(t.Context(), ses.Account.ID, consents[0].ID, f.now)
				if want := (verification.Withdrawn{Grants: 1}); err != nil || got != want {
					t.Errorf("got %+v, %v, want %+v", got, err, want)
				}
			},
		} {
			ses, v := f.granted(t, name, ann(t))
			end(t, ses, v)
			if got := f.find(t, ses.ID); got.Grant != nil {
				t.Errorf("%s: the grant lives on", name)
			}
			_, err := f.store.Portrait(t.Context(), ses.ID, v.ID, f.now)
			wantError(t, err, verification.ErrNotFound)
		}
	})
}

func TestVerification_NewGrantEndsTheOldOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, first := f.granted(t, "u", ann(t))
		second := f.access(t, ses, bob(t))
		f.consent(t, ses)
		f.pass(t, second)
		if got := f.find(t, ses.ID).Grant; got == nil || got.VerificationID != first.ID {
			t.Fatalf("got %+v, want the first grant until the second is accepted", got)
		}
		if _, err := f.store.Accept(t.Context(), f.acceptance(second)); err != nil {
			t.Fatal(err)
		}
		if got := f.find(t, ses.ID).Grant; got == nil || got.Document != bob(t) {
			t.Errorf("got %+v, want the second grant", got)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM grants WHERE ended_at = 0"); n != 1 {
			t.Errorf("got %d live grants, want 1", n)
		}
		if got, err := f.store.FindSession(t.Context(), token(ses.ID), f.now); err != nil || got.Grant == nil {
			t.Error(got.Grant, err)
		}
	})
}

func TestVerification_Portrait(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, v := f.granted(t, "u", ann(t))
		got, err := f.store.Portrait(t.Context(), ses.ID, v.ID, f.now)
		if err != nil || string(got) != "a picture" {
			t.Errorf("got %q, %v, want the picture", got, err)
		}
		_, err = f.store.Portrait(t.Context(), "ses_other", v.ID, f.now)
		wantError(t, err, verification.ErrNotFound)
		_, err = f.store.Portrait(t.Context(), ses.ID, v.ID, f.now.Add(verification.GrantFor))
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestVerification_Expires(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for _, user := range []string{"open", "awaiting"} {
			ses := f.login(t, user)
			f.consent(t, ses)
			if v := f.access(t, ses, ann(t)); user == "awaiting" {
				f.pass(t, v)
			}
		}
		granted, _ := f.granted(t, "granted", bob(t))
		expire := func(at time.Duration, want int) {
			t.Helper()
			got, err := f.store.ExpireVerifications(t.Context(), f.now.Add(at), 10)
			if err != nil || len(got) != want {
				t.Errorf("after %v: got %v, %v, want %d", at, got, err, want)
			}
		}
		expire(0, 0)
		expire(verification.UsableFor, 1)
		expire(verification.OpenFor, 1)
		expire(24*time.Hour, 0)
		if n := f.count(t, "SELECT COUNT(*) FROM portraits"); n != 1 {
			t.Errorf("got %d portraits, want that of the grant", n)
		}
		if f.find(t, granted.ID).Grant == nil {
			t.Error("the grant ended with the others")
		}
	})
}

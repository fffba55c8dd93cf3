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
	onEach(t, func(k *kit) {
		t := k.t
		ses := k.login(t, "u")
		d, err := ann(t).WithValidity("2016-01-02", "长期")
		if err != nil {
			t.Fatal(err)
		}
		v := k.access(t, ses, d)
		got, err := k.replica.Verification(t.Context(), ses.ID, v.ID, k.now)
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
		_, err = k.store.Verification(t.Context(), "ses_other", v.ID, k.now)
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestVerification_NothingPersonalIsStoredInPlain(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		_, v := k.granted(t, "channel-user-1", ann(t))
		for table, column := range map[string]string{
			"accounts": "user_cipher", "subjects": "document_cipher", "verifications": "document_cipher",
			"grants": "document_cipher", "portraits": "picture_cipher",
		} {
			for _, secret := range []string{"channel-user-1", "11010519491231002X", "欧阳", "a picture"} {
				n := k.count(t, "SELECT COUNT(*) FROM "+table+" WHERE INSTR("+column+", ?) > 0", []byte(secret))
				if n != 0 {
					t.Errorf("%s.%s of %s holds plain text", table, column, v.ID)
				}
			}
		}
	})
}

func TestVerification_OnePersonIsOneSubjectWhoeverAsks(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		var asking sync.WaitGroup
		for i := range 6 {
			ses := k.login(t, string(rune('a'+i)))
			s := k.store
			if i%2 == 1 {
				s = k.replica
			}
			asking.Go(func() {
				_, err := s.InsertVerification(t.Context(), verification.Verification{
					ID: id("ver_"), AccountID: ses.Account.ID, SessionID: ses.ID, Purpose: policy.Access, Channel: "alipay",
					State: verification.Open, Document: ann(t), CreatedAt: k.now, ExpiresAt: k.now.Add(verification.OpenFor),
				}, startBudgets(ses.Account.ID))
				if err != nil {
					t.Error(err)
				}
			})
		}
		asking.Wait()
		if n := k.count(t, "SELECT COUNT(*) FROM subjects"); n != 1 {
			t.Errorf("got %d subjects, want 1", n)
		}
		if n := k.count(t, "SELECT COUNT(DISTINCT subject_id) FROM verifications"); n != 1 {
			t.Errorf("got %d subjects of verifications, want 1", n)
		}
	})
}

func TestVerification_AccountStandsForFewPersonsADay(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses := k.login(t, "u")
		insert := func(number string, at time.Time) error {
			_, err := k.store.InsertVerification(t.Context(), verification.Verification{
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
			if err := insert("11010519491231002X", k.now); err != nil {
				t.Fatal(err)
			}
		}
		err := insert("440524198001010013", k.now)
		exhausted, ok := errors.AsType[*verification.ExhaustedError](err)
		if midnight := time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC); !ok || !exhausted.NextAt.Equal(midnight) {
			t.Fatalf("got %v, want no other person until midnight in Beijing", err)
		}
		if n := k.count(t, "SELECT COUNT(*) FROM subjects"); n != 1 {
			t.Errorf("got %d subjects, want the refused one not to be kept", n)
		}
		if err = insert("440524198001010013", k.now.Add(6*time.Hour)); err != nil {
			t.Error(err)
		}
	})
}

func TestVerification_NewOneVoidsTheOpenOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses := k.login(t, "u")
		k.consent(t, ses)
		first := k.access(t, ses, ann(t))
		r := k.reserve(t, first)
		k.now = k.now.Add(time.Second)
		second := k.access(t, ses, ann(t))
		if got, err := k.store.Verification(t.Context(), ses.ID, first.ID, k.now); err != nil || got.State != verification.Voided {
			t.Errorf("got %s, %v, want %s", got.State, err, verification.Voided)
		}
		if got, err := k.store.Attempt(t.Context(), ses.ID, r.Attempt.ID, k.now); err != nil || got.State != verification.AttemptSuperseded {
			t.Errorf("got %s, %v, want %s", got.State, err, verification.AttemptSuperseded)
		}
		if got, err := k.store.LatestVerification(t.Context(), ses.ID, k.now); err != nil || got.ID != second.ID {
			t.Errorf("got %s, %v, want the second", got.ID, err)
		}
		_, err := k.store.LatestVerification(t.Context(), ses.ID, k.now.Add(verification.OpenFor))
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestVerification_AcceptMakesOneGrant(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses := k.login(t, "u")
		c := k.consent(t, ses)
		v := k.access(t, ses, ann(t))
		_, err := k.store.Accept(t.Context(), k.acceptance(v))
		wantError(t, err, verification.ErrConflict) // nothing has passed
		k.pass(t, v)
		stranger := k.acceptance(v)
		stranger.SessionID = k.login(t, "other").ID
		_, err = k.store.Accept(t.Context(), stranger)
		wantError(t, err, verification.ErrNotFound)
		late := k.acceptance(v)
		late.Now = k.now.Add(verification.UsableFor)
		_, err = k.store.Accept(t.Context(), late)
		wantError(t, err, verification.ErrConflict)

		made := k.acceptTogether(t, v, 6)
		found := k.find(t, ses.ID)
		if found.Grant == nil || found.Grant.ID != made || found.Grant.SubjectID != v.SubjectID ||
			found.Grant.VerificationID != v.ID || found.Grant.Document != ann(t) {
			t.Errorf("got grant %+v, want %s for the verified document", found.Grant, made)
		}
		got, err := k.store.Consents(t.Context(), ses.Account.ID, k.now)
		if err != nil || len(got) != 1 || got[0].ID != c.ID || got[0].SubjectID != v.SubjectID {
			t.Errorf("got %+v, %v, want the consent attached to the subject", got, err)
		}
		if _, err = k.store.FindSession(t.Context(), token(ses.ID), k.now); err != nil {
			t.Error(err)
		}
	})
}

// acceptTogether accepts from both replicas at once and returns the one grant that must come of it.
func (k *kit) acceptTogether(t *testing.T, v verification.Verification, callers int) string {
	t.Helper()
	var accepting sync.WaitGroup
	ids := make([]string, callers)
	for i := range callers {
		s := []*store.Store{k.store, k.replica}[i%2]
		accepting.Go(func() {
			made, err := s.Accept(t.Context(), k.acceptance(v))
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
	onEach(t, func(k *kit) {
		t := k.t
		for name, end := range map[string]func(t *testing.T, ses session.Session, v verification.Verification){
			"with its verification": func(t *testing.T, ses session.Session, v verification.Verification) {
				t.Helper()
				if err := k.store.VoidVerification(t.Context(), ses.ID, v.ID, k.now); err != nil {
					t.Fatal(err)
				}
				wantError(t, k.store.VoidVerification(t.Context(), ses.ID, v.ID, k.now), verification.ErrConflict)
				_, err := k.store.Accept(t.Context(), k.acceptance(v))
				wantError(t, err, verification.ErrConflict)
			},
			"with a withdrawn consent": func(t *testing.T, ses session.Session, _ verification.Verification) {
				t.Helper()
				consents, err := k.store.Consents(t.Context(), ses.Account.ID, k.now)
				if err != nil || len(consents) != 1 {
					t.Fatal(consents, err)
				}
				got, err := k.store.WithdrawConsent(t.Context(), ses.Account.ID, consents[0].ID, k.now)
				if want := (verification.Withdrawn{Grants: 1}); err != nil || got != want {
					t.Errorf("got %+v, %v, want %+v", got, err, want)
				}
			},
		} {
			ses, v := k.granted(t, name, ann(t))
			end(t, ses, v)
			if got := k.find(t, ses.ID); got.Grant != nil {
				t.Errorf("%s: the grant lives on", name)
			}
			_, err := k.store.Portrait(t.Context(), ses.ID, v.ID, k.now)
			wantError(t, err, verification.ErrNotFound)
		}
	})
}

func TestVerification_NewGrantEndsTheOldOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, first := k.granted(t, "u", ann(t))
		second := k.access(t, ses, bob(t))
		k.consent(t, ses)
		k.pass(t, second)
		if got := k.find(t, ses.ID).Grant; got == nil || got.VerificationID != first.ID {
			t.Fatalf("got %+v, want the first grant until the second is accepted", got)
		}
		if _, err := k.store.Accept(t.Context(), k.acceptance(second)); err != nil {
			t.Fatal(err)
		}
		if got := k.find(t, ses.ID).Grant; got == nil || got.Document != bob(t) {
			t.Errorf("got %+v, want the second grant", got)
		}
		if n := k.count(t, "SELECT COUNT(*) FROM grants WHERE ended_at = 0"); n != 1 {
			t.Errorf("got %d live grants, want 1", n)
		}
		if got, err := k.store.FindSession(t.Context(), token(ses.ID), k.now); err != nil || got.Grant == nil {
			t.Error(got.Grant, err)
		}
	})
}

func TestVerification_Portrait(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		ses, v := k.granted(t, "u", ann(t))
		got, err := k.store.Portrait(t.Context(), ses.ID, v.ID, k.now)
		if err != nil || string(got) != "a picture" {
			t.Errorf("got %q, %v, want the picture", got, err)
		}
		_, err = k.store.Portrait(t.Context(), "ses_other", v.ID, k.now)
		wantError(t, err, verification.ErrNotFound)
		_, err = k.store.Portrait(t.Context(), ses.ID, v.ID, k.now.Add(verification.GrantFor))
		wantError(t, err, verification.ErrNotFound)
	})
}

func TestVerification_Expires(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		for _, user := range []string{"open", "awaiting"} {
			ses := k.login(t, user)
			k.consent(t, ses)
			if v := k.access(t, ses, ann(t)); user == "awaiting" {
				k.pass(t, v)
			}
		}
		granted, _ := k.granted(t, "granted", bob(t))
		expire := func(at time.Duration, want int) {
			t.Helper()
			got, err := k.store.ExpireVerifications(t.Context(), k.now.Add(at), 10)
			if err != nil || got != want {
				t.Errorf("after %v: got %d, %v, want %d", at, got, err, want)
			}
		}
		expire(0, 0)
		expire(verification.UsableFor, 1)
		expire(verification.OpenFor, 1)
		expire(24*time.Hour, 0)
		if n := k.count(t, "SELECT COUNT(*) FROM portraits"); n != 1 {
			t.Errorf("got %d portraits, want that of the grant", n)
		}
		if k.find(t, granted.ID).Grant == nil {
			t.Error("the grant ended with the others")
		}
	})
}

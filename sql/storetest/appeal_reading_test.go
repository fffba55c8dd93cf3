package storetest_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/retention"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/notice"
)

const readings = "SELECT COUNT(*) FROM appeal_readings"

// agreesToPhotos records the session's consent to the reading of photos, and returns its id.
func (f *fixture) agreesToPhotos(t *testing.T, ses session.Session, at time.Time) string {
	t.Helper()
	return must[verification.Consent](t)(f.store.InsertConsent(t.Context(), verification.Consent{
		ID: id("con_"), AccountID: ses.Account.ID, SessionID: ses.ID, Kind: notice.DocumentPhoto,
		NoticeID: "document_photo", Version: "1", NoticeHash: "hash-document_photo", AcceptedAt: at,
	}, manyOf("consents", ses.Account.ID))).ID
}

func valuesRead(t *testing.T, asked time.Time) appeal.PhotoReading {
	t.Helper()
	return appeal.PhotoReading{State: appeal.Read, AskedAt: asked, Values: photo.Reading{
		Side: photo.Front, Name: identity.NewSecret("张三"), Number: identity.NewSecret(ann(t).Number.Reveal()), Warnings: []photo.Warning{photo.Forged}, RequestID: "r-1",
	}.WithValidity("2015.03.01-2035.03.01")}
}

func (f *fixture) agreed(t *testing.T) (session.Session, appeal.Appeal, appeal.Material) {
	t.Helper()
	ses := f.login(t, "u")
	a := f.appealed(t, ses, "account_limit")
	m := f.sent(t, a, "document_front")
	if err := f.store.AgreeToReading(t.Context(), a.AccountID, a.ID, f.agreesToPhotos(t, ses, f.now)); err != nil {
		t.Fatal(err)
	}
	return ses, a, m
}

// submittedWithReading submits an appeal with a photo that was read and corrected.
func (f *fixture) submittedWithReading(t *testing.T, ses session.Session) appeal.Appeal {
	t.Helper()
	a := f.appealed(t, ses, "account_limit")
	f.read(t, ses, a, f.sent(t, a, "document_front"))
	s := appeal.Submission{AccountID: a.AccountID, ID: a.ID, Form: appeal.Form{Text: identity.NewSecret("不是我")}, Now: f.now, Due: f.now.Add(day)}
	if err := f.store.Submit(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return a
}

// read has a photo read by consent, and corrected.
func (f *fixture) read(t *testing.T, ses session.Session, a appeal.Appeal, m appeal.Material) {
	t.Helper()
	ctx := t.Context()
	agreeErr := f.store.AgreeToReading(ctx, a.AccountID, a.ID, f.agreesToPhotos(t, ses, f.now))
	_, claimErr := f.store.ClaimReading(ctx, a.AccountID, m, f.now, f.now.Add(-day))
	finishErr := f.store.FinishReading(ctx, m, valuesRead(t, f.now))
	correctErr := f.store.CorrectReading(ctx, a.AccountID, m, appeal.Correction{Name: identity.NewSecret("张三丰")}, f.now)
	if err := errors.Join(agreeErr, claimErr, finishErr, correctErr); err != nil {
		t.Fatal(err)
	}
}

// A photo is sent once, whoever asks how often on whichever replica, and only by a live consent that is bound to the appeal.
func TestReadings_AreClaimedOnceByAConsent(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx, since := f.t, f.t.Context(), f.now.Add(-day)
		ses, a, m := f.agreed(t)
		other := f.login(t, "another")
		wantError(t, f.store.AgreeToReading(ctx, other.Account.ID, a.ID, f.agreesToPhotos(t, other, f.now)), appeal.ErrNotFound)
		wantError(t, f.store.AgreeToReading(ctx, a.AccountID, a.ID, f.agreesToPhotos(t, other, f.now)), appeal.ErrNotOpen)
		wantError(t, f.store.AgreeToReading(ctx, a.AccountID, a.ID, f.consent(t, ses).ID), appeal.ErrNotOpen)
		for _, c := range []struct {
			account string
			m       appeal.Material
			since   time.Time
			want    error
		}{
			{other.Account.ID, m, since, appeal.ErrNotFound},
			{a.AccountID, m, f.now, appeal.ErrNoConsent}, // older than a consent may be
			{a.AccountID, appeal.Material{ID: m.ID, AppealID: a.ID, CopyID: "cpy_other"}, since, appeal.ErrNoConsent},
			{a.AccountID, appeal.Material{ID: "mat_other", AppealID: a.ID, CopyID: m.CopyID}, since, appeal.ErrNotOpen},
		} {
			_, err := f.replica.ClaimReading(ctx, c.account, c.m, f.now, c.since)
			wantError(t, err, c.want)
		}
		var all sync.WaitGroup
		var claims atomic.Int32
		for i := range 8 {
			on := f.store
			if i%2 == 1 {
				on = f.replica
			}
			all.Go(func() {
				if claimed, err := on.ClaimReading(ctx, a.AccountID, m, f.now, since); err != nil {
					t.Error(err)
				} else if claimed {
					claims.Add(1)
				}
			})
		}
		all.Wait()
		if claims.Load() != 1 {
			t.Errorf("%d of 8 at once sent one photo", claims.Load())
		}
		if err := f.replica.FinishReading(ctx, m, valuesRead(t, f.now)); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.FinishReading(ctx, m, valuesRead(t, f.now)), appeal.ErrNotOpen)
		correction := appeal.Correction{Name: identity.NewSecret("张三丰"), ValidFrom: identity.Date{Year: 2015, Month: 3, Day: 1}, LongTerm: true}
		wantError(t, f.store.CorrectReading(ctx, other.Account.ID, m, correction, f.now), appeal.ErrNotFound)
		if err := f.store.CorrectReading(ctx, a.AccountID, m, correction, f.now); err != nil {
			t.Fatal(err)
		}
		got := must[appeal.Appeal](t)(f.replica.Appeal(ctx, a.AccountID, a.ID)).Materials[0].Reading
		if got.Values.Name.Reveal() != "张三" || got.Values.Until.String() != "2035-03-01" || got.Correction != correction || got.Values.Warnings[0] != photo.Forged || !got.ConfirmedAt.Equal(f.now) {
			t.Errorf("got %v", got)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM appeal_readings WHERE reading_cipher LIKE '%张三%' OR correction_cipher LIKE '%张三%'"); n != 0 {
			t.Error("the values are stored in plain")
		}
	})
}

// Whatever ends while the recognizer is asked, its answer comes too late for it.
func TestReadings_EndWithWhatTheyBelongTo(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		form := appeal.Form{Contact: identity.NewSecret("13800138000"), Text: identity.NewSecret("不是我")}
		for name, end := range map[string]struct {
			by   func(a appeal.Appeal, m appeal.Material) error
			left int // rows
		}{
			"the consent is withdrawn": {func(a appeal.Appeal, _ appeal.Material) error {
				now := must[appeal.Appeal](t)(f.replica.Appeal(ctx, a.AccountID, a.ID))
				_, err := f.replica.WithdrawConsent(ctx, a.AccountID, now.ReadingConsentID, f.now)
				return err
			}, 0},
			"the photo is removed": {func(a appeal.Appeal, m appeal.Material) error {
				return f.replica.RemoveMaterial(ctx, a.AccountID, a.ID, m.ID, f.now)
			}, 0},
			"the appeal is withdrawn": {func(a appeal.Appeal, _ appeal.Material) error {
				return f.replica.Withdraw(ctx, a.AccountID, a.ID, f.now)
			}, 0},
			"the appeal is submitted": {func(a appeal.Appeal, _ appeal.Material) error {
				return f.replica.Submit(ctx, appeal.Submission{AccountID: a.AccountID, ID: a.ID, Form: form, Required: []string{"document_front"}, Now: f.now, Due: f.now.Add(day)})
			}, 1},
		} {
			ses := f.login(t, name)
			a := f.appealed(t, ses, "account_limit")
			m := f.sent(t, a, "document_front")
			if err := f.store.AgreeToReading(ctx, a.AccountID, a.ID, f.agreesToPhotos(t, ses, f.now)); err != nil {
				t.Fatal(err)
			}
			before := f.count(t, readings)
			if claimed, err := f.store.ClaimReading(ctx, a.AccountID, m, f.now, f.now.Add(-day)); err != nil || !claimed {
				t.Fatalf("%s: got %t, %v", name, claimed, err)
			}
			if err := end.by(a, m); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			wantError(t, f.store.FinishReading(ctx, m, valuesRead(t, f.now)), appeal.ErrNotOpen)
			if left := f.count(t, readings) - before; left != end.left || f.count(t, readings+" WHERE state = 'read'") != 0 {
				t.Errorf("%s: %d readings are left, want %d without values", name, left, end.left)
			}
		}
	})
}

// What was read goes with its photo, and a withdrawal does not take away what is being decided on.
func TestReadings_AreDeletedWithTheirPhotos(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		_, a, m := f.agreed(t)
		if _, err := f.store.ClaimReading(ctx, a.AccountID, m, f.now, f.now.Add(-day)); err != nil {
			t.Fatal(err)
		}
		if err := f.store.FinishReading(ctx, m, valuesRead(t, f.now)); err != nil {
			t.Fatal(err)
		}
		consent := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)).ReadingConsentID
		s := appeal.Submission{AccountID: a.AccountID, ID: a.ID, Form: appeal.Form{Text: identity.NewSecret("不是我")}, Now: f.now, Due: f.now.Add(day)}
		if err := f.store.Submit(ctx, s); err != nil {
			t.Fatal(err)
		}
		if err := f.store.Propose(ctx, actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Decision{Outcome: appeal.Stands}); err != nil {
			t.Fatal(err)
		}
		must[verification.Withdrawn](t)(f.store.WithdrawConsent(ctx, a.AccountID, consent, f.now))
		read := must[appeal.Appeal](t)(f.replica.ReadAppeal(ctx, reviewers[1], a.ID, f.now))
		if read.Materials[0].Reading.Values.Name.Reveal() != "张三" {
			t.Error("the second reviewer does not see what the first one saw")
		}
		approval := appeal.Approval{Act: actOf(reviewers[1], a, f.now), Version: read.Version, DeleteAfter: f.now.Add(appeal.KeptDecided)}
		if err := f.store.Approve(ctx, approval); err != nil {
			t.Fatal(err)
		}
		cut := retention.Cut{Class: retention.Materials, Before: f.now.Add(appeal.KeptDecided)}
		must[retention.Batch](t)(f.store.PurgeCut(ctx, cut, f.now.Add(appeal.KeptDecided), 10))
		if n := f.count(t, readings); n != 0 {
			t.Errorf("%d readings outlive their photos", n)
		}
	})
}

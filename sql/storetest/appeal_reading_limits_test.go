package storetest_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/verification"
)

// An answer belongs to the claim for which it was asked: an earlier one, whose consent was withdrawn, does not become the later one's.
func TestReadings_AnswerOfAWithdrawnConsentIsNotTheNextOnes(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, a, m := f.agreed(t)
		later := f.now.Add(time.Second)
		for i, at := range []time.Time{f.now, later} {
			if claimed, err := f.store.ClaimReading(ctx, a.AccountID, m, at, f.now.Add(-day)); err != nil || !claimed {
				t.Fatalf("got %t, %v", claimed, err)
			}
			if i == 1 {
				break
			}
			consent := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)).ReadingConsentID
			must[verification.Withdrawn](t)(f.replica.WithdrawConsent(ctx, a.AccountID, consent, f.now))
			if err := f.replica.AgreeToReading(ctx, a.AccountID, a.ID, f.agreesToPhotos(t, ses, later)); err != nil {
				t.Fatal(err)
			}
		}
		wantError(t, f.store.FinishReading(ctx, m, valuesRead(t, f.now)), appeal.ErrNotOpen)
		if err := f.store.FinishReading(ctx, m, valuesRead(t, later)); err != nil {
			t.Error(err)
		}
	})
}

// Each recognition costs money: removing a photo or withdrawing the consent gives none back.
func TestReadings_AreLimitedForAnAccount(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		_, a, m := f.agreed(t)
		for n := range appeal.MaxReadings + 1 {
			claimed, err := f.store.ClaimReading(ctx, a.AccountID, m, f.now, f.now.Add(-day))
			if want := n < appeal.MaxReadings; err != nil || claimed != want {
				t.Fatalf("photo %d: got %t, %v, want %t", n, claimed, err, want)
			}
			if n == appeal.MaxReadings {
				break
			}
			if err = f.store.RemoveMaterial(ctx, a.AccountID, a.ID, m.ID, f.now); err != nil {
				t.Fatal(err)
			}
			m = f.sent(t, a, "document_front")
		}
		if state := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)).Materials[0].Reading.State; state != appeal.NotRead {
			t.Errorf("got %q beyond the limit, want a photo that reviewers read", state)
		}
	})
}

// What reviewers decide on stays until they send it back; then a consent that was withdrawn meanwhile has its effect.
func TestReadings_WithdrawnDuringAProposalAreErasedWhenItIsSentBack(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		for _, withdrawn := range []bool{true, false} {
			ses := f.login(t, fmt.Sprint("withdrawn ", withdrawn))
			a := f.appealed(t, ses, "account_limit")
			m := f.sent(t, a, "document_front")
			consent := f.agreesToPhotos(t, ses, f.now)
			agreeErr := f.store.AgreeToReading(ctx, a.AccountID, a.ID, consent)
			_, claimErr := f.store.ClaimReading(ctx, a.AccountID, m, f.now, f.now.Add(-day))
			s := appeal.Submission{AccountID: a.AccountID, ID: a.ID, Form: appeal.Form{Text: identity.NewSecret("不是我")}, Now: f.now, Due: f.now.Add(day)}
			if err := errors.Join(agreeErr, claimErr, f.store.FinishReading(ctx, m, valuesRead(t, f.now)), f.store.Submit(ctx, s)); err != nil {
				t.Fatal(err)
			}
			if err := f.store.Propose(ctx, actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Decision{Outcome: appeal.Stands}); err != nil {
				t.Fatal(err)
			}
			if withdrawn {
				must[verification.Withdrawn](t)(f.store.WithdrawConsent(ctx, a.AccountID, consent, f.now))
			}
			read := must[appeal.Appeal](t)(f.replica.ReadAppeal(ctx, reviewers[1], a.ID, f.now))
			if err := f.store.SendBack(ctx, actOf(reviewers[1], a, f.now), read.Version, identity.NewSecret("照片看不清，请再问")); err != nil {
				t.Fatal(err)
			}
			left := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)).Materials[0].Reading
			if gone := left.State == ""; gone != withdrawn {
				t.Errorf("withdrawn: %t, erased: %t", withdrawn, gone)
			}
		}
	})
}

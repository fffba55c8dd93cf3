package storetest_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/bar"
	"renzheng/identity"
	"renzheng/retention"
	"renzheng/rulebook"
	"renzheng/sql/store"
	"renzheng/staff"
	"renzheng/window"
)

// signedIn is the member of an account of the identity provider, who works with a document of their own.
func (f *fixture) signedIn(t *testing.T, s *store.Store, account string, d identity.Document) staff.Member {
	t.Helper()
	n := f.staffSignIn(account, account, func(n *staff.NewSession) {
		n.Identity.Document, n.Identity.Office = &staff.OwnDocument{Type: d.Type, Number: d.Number}, "hall-1"
	})
	return must[staff.Session](t)(s.OpenStaffSession(t.Context(), n)).Member
}

// twoAccounts are the accounts of one person on the two sides of a rotation of the look-up keys.
type twoAccounts struct {
	before, after staff.Member
	keys          []byte // the key file after the rotation
	rotated       *store.Store
}

func (f *fixture) twoAccounts(t *testing.T, d identity.Document) twoAccounts {
	t.Helper()
	two := twoAccounts{before: f.signedIn(t, f.store, "1", d), keys: rotate(t, f.keys)}
	two.rotated = f.withKeys(t, two.keys)
	two.after = f.signedIn(t, two.rotated, "2", d)
	if two.before.ID == two.after.ID {
		t.Fatal("two accounts are one member")
	}
	return two
}

// halves are the two orders in which the accounts do the first and the second half of an act.
func (a twoAccounts) halves() map[string][2]staff.Member {
	return map[string][2]staff.Member{"the account before the rotation first": {a.before, a.after}, "the account after it first": {a.after, a.before}}
}

// One person with two accounts does not do both halves of an act, whatever look-up keys their sign-ins met (R52).
func TestFourEyes_HoldAcrossARotationOfKeys(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx, n := f.t, f.t.Context(), 0
		two := f.twoAccounts(t, bob(t))
		for name, half := range two.halves() {
			n++
			b := f.proposesBar(t, half[0])
			_, _, err := two.rotated.RevealBar(ctx, half[1], b.ID, f.now)
			if err != nil {
				t.Fatal(err)
			}
			wantError(t, two.rotated.ApproveBar(ctx, f.decidesBar(b, half[1], bar.KindPlaced)), bar.ErrFourEyes)

			v := f.proposed(t, half[0], n)
			wantError(t, f.approve(half[1], v), rulebook.ErrFourEyes)
			if own := must[rulebook.Own](t)(two.rotated.OwnActs(ctx, half[1], v.ID)); own != (rulebook.Own{Proposed: true}) {
				t.Errorf("%s: got %+v of a proposal of the same person", name, own)
			}
			if own := must[rulebook.Own](t)(f.store.OwnActs(ctx, operator(9), v.ID)); own != (rulebook.Own{}) {
				t.Errorf("%s: got %+v of somebody else's proposal", name, own)
			}
			if err = f.approve(operator(9), v); err != nil {
				t.Fatal(err)
			}
			if err = f.rollBack(half[0], v); err != nil {
				t.Fatal(err)
			}
			if own := must[rulebook.Own](t)(two.rotated.OwnActs(ctx, half[1], v.ID)); !own.Withdrew {
				t.Errorf("%s: got %+v of a rollback of the same person", name, own)
			}
			_, err = two.rotated.ReviewRollback(ctx, f.ruleAct(half[1], v, rulebook.KindReviewed))
			wantError(t, err, rulebook.ErrFourEyes)
			must[rulebook.Version](t)(f.store.ReviewRollback(ctx, f.ruleAct(operator(9), v, rulebook.KindReviewed)))

			a, _ := f.submitted(t, f.login(t, name[:20]+string(rune('a'+n))))
			if err = f.store.Propose(ctx, actOf(half[0], a, f.now), f.readBy(t, half[0], a), appeal.Decision{Outcome: appeal.Stands}); err != nil {
				t.Fatal(err)
			}
			read := must[appeal.Appeal](t)(two.rotated.ReadAppeal(ctx, half[1], a.ID, f.now.Add(time.Minute)))
			wantError(t, two.rotated.Approve(ctx, appeal.Approval{Act: actOf(half[1], a, f.now), Version: read.Version}), appeal.ErrFourEyes)
		}
	})
}

func TestFourEyes_HoldAtTheWindowAcrossARotationOfKeys(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		f := &fixture{t: t, store: w.replicas[0], replica: w.replicas[1], dsn: w.dsn, keys: w.keys, now: w.now()}
		person := w.document(t, "张三")
		two := f.twoAccounts(t, w.document(t, "赵六"))
		for name, half := range two.halves() {
			asked := w.open(t, person)[0]
			visit := must[window.Visit](t)(w.halls[0].Open(t.Context(), clerk(), window.Opening{FoundBy: window.ByCase, RegistryID: asked.RegistryID, CaseID: asked.CaseID}))
			visit = must[window.Visit](t)(w.halls[0].Identify(t.Context(), half[0], visit.ID, seen(asked, person)))
			_, err := w.halls[1].Decide(t.Context(), half[1], visit.ID, w.looked(t, half[1], visit))
			if !errors.Is(err, window.ErrSamePerson) {
				t.Errorf("%s: got %v, want ErrSamePerson", name, err)
			}
		}
	})
}

// Before `bff rekey`, a person may be stored under the key before alone. Members still do not decide their own affairs (R52).
func TestOwnAffairs_AreKnownAcrossARotationOfKeys(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		b := f.proposesBar(t, barReviewer("a", "")) // of ann
		rotated := f.withKeys(t, rotate(t, f.keys))
		own := f.signedIn(t, rotated, "1", ann(t))
		if seen := must[[]bar.Bar](t)(rotated.Bars(ctx, own, 10)); len(seen) != 0 {
			t.Errorf("a member sees a bar of their own: %v", seen)
		}
		wantError(t, rotated.RejectBar(ctx, f.decidesBar(b, own, "")), bar.ErrNotFound)
	})
}

// The name of a person outlives the key that it was made with.
func TestStaffPerson_StaysTheSame(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		two := f.twoAccounts(t, bob(t))
		if two.before.Subject != two.after.Subject {
			t.Error("two accounts of one person are two persons")
		}
		if other := f.signedIn(t, two.rotated, "3", ann(t)); other.Subject == two.before.Subject {
			t.Error("two persons are one")
		}
		if third := f.signedIn(t, f.withKeys(t, newestOnly(t, two.keys)), "4", bob(t)); third.Subject != two.before.Subject {
			t.Error("the person is somebody else once the key before is gone")
		}
		late := f.now.Add(4 * 366 * day)
		done := must[retention.Batch](t)(f.store.PurgeCut(t.Context(), retention.Cut{Class: retention.StaffPersons, Before: late}, late, 10))
		if left := f.count(t, "SELECT COUNT(*) FROM staff_persons"); done.Gone == 0 || left != 0 {
			t.Errorf("got %d rows purged and %d left", done.Gone, left)
		}
	})
}

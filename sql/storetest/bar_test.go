package storetest_test

import (
	"encoding/hex"
	"errors"
	"sync"
	"testing"
	"time"

	"renzheng/bar"
	"renzheng/keyring"
	"renzheng/ledger"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/verification"
)

func barReviewer(id, subject string) staff.Member {
	return staff.Member{ID: "stf_" + id, Roles: []staff.Role{staff.Reviewer}, Office: "320500", Subject: subject}
}

func (f *fixture) proposesBar(t *testing.T, m staff.Member) bar.Bar {
	t.Helper()
	return must[bar.Bar](t)(f.store.ProposeBar(t.Context(), bar.Proposal{
		Term: bar.Term{Reason: "impersonation", Until: f.now.Add(30 * day)}, Member: m, Document: ann(t), Again: ann(t).Number, Reference: "cfm_1", Now: f.now,
	}))
}

// placesBar shows a second member whose a bar is, and puts it into force.
func (f *fixture) placesBar(t *testing.T, b bar.Bar) error {
	t.Helper()
	second := barReviewer("b", "")
	_, shown, err := f.store.RevealBar(t.Context(), second, b.ID, f.now)
	if err != nil || shown.Number != ann(t).Number {
		t.Errorf("the approver is shown somebody else: %v", err)
	}
	return f.replica.ApproveBar(t.Context(), f.decidesBar(b, second, bar.KindPlaced))
}

func (f *fixture) decidesBar(b bar.Bar, m staff.Member, kind ledger.Kind) bar.Decision {
	return bar.Decision{ID: b.ID, Member: m, Now: f.now, Entry: ledger.Draft{
		ID: "led_" + hex.EncodeToString([]byte(b.ID)[4:20]), At: f.now.UTC(), Kind: kind, Office: m.Office, Member: m.ID, Reference: b.ID,
	}}
}

func TestBar_RejectsAPassUntilItEnds(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, _ := f.granted(t, "u", ann(t))
		b := f.proposesBar(t, barReviewer("a", ""))
		if f.find(t, ses.ID).Grant == nil {
			t.Error("a proposal has ended a grant")
		}
		if err := f.placesBar(t, b); err != nil {
			t.Fatal(err)
		}
		if f.find(t, ses.ID).Grant != nil {
			t.Error("a grant lives on under a bar")
		}
		later := f.login(t, "w")
		f.consent(t, later)
		again := f.access(t, later, ann(t))
		pass := f.passing(t, again)
		wantError(t, f.replica.Settle(ctx, pass), verification.ErrBarred)
		reason, until, err := f.replica.BarOf(ctx, again.SubjectID, f.now)
		if err != nil || reason != "impersonation" || !until.Equal(f.now.Add(30*day)) {
			t.Errorf("got %s until %v, %v", reason, until, err)
		}
		end := f.decidesBar(b, barReviewer("a", ""), bar.KindEnded)
		end.Entry.ID = "led_0123456789abcdef0123456789abcdef"
		if err = f.store.EndBar(ctx, end); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.EndBar(ctx, end), bar.ErrState)
		if err = f.replica.Settle(ctx, pass); err != nil {
			t.Errorf("the bar has ended, and a pass is rejected: %v", err)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE kind LIKE 'bar.%' AND reason = 'impersonation'"); n != 2 {
			t.Errorf("got %d entries of the ledger, want 2", n)
		}
	})
}

func TestBar_LapsesAtItsEnd(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		b := f.proposesBar(t, barReviewer("a", ""))
		if err := f.placesBar(t, b); err != nil {
			t.Fatal(err)
		}
		f.now = f.now.Add(30 * day)
		ses := f.login(t, "w")
		f.consent(t, ses)
		if err := f.store.Settle(ctx, f.passing(t, f.access(t, ses, ann(t)))); err != nil {
			t.Errorf("a bar outlives its end: %v", err)
		}
		wantError(t, f.store.EndBar(ctx, f.decidesBar(b, barReviewer("a", ""), bar.KindEnded)), bar.ErrState)
	})
}

func TestBar_FourEyes(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		b := f.proposesBar(t, barReviewer("a", "0a"))
		for _, same := range []staff.Member{barReviewer("a", ""), barReviewer("a2", "0a")} {
			wantError(t, f.replica.ApproveBar(ctx, f.decidesBar(b, same, bar.KindPlaced)), bar.ErrFourEyes)
		}
		wantError(t, f.replica.ApproveBar(ctx, f.decidesBar(b, barReviewer("b", ""), bar.KindPlaced)), bar.ErrUnread)
		own := barReviewer("c", hex.EncodeToString(openRing(t, f.keys).Hash(keyring.ForSubject, string(ann(t).Type), ann(t).Number.Reveal())))
		wantError(t, f.replica.ApproveBar(ctx, f.decidesBar(b, own, bar.KindPlaced)), bar.ErrNotFound)
		if seen := must[[]bar.Bar](t)(f.store.Bars(ctx, own, 10)); len(seen) != 0 {
			t.Errorf("a member sees a bar of their own: %v", seen)
		}
		_, err := f.store.ProposeBar(ctx, bar.Proposal{
			Term: bar.Term{Reason: "impersonation", Until: f.now.Add(day)}, Member: own, Document: ann(t), Reference: "cfm_1", Now: f.now,
		})
		wantError(t, err, bar.ErrOwn)
		_, _, err = f.store.RevealBar(ctx, own, b.ID, f.now)
		wantError(t, err, bar.ErrNotFound)
		if err = f.store.RejectBar(ctx, f.decidesBar(b, barReviewer("a", "0a"), "")); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.ApproveBar(ctx, f.decidesBar(b, barReviewer("b", ""), bar.KindPlaced)), bar.ErrState)
	})
}

// Of an approval and a pass at the same time one finds the other: no grant outlives a bar.
func TestBar_RacesWithAPass(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses := f.login(t, "w")
		f.consent(t, ses)
		pass := f.passing(t, f.access(t, ses, ann(t)))
		b := f.proposesBar(t, barReviewer("a", ""))
		var both sync.WaitGroup
		var settled, placed error
		second := barReviewer("b", "")
		if _, _, err := f.store.RevealBar(ctx, second, b.ID, f.now); err != nil {
			t.Fatal(err)
		}
		both.Go(func() { settled = f.store.Settle(ctx, pass) })
		both.Go(func() { placed = f.replica.ApproveBar(ctx, f.decidesBar(b, second, bar.KindPlaced)) })
		both.Wait()
		if placed != nil || settled != nil && !errors.Is(settled, verification.ErrBarred) && !errors.Is(settled, verification.ErrConflict) {
			t.Fatal(placed, settled)
		}
		v := must[verification.Verification](t)(f.replica.Verification(ctx, ses.ID, pass.Attempt.VerificationID, f.now))
		if v.State == verification.AwaitingAcceptance || v.State == verification.Passed {
			t.Errorf("the pass ended with %v, and the verification is %s under a bar", settled, v.State)
		}
	})
}

func TestBar_OutlivesAnErasure(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses, _ := f.granted(t, "u", ann(t))
		e := rights.Erasure{ID: rights.ErasureID(ses.Grant.ID), SubjectID: ses.Grant.SubjectID, AccountID: ses.Account.ID, RequestedAt: f.now}
		b := f.proposesBar(t, barReviewer("a", ""))
		if err := f.placesBar(t, b); err != nil {
			t.Fatal(err)
		}
		if err := f.store.RequestErasure(ctx, e); err != nil { // as of a journal
			t.Fatal(err)
		}
		late := f.now.Add(20 * day)
		x := rights.Execution{Now: late, TriesLast: day, Evidence: func(string) time.Duration { return day }}
		status := must[rights.ErasureStatus](t)(f.store.ExecuteErasure(ctx, e.ID, x))
		_, kept, err := f.store.Erasure(ctx, e.ID)
		if err != nil || status.State != rights.Partly || kept.Bars != 1 || !kept.BarsUntil.Equal(f.now.Add(30*day)) {
			t.Errorf("got %s with %v kept, %v; want the bar kept", status.State, kept, err)
		}
		purgeAt(t, f.store, late)
		if reason, _, failed := f.store.BarOf(ctx, e.SubjectID, late); failed != nil || reason == "" {
			t.Errorf("an erasure has ended a bar: %q, %v", reason, failed)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM subject_keys WHERE subject_id = ?", e.SubjectID); n == 0 {
			t.Error("the person of a bar in force cannot be found any more")
		}
	})
}

// Once a bar has ended for long, the purge takes it and the person with it.
func TestBar_IsPurged(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		b := f.proposesBar(t, barReviewer("a", ""))
		if err := f.placesBar(t, b); err != nil {
			t.Fatal(err)
		}
		before := f.now.Add(40 * day)
		done := must[retention.Batch](t)(f.store.PurgeCut(ctx, retention.Cut{Class: retention.Bars, Before: f.now.Add(29 * day)}, f.now.Add(29*day), 10))
		if done.Gone != 0 {
			t.Error("a bar in force was purged")
		}
		if done = must[retention.Batch](t)(f.store.PurgeCut(ctx, retention.Cut{Class: retention.Bars, Before: before}, before.Add(time.Hour), 10)); done.Gone != 1 {
			t.Errorf("got %d bars purged, want 1", done.Gone)
		}
		if n := f.count(t, "SELECT COUNT(*) FROM subject_keys"); n != 0 {
			t.Errorf("%d look-up hashes of a person whom nothing names are left", n)
		}
	})
}

// A proposal that had no effect, because it was rejected or nobody approved it, does not keep its person for years.
func TestBar_DroppedProposalsArePurgedSoon(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		b := f.proposesBar(t, barReviewer("a", ""))
		if err := f.store.RejectBar(ctx, f.decidesBar(b, barReviewer("a", ""), "")); err != nil {
			t.Fatal(err)
		}
		f.proposesBar(t, barReviewer("a", "")) // lapses
		other := document(t, "440524198001010013", "张三")
		placed := must[bar.Bar](t)(f.store.ProposeBar(ctx, bar.Proposal{
			Term: bar.Term{Reason: "impersonation", Until: f.now.Add(30 * day)}, Member: barReviewer("a", ""), Document: other, Again: other.Number, Reference: "cfm_1", Now: f.now,
		}))
		if _, _, err := f.store.RevealBar(ctx, barReviewer("b", ""), placed.ID, f.now); err != nil {
			t.Fatal(err)
		}
		if err := f.store.ApproveBar(ctx, f.decidesBar(placed, barReviewer("b", ""), bar.KindPlaced)); err != nil {
			t.Fatal(err)
		}
		purge := func(after time.Duration) int {
			cut := retention.Cut{Class: retention.DroppedBars, Before: f.now.Add(after)}
			return must[retention.Batch](t)(f.store.PurgeCut(ctx, cut, cut.Before, 10)).Gone
		}
		if early := purge(-time.Second); early != 0 {
			t.Errorf("got %d proposals purged at once", early)
		}
		purge(31 * day) // the last proposal that goes takes the person along, with what is left of their bars
		if all, left := f.count(t, "SELECT COUNT(*) FROM bars"), f.count(t, "SELECT COUNT(*) FROM bars WHERE id = '"+placed.ID+"'"); all != 1 || left != 1 {
			t.Errorf("got %d bars left, %d of them the one that took effect, want that alone", all, left)
		}
		if persons := f.count(t, "SELECT COUNT(DISTINCT subject_id) FROM subject_keys"); persons != 1 {
			t.Errorf("%d persons are left, want that of the bar", persons)
		}
	})
}

// What was proposed long ago is proposed anew, and a lapsed bar keeps nothing.
func TestBar_ExpiredProposals(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		b, second := f.proposesBar(t, barReviewer("a", "")), barReviewer("b", "")
		f.now = f.now.Add(14 * day)
		if _, _, err := f.store.RevealBar(ctx, second, b.ID, f.now); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.ApproveBar(ctx, f.decidesBar(b, second, bar.KindPlaced)), bar.ErrState)
	})
}

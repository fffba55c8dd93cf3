package storetest_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/material"
	"renzheng/retention"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/staff"
)

var reviewers = []staff.Member{{ID: "stf_0000000000000000000a"}, {ID: "stf_0000000000000000000b"}}

// entries numbers the entries of the ledger that these tests make.
var entries atomic.Int64

// actOf is an act of a reviewer, with its entry.
func actOf(m staff.Member, a appeal.Appeal, now time.Time) appeal.Act {
	return appeal.Act{Member: m, ID: a.ID, Now: now, Entry: ledger.Draft{
		ID: fmt.Sprintf("led_%032x", 1<<40+entries.Add(1)), At: now, Kind: appeal.KindProposed, Office: "hall-1", Member: m.ID, Reference: a.ID,
	}}
}

// appealed opens an appeal of a session's account.
func (f *fixture) appealed(t *testing.T, ses session.Session, failure string) appeal.Appeal {
	t.Helper()
	a, _, err := f.store.OpenAppeal(t.Context(), appeal.Appeal{AccountID: ses.Account.ID, Failure: failure, CreatedAt: f.now}, 10, day)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// hashOf returns a look-up hash of a person, as a member's own document has it.
func (f *fixture) hashOf(t *testing.T, subjectID string) string {
	t.Helper()
	var hash []byte
	if err := f.raw(t).GetContext(t.Context(), &hash, "SELECT hash FROM subject_keys WHERE subject_id = ? LIMIT 1", subjectID); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(hash)
}

// versionOf returns the state of an appeal, as a reviewer has just seen it.
func (f *fixture) versionOf(t *testing.T, a appeal.Appeal) int64 {
	t.Helper()
	return int64(f.count(t, "SELECT turn FROM appeals WHERE id = ?", a.ID))
}

// readBy has a reviewer read an appeal, and returns the version that they have seen.
func (f *fixture) readBy(t *testing.T, m staff.Member, a appeal.Appeal) int64 {
	t.Helper()
	return must[appeal.Appeal](t)(f.store.ReadAppeal(t.Context(), m, a.ID, f.now)).Version
}

// sent adds a ready picture to an appeal.
func (f *fixture) sent(t *testing.T, a appeal.Appeal, item string) appeal.Material {
	t.Helper()
	m, err := f.store.AddMaterial(t.Context(), a.AccountID, appeal.Material{AppealID: a.ID, Item: item, Kind: material.Picture, Bytes: 9, Parts: 1, CreatedAt: f.now})
	if err != nil {
		t.Fatal(err)
	}
	part := appeal.Part{MaterialID: m.ID, Data: []byte("as it was")}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.store.PutPart(t.Context(), a.AccountID, a.ID, part))
	check(f.replica.PutPart(t.Context(), a.AccountID, a.ID, part)) // once more
	m.CopyID, m.State, m.Info.MediaType = "cpy_00000000000000000000", appeal.Ready, "image/jpeg"
	check(f.store.ClaimMaterial(t.Context(), a.AccountID, a.ID, claimOf(m.ID, m.CopyID, f.now)))
	check(f.replica.PutCopy(t.Context(), appeal.Part{MaterialID: m.ID, CopyID: m.CopyID, Data: []byte("clean one")}))
	check(f.store.FinishMaterial(t.Context(), m))
	return m
}

func (f *fixture) submitted(t *testing.T, ses session.Session) (appeal.Appeal, appeal.Material) {
	t.Helper()
	a := f.appealed(t, ses, "account_limit")
	m := f.sent(t, a, "document_front")
	form := appeal.Form{Contact: identity.NewSecret("13800138000"), Text: identity.NewSecret("不是我")}
	s := appeal.Submission{AccountID: a.AccountID, ID: a.ID, Form: form, Required: []string{"document_front"}, Now: f.now, Due: f.now.Add(day)}
	if err := f.store.Submit(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return a, m
}

func TestAppeals_GoTheirWay(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		a, m := f.submitted(t, ses)
		if raw := f.count(t, "SELECT COUNT(*) FROM appeal_parts WHERE copy_id = ''"); raw != 0 {
			t.Errorf("%d parts are stored as they arrived", raw)
		}
		if got := must[[]byte](t)(f.replica.ReadPart(t.Context(), m.ID, m.CopyID, 0)); !bytes.Equal(got, []byte("clean one")) {
			t.Errorf("got %q", got)
		}
		ctx, first, second := t.Context(), reviewers[0], reviewers[1]
		if queue := must[[]appeal.Appeal](t)(f.replica.Queue(ctx, first, 10)); len(queue) != 1 || queue[0].ID != a.ID || queue[0].Form.Text.Reveal() != "" {
			t.Errorf("got %v in the queue", queue)
		}
		steps := []error{
			f.store.Ask(ctx, actOf(first, a, f.now), f.readBy(t, first, a), appeal.Message{FromStaff: true, Text: identity.NewSecret("哪一天？"), At: f.now}),
			f.replica.Answer(ctx, appeal.Reply{AccountID: a.AccountID, ID: a.ID, Text: identity.NewSecret("昨天"), Now: f.now}),
			f.store.Propose(ctx, actOf(first, a, f.now), f.readBy(t, first, a), appeal.Decision{Outcome: appeal.Stands, Reason: identity.NewSecret("不"), Ground: identity.NewSecret("法")}),
		}
		if err := errors.Join(steps...); err != nil {
			t.Fatal(err)
		}
		read := must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, second, a.ID, f.now.Add(time.Minute)))
		if len(read.Messages) != 2 || read.Messages[1].Text.Reveal() != "昨天" || read.Form.Contact.Reveal() != "13800138000" {
			t.Errorf("got %v", read)
		}
		if err := f.store.SendBack(ctx, actOf(second, a, f.now), read.Version, identity.NewSecret("照片看不清，请再问")); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.store.Approve(ctx, appeal.Approval{Act: actOf(second, a, f.now), Version: read.Version}), appeal.ErrNotOpen)
		own := must[appeal.Appeal](t)(f.replica.Appeal(ctx, a.AccountID, a.ID))
		if own.State != appeal.Submitted || !own.ReadAt.Equal(f.now.Add(time.Minute)) || own.Decision.Outcome != "" || !own.Returned.IsZero() {
			t.Errorf("got %v, want it back in the queue, and when it was read", own)
		}
		f.wantReturn(t, first, a)
	})
}

// wantReturn requires that a reviewer reads why the last proposal was sent back, and that the ledger has the digest of it.
func (f *fixture) wantReturn(t *testing.T, m staff.Member, a appeal.Appeal) {
	t.Helper()
	read := must[appeal.Appeal](t)(f.replica.ReadAppeal(t.Context(), m, a.ID, f.now))
	if read.Returned.Reveal() != "照片看不清，请再问" || !read.ReturnedAt.Equal(f.now) {
		t.Errorf("got %v, want why it was sent back", read)
	}
	entries := must[[]ledger.Entry](t)(f.store.LedgerEntries(t.Context(), ledger.Filter{Reference: a.ID}, 0, 10))
	if last := entries[len(entries)-1]; last.Digest == "" {
		t.Errorf("got %v, want the digest of the reason", last)
	}
}

func TestAppeals_AreOfTheirAccount(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a, m := f.submitted(t, f.login(t, "u"))
		other := f.login(t, "w").Account.ID
		_, err := f.store.Appeal(ctx, other, a.ID)
		wantError(t, err, appeal.ErrNotFound)
		wantError(t, f.store.Withdraw(ctx, other, a.ID, f.now), appeal.ErrNotFound)
		wantError(t, f.store.RemoveMaterial(ctx, other, a.ID, m.ID, f.now), appeal.ErrNotFound)
		wantError(t, f.store.RemoveMaterial(ctx, a.AccountID, a.ID, m.ID, f.now), appeal.ErrNotOpen)
		if err = f.store.Withdraw(ctx, a.AccountID, a.ID, f.now); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.replica.Withdraw(ctx, a.AccountID, a.ID, f.now), appeal.ErrNotOpen)
		if n := f.count(t, "SELECT COUNT(*) FROM appeal_parts"); n != 0 {
			t.Errorf("%d parts outlive the appeal", n)
		}
	})
}

// R52: one person cannot pass the four eyes with two sessions, two calls at once or two replicas.
func TestAppeals_FourEyes(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ctx, first, second := t.Context(), reviewers[0], reviewers[1]
		first.Subject, second.Subject = strings.Repeat("0a", 32), strings.Repeat("0b", 32)
		a, _ := f.submitted(t, f.login(t, "u"))
		d := appeal.Decision{Outcome: appeal.LimitLifted, Reason: identity.NewSecret("是本人"), Ground: identity.NewSecret("依据")}
		if err := f.store.Propose(ctx, actOf(first, a, f.now), f.readBy(t, first, a), d); err != nil {
			t.Fatal(err)
		}
		read := must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, first, a.ID, f.now))
		approval := func(r staff.Member, version int64) appeal.Approval {
			return appeal.Approval{Act: actOf(r, a, f.now), Version: version, DeleteAfter: f.now.Add(appeal.KeptDecided)}
		}
		for range 2 {
			wantError(t, f.store.Approve(ctx, approval(first, read.Version)), appeal.ErrFourEyes)
			wantError(t, f.replica.Propose(ctx, actOf(first, a, f.now), f.versionOf(t, a), d), appeal.ErrFourEyes)
		}
		other := staff.Member{ID: "stf_other", Roles: first.Roles, Office: first.Office, Subject: first.Subject} // a second account of the first one
		must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, other, a.ID, f.now))
		wantError(t, f.replica.Approve(ctx, approval(other, read.Version)), appeal.ErrFourEyes)
		wantError(t, f.store.Approve(ctx, approval(second, read.Version-1)), appeal.ErrNotOpen)
		wantError(t, f.replica.Approve(ctx, approval(second, read.Version)), appeal.ErrUnread)
		must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, second, a.ID, f.now.Add(-time.Second))) // before the proposal
		wantError(t, f.replica.Approve(ctx, approval(second, read.Version)), appeal.ErrUnread)
		must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, second, a.ID, f.now))
		accesses := must[[]rights.StaffAccess](t)(f.store.StaffAccesses(ctx, rights.AccessPosition{At: f.now.Add(time.Second)}, 10))
		if len(accesses) != 5 || slices.ContainsFunc(accesses, func(r rights.StaffAccess) bool { return r.Reference != a.ID }) {
			t.Errorf("the auditor sees %v, want each of the five readings, though nobody was verified", accesses)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		passed := 0
		for range 4 {
			for _, s := range []interface {
				Approve(ctx context.Context, a appeal.Approval) error
			}{f.store, f.replica} {
				wg.Go(func() {
					if s.Approve(ctx, approval(second, read.Version)) == nil {
						mu.Lock()
						passed++
						mu.Unlock()
					}
				})
			}
		}
		wg.Wait()
		if passed != 1 {
			t.Errorf("it was approved %d times, want once", passed)
		}
	})
}

func TestAppeals_NobodyDecidesTheirOwn(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		v := f.access(t, ses, ann(t))
		asked := appeal.Appeal{AccountID: ses.Account.ID, Failure: "face_differs", VerificationID: v.ID, CreatedAt: f.now}
		_, _, err := f.store.OpenAppeal(t.Context(), asked, 10, day)
		wantError(t, err, appeal.ErrNoFailure)
		if _, err = f.raw(t).ExecContext(t.Context(), "UPDATE checks SET failure = 'face_differs' WHERE verification_id = ? AND kind = 'face'", v.ID); err != nil {
			t.Fatal(err)
		}
		a, created, err := f.store.OpenAppeal(t.Context(), asked, 10, day)
		again, twice, failed := f.replica.OpenAppeal(t.Context(), asked, 10, day)
		if err != nil || failed != nil || !created || twice || again.ID != a.ID || a.SubjectID == "" || !a.Seen {
			t.Fatalf("got %v and %v, %v %v", a, again, err, failed)
		}
		if err = f.store.Submit(t.Context(), appeal.Submission{AccountID: a.AccountID, ID: a.ID, Now: f.now, Due: f.now}); err != nil {
			t.Fatal(err)
		}
		self := staff.Member{ID: reviewers[0].ID, Subject: f.hashOf(t, a.SubjectID)}
		_, err = f.store.ReadAppeal(t.Context(), self, a.ID, f.now)
		wantError(t, err, appeal.ErrNotFound)
		wantError(t, f.store.Propose(t.Context(), actOf(self, a, f.now), f.versionOf(t, a), appeal.Decision{Outcome: appeal.TriesReopened}), appeal.ErrNotFound)
		if queue := must[[]appeal.Appeal](t)(f.store.Queue(t.Context(), self, 10)); len(queue) != 0 {
			t.Errorf("their own appeal is in the queue: %v", queue)
		}
		if err = f.store.Propose(t.Context(), actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Decision{Outcome: appeal.TriesReopened}); err != nil {
			t.Fatal(err)
		}
		yes := appeal.Approval{Act: actOf(reviewers[1], a, f.now), DeleteAfter: f.now}
		yes.Version = must[appeal.Appeal](t)(f.store.ReadAppeal(t.Context(), reviewers[0], a.ID, f.now)).Version
		must[appeal.Appeal](t)(f.store.ReadAppeal(t.Context(), reviewers[1], a.ID, f.now.Add(-time.Second))) // before the proposal
		wantError(t, f.store.Approve(t.Context(), yes), appeal.ErrUnread)
		must[appeal.Appeal](t)(f.store.ReadAppeal(t.Context(), reviewers[1], a.ID, f.now))
		must[appeal.Appeal](t)(f.store.ReadAppeal(t.Context(), reviewers[0], a.ID, f.now)) // by another one last
		if err = f.replica.Approve(t.Context(), yes); err != nil {
			t.Fatal(err)
		}
		stranger := f.login(t, "w")
		_, _, err = f.store.OpenAppeal(t.Context(), appeal.Appeal{AccountID: stranger.Account.ID, Failure: "face_differs", VerificationID: v.ID, CreatedAt: f.now}, 10, day)
		wantError(t, err, appeal.ErrNotFound)
	})
}

func TestAppeals_AreBoundedAndEnd(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses := f.login(t, "u")
		a, _ := f.submitted(t, ses)
		_, _, err := f.store.OpenAppeal(t.Context(), appeal.Appeal{AccountID: ses.Account.ID, Failure: "risk_refused", CreatedAt: f.now}, 1, day)
		if later, ok := errors.AsType[*appeal.LaterError](err); !ok || !later.At.Equal(f.now.Add(day)) {
			t.Errorf("got %v, want the end of the window", err)
		}
		_, err = f.store.AddMaterial(t.Context(), a.AccountID, appeal.Material{AppealID: a.ID, Item: "document_back", Kind: material.Picture, Bytes: 1, Parts: 1})
		wantError(t, err, appeal.ErrNotOpen)
		draft := f.appealed(t, ses, "risk_refused")
		unsent := appeal.Submission{AccountID: a.AccountID, ID: draft.ID, Required: []string{"document_front"}, Now: f.now, Due: f.now}
		wantError(t, f.store.Submit(t.Context(), unsent), appeal.ErrIncomplete)
		for range appeal.MaxMaterials {
			f.sent(t, draft, "document_back")
		}
		_, err = f.store.AddMaterial(t.Context(), a.AccountID, appeal.Material{AppealID: draft.ID, Item: "document_back", Kind: material.Picture, Bytes: 1, Parts: 1})
		wantError(t, err, appeal.ErrBounds)
		propose := appeal.Decision{Outcome: appeal.Stands, Reason: identity.NewSecret("不"), Ground: identity.NewSecret("法")}
		if err = f.store.Propose(t.Context(), actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), propose); err != nil {
			t.Fatal(err)
		}
		version := must[appeal.Appeal](t)(f.store.ReadAppeal(t.Context(), reviewers[1], a.ID, f.now)).Version
		if err = f.store.Approve(t.Context(), appeal.Approval{Act: actOf(reviewers[1], a, f.now), Version: version, DeleteAfter: f.now.Add(30 * day)}); err != nil {
			t.Fatal(err)
		}
		for _, end := range []struct {
			class    retention.Class
			before   time.Time
			gone     int
			leftRows int // of materials
		}{
			{retention.Materials, f.now.Add(7*day - 1), 0, 13},
			{retention.Materials, f.now.Add(7 * day), 12, 1},
			{retention.UnsentAppeals, f.now, 1, 1},
			{retention.Materials, f.now.Add(30*day - 1), 0, 1},
			{retention.Materials, f.now.Add(30 * day), 1, 0},
			{retention.Appeals, f.now, 1, 0},
		} {
			got := must[retention.Batch](t)(f.store.PurgeCut(t.Context(), retention.Cut{Class: end.class, Before: end.before}, end.before, 100))
			if got.Gone != end.gone || f.count(t, "SELECT COUNT(*) FROM appeal_materials") != end.leftRows {
				t.Errorf("%s before %v: got %d gone, want %d", end.class, end.before, got.Gone, end.gone)
			}
		}
		for _, table := range []string{"appeals", "appeal_messages", "appeal_parts", "data_keys WHERE owner_id LIKE 'mat%' OR owner_id LIKE 'apl%'"} {
			if n := f.count(t, "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows are left of %s", n, table)
			}
		}
	})
}

func TestAppeals_GoWithAnErasure(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		f.submitted(t, ses)
		f.wantState(t, f.erased(t, ses), rights.Partly) // used tries stay
		for _, table := range []string{"appeals", "appeal_materials", "appeal_parts", "data_keys WHERE owner_id LIKE 'mat%' OR owner_id LIKE 'apl%'"} {
			if n := f.count(t, "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows are left of %s", n, table)
			}
		}
	})
}

// Each act of a reviewer has an entry in the ledger, and the approval commits to what was proposed (R53).
func TestAppeals_AreInTheLedger(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a, _ := f.submitted(t, f.login(t, "u"))
		d := appeal.Decision{Outcome: appeal.Stands, Reason: identity.NewSecret("不"), Ground: identity.NewSecret("法")}
		proposed := actOf(reviewers[0], a, f.now)
		if err := f.store.Propose(ctx, proposed, f.readBy(t, reviewers[0], a), d); err != nil {
			t.Fatal(err)
		}
		wantError(t, f.replica.Propose(ctx, actOf(reviewers[1], a, f.now), f.versionOf(t, a), d), appeal.ErrNotOpen) // leaves no entry
		version := must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, reviewers[1], a.ID, f.now)).Version
		approved := actOf(reviewers[1], a, f.now)
		approved.Entry.Kind, approved.Entry.Reason = appeal.KindDecided, string(d.Outcome)
		if err := f.replica.Approve(ctx, appeal.Approval{Act: approved, Version: version, DeleteAfter: f.now}); err != nil {
			t.Fatal(err)
		}
		found := must[[]ledger.Entry](t)(f.store.LedgerEntries(ctx, ledger.Filter{Reference: a.ID}, 0, 10))
		if len(found) != 2 || found[0].ID != proposed.Entry.ID || found[1].ID != approved.Entry.ID || found[0].Digest == "" || found[0].Digest != found[1].Digest {
			t.Errorf("got %v, want the proposal and the approval with one digest", found)
		}
	})
}

// Somebody who may only write to the database can neither change a proposal nor make one (R37).
func TestAppeals_NoticeChangedRows(t *testing.T) {
	t.Parallel()
	for column, value := range map[string]string{"outcome": "tries_reopened", "proposed_by": "stf_nobody", "state": "decided", "account_id": "acc_other"} {
		t.Run(column, func(t *testing.T) {
			t.Parallel()
			onEach(t, func(f *fixture) {
				t, ctx := f.t, f.t.Context()
				a, _ := f.submitted(t, f.login(t, "u"))
				if err := f.store.Propose(ctx, actOf(reviewers[0], a, f.now), f.readBy(t, reviewers[0], a), appeal.Decision{Outcome: appeal.Stands}); err != nil {
					t.Fatal(err)
				}
				version := must[appeal.Appeal](t)(f.store.ReadAppeal(ctx, reviewers[1], a.ID, f.now)).Version
				if _, err := f.raw(t).ExecContext(ctx, "UPDATE appeals SET "+column+" = ?", value); err != nil {
					t.Fatal(err)
				}
				err := f.replica.Approve(ctx, appeal.Approval{Act: actOf(reviewers[1], a, f.now), Version: version, DeleteAfter: f.now})
				if _, ok := errors.AsType[*store.AlteredError](err); !ok {
					t.Errorf("got %v, want that the row was changed", err)
				}
				if queue := must[[]appeal.Appeal](t)(f.store.Queue(ctx, reviewers[1], 10)); len(queue) != 0 {
					t.Errorf("got %v in the queue", queue)
				}
				if n := f.count(t, "SELECT COUNT(*) FROM appeals WHERE decided_by <> ''"); n != 0 {
					t.Error("the appeal was decided")
				}
			})
		})
	}
}

package storetest_test

import (
	"testing"
	"time"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/staff"
)

// A reviewer asks, proposes and sends back only what they have read as it is, however the call was made (R52).
func TestAppeals_AreReadBeforeEveryStep(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		first, second := reviewers[0], reviewers[1]
		a, _ := f.submitted(t, f.login(t, "u"))
		ask := func(m staff.Member, version int64) error {
			return f.store.Ask(ctx, actOf(m, a, f.now), version, appeal.Message{FromStaff: true, Text: identity.NewSecret("哪一天？"), At: f.now})
		}
		propose := func(m staff.Member, version int64) error {
			return f.replica.Propose(ctx, actOf(m, a, f.now), version, appeal.Decision{Outcome: appeal.Stands, Reason: identity.NewSecret("不"), Ground: identity.NewSecret("法")})
		}
		sendBack := func(m staff.Member, version int64) error {
			return f.store.SendBack(ctx, actOf(m, a, f.now), version, identity.NewSecret("请再看"))
		}
		f.readBy(t, second, a) // that somebody else has read it does not count
		wantError(t, ask(first, f.versionOf(t, a)), appeal.ErrUnread)
		wantError(t, propose(first, f.versionOf(t, a)), appeal.ErrUnread)
		if err := ask(first, f.readBy(t, first, a)); err != nil {
			t.Fatal(err)
		}
		f.now = f.now.Add(time.Minute)
		reply := appeal.Reply{AccountID: a.AccountID, ID: a.ID, Text: identity.NewSecret("昨天"), Now: f.now}
		if err := f.store.Answer(ctx, reply); err != nil {
			t.Fatal(err)
		}
		wantError(t, ask(first, f.versionOf(t, a)), appeal.ErrUnread) // they have not read the answer
		wantError(t, propose(first, f.versionOf(t, a)), appeal.ErrUnread)
		wantError(t, propose(first, f.versionOf(t, a)-1), appeal.ErrNotOpen)
		if err := propose(first, f.readBy(t, first, a)); err != nil {
			t.Fatal(err)
		}
		wantError(t, sendBack(second, f.versionOf(t, a)), appeal.ErrUnread)
		version := f.readBy(t, second, a)
		f.now = f.now.Add(time.Minute)
		if err := sendBack(second, version); err != nil {
			t.Fatal(err)
		}
		wantError(t, propose(first, f.versionOf(t, a)), appeal.ErrUnread) // nor why it was sent back
		wantError(t, sendBack(second, version), appeal.ErrNotOpen)
		if n := f.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE reference = ?", a.ID); n != 3 {
			t.Errorf("got %d entries, want those of the question, the proposal and the return", n)
		}
	})
}

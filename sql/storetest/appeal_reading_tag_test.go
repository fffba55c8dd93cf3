package storetest_test

import (
	"testing"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/sql/store"
)

// What was changed in the database is shown to nobody, and does not become true by a later step. The photo counts as not read, so that a
// reviewer reads it.
func TestReadings_ChangedInTheDatabaseAreNotShown(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		met := reported(f.store)
		for _, change := range []string{
			"UPDATE appeal_readings SET reading_cipher = ? WHERE material_id = ?", // no warnings
			"UPDATE appeal_readings SET correction_cipher = ? WHERE material_id = ?",
			"UPDATE appeal_readings SET correction_cipher = reading_cipher, tag = ? WHERE material_id = ?",
			"UPDATE appeal_readings SET confirmed_at = 1 + 0 * LENGTH(?) WHERE material_id = ?",
			"UPDATE appeal_readings SET asked_at = 1 + 0 * LENGTH(?) WHERE material_id = ?",
		} {
			ses := f.login(t, change)
			a := f.appealed(t, ses, "account_limit")
			m := f.sent(t, a, "document_front")
			f.read(t, ses, a, m)
			if _, err := f.raw(t).ExecContext(ctx, change, []byte{}, m.ID); err != nil {
				t.Fatal(err)
			}
			got := must[appeal.Appeal](t)(f.store.Appeal(ctx, a.AccountID, a.ID)).Materials[0].Reading
			if got.State != appeal.NotRead || !got.Values.Name.IsZero() || !got.Correction.Name.IsZero() || !got.ConfirmedAt.IsZero() {
				t.Errorf("%s: got %v, want a photo that reviewers read", change, got)
			}
			if found := met(); len(found) != 1 || found[0] != (store.AlteredError{Table: "appeal_readings", ID: m.ID}) {
				t.Errorf("%s: got the reports %v, want one of the reading", change, found)
			}
			wantAltered(t, change, f.store.CorrectReading(ctx, a.AccountID, m, appeal.Correction{Number: identity.NewSecret("1")}, f.now))
			met()
		}
	})
}

// A reading that somebody makes awaited in the database takes no answer, and its appeal can still be submitted.
func TestReadings_MadeAwaitedInTheDatabaseTakeNoAnswer(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		ses := f.login(t, "u")
		a := f.appealed(t, ses, "account_limit")
		m := f.sent(t, a, "document_front")
		f.read(t, ses, a, m)
		if _, err := f.raw(t).ExecContext(ctx, "UPDATE appeal_readings SET state = 'asking'"); err != nil {
			t.Fatal(err)
		}
		wantAltered(t, "a reading", f.replica.FinishReading(ctx, m, valuesRead(t, f.now)))
		s := appeal.Submission{AccountID: a.AccountID, ID: a.ID, Form: appeal.Form{Text: identity.NewSecret("不是我")}, Now: f.now, Due: f.now.Add(day)}
		if err := f.store.Submit(ctx, s); err != nil {
			t.Fatal(err)
		}
		read := must[appeal.Appeal](t)(f.replica.ReadAppeal(ctx, reviewers[0], a.ID, f.now))
		if got := read.Materials[0].Reading; got.State != appeal.NotRead || !got.Values.Name.IsZero() {
			t.Errorf("got %v, want a photo that reviewers read", got)
		}
	})
}

package storetest_test

import (
	"testing"

	"renzheng/appeal"
	"renzheng/sql/store"
)

// A sealed database of a build whose appeals or materials had no tags shows nobody what has none, and reports it, until an operator has
// accepted the rows as they are.
func TestSeal_TakesAppealsOfEarlierBuildsOnceTheyAreAccepted(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t, ctx := f.t, f.t.Context()
		a, m := f.submitted(t, f.login(t, "u"))
		bare := f.appealed(t, f.login(t, "w"), "account_limit")
		f.sent(t, bare, "document_front")
		for _, statement := range []string{"UPDATE appeals SET tag = x'' WHERE id = '" + a.ID + "'", "UPDATE appeal_materials SET tag = x''"} {
			if _, err := f.raw(t).ExecContext(ctx, statement); err != nil {
				t.Fatal(err)
			}
		}
		seen := func() (appeals, materials int) {
			appeals = len(must[[]appeal.Appeal](t)(f.store.Queue(ctx, reviewers[0], 10)))
			return appeals, len(must[appeal.Appeal](t)(f.store.Appeal(ctx, bare.AccountID, bare.ID)).Materials)
		}
		if appeals, materials := seen(); appeals != 0 || materials != 0 {
			t.Errorf("got %d appeals and %d materials without tags", appeals, materials)
		}
		_, err := f.store.Material(ctx, a.AccountID, a.ID, m.ID)
		wantAltered(t, "a material without its tag", err)
		var found []store.AlteredError
		options := store.SealOptions{Found: func(row store.AlteredError) { found = append(found, row) }, Progress: noProgress}
		_, err = f.store.Seal(ctx, options)
		if wantError(t, err, store.ErrAltered); len(found) != 3 {
			t.Errorf("got %v, want an appeal and two materials", found)
		}
		options.Accept = true
		if _, err = f.store.Seal(ctx, options); err != nil {
			t.Fatal(err)
		}
		if appeals, materials := seen(); appeals != 1 || materials != 1 {
			t.Errorf("got %d appeals and %d materials, want one each once they were accepted", appeals, materials)
		}
	})
}

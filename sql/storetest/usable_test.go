package storetest_test

import "testing"

func TestUsable_ChangesATable(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if err := f.store.Usable(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := f.raw(t).ExecContext(t.Context(), "DROP TABLE leases"); err != nil {
			t.Fatal(err)
		}
		if err := f.store.Usable(t.Context()); err == nil {
			t.Error("it answers, but a table cannot be changed; got no error, want one")
		}
	})
}

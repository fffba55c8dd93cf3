package storetest_test

import "testing"

func TestUsable_ChangesATable(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		if err := k.store.Usable(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := k.raw(t).ExecContext(t.Context(), "DROP TABLE leases"); err != nil {
			t.Fatal(err)
		}
		if err := k.store.Usable(t.Context()); err == nil {
			t.Error("it answers, but a table cannot be changed; got no error, want one")
		}
	})
}

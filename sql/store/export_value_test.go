package store_test

import (
	"testing"

	"renzheng/sql/datamap"
	"renzheng/sql/store"
)

// A sealed column that is copied needs an opener, and what is left out has none.
func TestOpeners_AreThoseOfTheCopiedColumns(t *testing.T) {
	t.Parallel()
	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := store.SealedColumns()
	for _, c := range m.Columns {
		name := c.Table + "." + c.Name
		ok := all[name]
		if want := c.Kind == "sealed" && m.LeftOut(c) == ""; ok != want {
			t.Errorf("%s has an opener: %t, want %t", name, ok, want)
		}
		delete(all, name)
	}
	for name := range all {
		t.Errorf("the opener of %s is of no column", name)
	}
}

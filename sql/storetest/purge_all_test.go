package storetest_test

import (
	"testing"

	"renzheng/sql/datamap"
	"renzheng/sql/storetest"
)

// outlives returns the tables that have rows when every period is over, with the reason. Nothing personal is in them.
func outlives() map[string]string {
	return map[string]string{
		"backups":          "one",
		"case_cursors":     "one for each registry",
		"case_ends":        "one for each answered case",
		"cases":            "ids of answered cases",
		"confirmations":    "receipts, which still verify",
		"database_epoch":   "one",
		"feeds":            "one for each registry",
		"goose_db_version": "one for each migration",
		"key_checks":       "one for each key of the operator",
		"leases":           "one for each worker",
		"row_integrity":    "one",
		"subjects":         "ids that receipts name",
		"todos":            "ids of answered todos",
	}
}

// Whatever was played, nothing personal is left when every period is over: tables are empty, or what is encrypted or hashed in
// them is.
func TestPurge_LeavesNothingPersonal(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			todos := newTodoFixture(t, engine)
			f := &fixture{t: t, store: todos.replicas[0], replica: todos.replicas[1], dsn: todos.dsn, keys: todos.keys, now: storetest.Now()}
			everything(t, f, todos)
			todos.open(t, todos.document(t, "李四"))
			for _, days := range []int{1, 10, 200, 400, 1500, 2000, 2500} {
				todos.past(t, days)
			}
			todos.wantNothingPersonal(t)
		})
	}
}

func (f *todoFixture) wantNothingPersonal(t *testing.T) {
	t.Helper()
	all, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range all.Tables() {
		if outlives()[table.Name] == "" {
			if n := f.count(t, "SELECT COUNT(*) FROM "+table.Name); n > 0 {
				t.Errorf("%d rows of %s are left", n, table.Name)
			}
			continue
		}
		for _, c := range table.Columns {
			datum, _ := all.Datum(c.Datum)
			if c.Kind != "sealed" && (c.Kind != "hash" || datum.Harm == "") {
				continue
			}
			if n := f.count(t, "SELECT COUNT(*) FROM "+c.Table+" WHERE LENGTH("+c.Name+") > 0"); n > 0 {
				t.Errorf("%d values of %s.%s are left", n, c.Table, c.Name)
			}
		}
	}
}

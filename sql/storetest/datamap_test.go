package storetest_test

import (
	"slices"
	"strings"
	"testing"

	"renzheng/sql/datamap"
)

// Fails for a column that is not in the data map, and for an entry without a column.
func TestDataMap_HasEveryColumn(t *testing.T) {
	t.Parallel()
	m := must[datamap.Map](t)(datamap.Load())
	var want []string
	for _, c := range m.Columns {
		want = append(want, c.Table+"."+c.Name)
	}
	slices.Sort(want)
	onEach(t, func(f *fixture) {
		columns := `SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name <> 'sqlite_sequence'`
		if strings.HasPrefix(f.dsn, "mysql:") {
			columns = "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = DATABASE()"
		}
		var got []string
		if err := f.raw(f.t).SelectContext(f.t.Context(), &got, columns); err != nil {
			f.t.Fatal(err)
		}
		for _, column := range got {
			if !slices.Contains(want, column) {
				f.t.Errorf("sql/datamap/tables.json lacks %s", column)
			}
		}
		for _, column := range want {
			if !slices.Contains(got, column) {
				f.t.Errorf("sql/datamap/tables.json has %s, which no table has", column)
			}
		}
	})
}

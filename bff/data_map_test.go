package bff_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"renzheng/sql/datamap"
)

// After a person's journey, every value has the form of its column, and no value contains personal data in plain.
func TestDataMap_DescribesEveryValue(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")

	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: w.path}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	checked := 0
	for _, c := range m.Columns {
		for _, value := range valuesOf(t, db, c) {
			checked++
			if !c.Kind.Fits(value) {
				t.Errorf("%s.%s, of kind %s, has %q", c.Table, c.Name, c.Kind, value)
			}
			if found := leaks(string(value), sentinels()); len(found) > 0 {
				t.Errorf("%s.%s contains %q", c.Table, c.Name, found)
			}
		}
	}
	if least := 300; checked < least {
		t.Errorf("checked %d values, want at least %d", checked, least)
	}
}

func valuesOf(t *testing.T, db *sql.DB, c datamap.Column) [][]byte {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), fmt.Sprintf("SELECT CAST(%s AS BLOB) FROM %s", c.Name, c.Table))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var values [][]byte
	for rows.Next() {
		var value []byte
		if err := rows.Scan(&value); err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

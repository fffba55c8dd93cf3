package main

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// database looks into the rows behind a server, as no client can.
type database struct {
	*sql.DB

	driver string
}

func openDatabase(t *testing.T, dsn string) *database {
	t.Helper()
	driver, source, _ := strings.Cut(dsn, ":")
	switch {
	case driver == "sqlite":
		source = "file:" + source + "?_pragma=busy_timeout(10000)"
	case os.Getenv(otherNode) != "":
		source += "?wsrep_sync_wait=7" // what a replica on the other node has committed is seen
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &database{db, driver}
}

// count returns the one number that a query asks for.
func (d *database) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := d.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// text returns the one value that a query asks for.
func (d *database) text(t *testing.T, query string, args ...any) string {
	t.Helper()
	var s string
	if err := d.QueryRowContext(t.Context(), query, args...).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// shift changes one row, as time does.
func (d *database) shift(t *testing.T, statement string, args ...any) {
	t.Helper()
	done, err := d.ExecContext(t.Context(), statement, args...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("changed %d rows (%v), want 1", n, err)
	}
}

// unanswered checks that nobody has answered a todo, and that nobody was told so.
func (d *database) unanswered(t *testing.T, todoID string) {
	t.Helper()
	if n := d.count(t, "SELECT COUNT(*) FROM confirmations WHERE todo_id = ?", todoID); n != 0 {
		t.Errorf("got %d confirmations of the todo, want none", n)
	}
	if n := d.count(t, "SELECT COUNT(*) FROM events WHERE todo_id = ? AND type IN ('todo.confirmed', 'todo.refused')", todoID); n != 0 {
		t.Errorf("got %d events of an answer, want none", n)
	}
}

// picture is a digest of each table.
type picture map[string]string

// picture digests all tables but those that change without any decision:
// nonces of requests with a valid signature, leases, and the counts of sessions'
// idempotency keys, which count even if the request is rejected, and what each server reports of itself every minute.
func (d *database) picture(t *testing.T) picture {
	t.Helper()
	found := picture{}
	for _, table := range d.tables(t) {
		if !slices.Contains([]string{"nonces", "leases", "request_counts", "provider_reports"}, table) {
			rows := d.lines(t, "SELECT * FROM "+table)
			slices.Sort(rows)
			rows = slices.DeleteFunc(rows, func(row string) bool { return table == "budgets" && strings.HasPrefix(row, "keys|") })
			found[table] = fmt.Sprintf("%d rows, %x", len(rows), sha256.Sum256([]byte(strings.Join(rows, "\n"))))
		}
	}
	return found
}

func (d *database) tables(t *testing.T) []string {
	t.Helper()
	if d.driver == "sqlite" {
		return d.lines(t, "SELECT name FROM sqlite_master WHERE type = 'table'")
	}
	return d.lines(t, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
}

// lines returns the rows of a query as text.
func (d *database) lines(t *testing.T, query string) []string {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	var lines []string
	for rows.Next() {
		if err = rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		parts := make([]string, len(values))
		for i, v := range values {
			parts[i] = v.String
		}
		lines = append(lines, strings.Join(parts, "\x1f"))
	}
	if err = rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// same checks that nothing has changed since.
func (d *database) same(t *testing.T, before picture) {
	t.Helper()
	after := d.picture(t)
	for table, was := range before {
		if after[table] != was {
			t.Errorf("table %s changed: %s, before %s", table, after[table], was)
		}
	}
	if len(after) != len(before) {
		t.Errorf("got %d tables, before %d", len(after), len(before))
	}
}

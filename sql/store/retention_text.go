package store

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/retention"
)

// free returns the rest of a statement: the rows that no hold keeps.
func (d dueRows) free() string {
	if d.held == "" {
		return ""
	}
	return " AND NOT EXISTS (" + d.held + ")"
}

// find selects the keys of a batch. Its parameters are the time and the limit.
func (d dueRows) find() string { return d.keys + d.free() + d.ordered() + " LIMIT ?" }

// ordered returns the rest of a statement: the oldest rows first.
func (d dueRows) ordered() string {
	if d.order == "" {
		return ""
	}
	return " ORDER BY " + d.order
}

// remove deletes a batch in one statement, with the parameters of find. Older versions of MariaDB would run IN for every due row, and
// SQLite has no LIMIT here.
func (d dueRows) remove(dialect dialect) string {
	columns, from, _ := strings.Cut(strings.TrimPrefix(d.keys, "SELECT "), " FROM ")
	if dialect == mysqlDialect {
		return "DELETE FROM " + from + d.free() + d.ordered() + " LIMIT ?"
	}
	table, _, _ := strings.Cut(from, " ")
	return "DELETE FROM " + table + " WHERE (" + columns + ") IN (" + d.find() + ")"
}

// count counts due rows that no hold keeps, and returns the time of the oldest, with the parameters of find.
func (d dueRows) count() string { return d.counting(d.free()) }

// countHeld is count of the rows that a hold keeps; "" if no hold concerns the class.
func (d dueRows) countHeld() string {
	if d.held == "" {
		return ""
	}
	return d.counting(" AND EXISTS (" + d.held + ")")
}

func (d dueRows) counting(condition string) string {
	at := cmp.Or(d.at, d.order)
	_, from, _ := strings.Cut(d.keys, " FROM ")
	return "SELECT COUNT(*) AS due, MIN(at) AS oldest FROM (SELECT " + at + " AS at FROM " + from + condition +
		d.ordered() + " LIMIT ?) bounded"
}

// args returns the parameters of find: the time of a cut as the rows have it, and the limit.
func (d dueRows) args(c retention.Cut, limit int) []any {
	var before any = ms(c.Before)
	if d.byDay {
		before = identity.DateAt(c.Before).String()
	}
	return append(slices.Repeat([]any{before}, strings.Count(d.keys, "?")), limit)
}

// countedRow is the answer to a count.
type countedRow struct {
	Due    int            `db:"due"`
	Oldest sql.NullString `db:"oldest"` // Unix milliseconds or a civil date
}

// oldest returns the time of the oldest row, zero if there is none.
func (r countedRow) oldest() (time.Time, error) {
	if !r.Oldest.Valid {
		return time.Time{}, nil
	}
	if at, err := strconv.ParseInt(r.Oldest.String, 10, 64); err == nil {
		return fromMs(at), nil
	}
	at, err := time.Parse(time.DateOnly, r.Oldest.String)
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the time of a due row: %w", err)
	}
	return at, nil
}

package store

import (
	"context"
	"strings"
)

// Bounds of one statement for many rows. SQLite takes 32,766 parameters, and MariaDB packets of 16 MiB.
const (
	batchRows  = 200 // times the 16 columns of a todo
	batchBytes = 1 << 20
)

// insertRows inserts rows in the given order, many with one statement. into is the INSERT up to and including its columns.
func insertRows(ctx context.Context, x execer, into string, rows [][]any) error {
	for len(rows) > 0 {
		n := batchOf(rows)
		one := "(?" + strings.Repeat(", ?", len(rows[0])-1) + ")"
		values := make([]any, 0, n*len(rows[0]))
		for _, row := range rows[:n] {
			values = append(values, row...)
		}
		if _, err := x.ExecContext(ctx, into+" VALUES "+one+strings.Repeat(", "+one, n-1), values...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// batchOf returns how many of the rows go into one statement, at least one.
func batchOf(rows [][]any) int {
	size := 0
	for n, row := range rows {
		for _, value := range row {
			if content, ok := value.([]byte); ok {
				size += len(content)
			}
		}
		if n > 0 && (n == batchRows || size > batchBytes) {
			return n
		}
	}
	return len(rows)
}

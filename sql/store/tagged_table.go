package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/jmoiron/sqlx"
)

// taggedTable is a table whose rows have tags. The columns are those that a tag authenticates.
type taggedTable struct {
	name    string
	key     []string // columns of the primary key, one or two
	columns []column
	read    func(ctx context.Context, q querier, query string, args ...any) ([]tagged, error)
}

type column struct {
	name  string
	field int // of the type of its rows
	null  bool
}

// taggedTables are all of them.
func taggedTables() []taggedTable {
	return []taggedTable{
		tableOf[tokenRow]("sessions", "id"),
		tableOf[grantRow]("grants", "id"),
		tableOf[verificationState]("verifications", "id"),
		tableOf[checkState]("checks", "verification_id", "kind"),
		tableOf[attemptState]("attempts", "id"),
		tableOf[todoState]("todos", "id"),
		tableOf[switchRow]("switches", "check_kind", "provider"),
		tableOf[staffRow]("staff_sessions", "id"),
		tableOf[revealRow]("staff_accesses", "id"),
		tableOf[freezeRow]("freezes", "id"),
		tableOf[barRow]("bars", "id"),
		tableOf[sealRow]("row_integrity", "id"),
		tableOf[visitState]("visits", "id"),
		tableOf[escalationState]("escalations", "id"),
		tableOf[appealState]("appeals", "id"),
		tableOf[materialRow]("appeal_materials", "id"),
		tableOf[readingRow]("appeal_readings", "material_id"),
		tableOf[ledgerRow]("ledger_entries", "sequence"),
		tableOf[ledgerHead]("ledger_heads", "id"),
		tableOf[ruleRow]("rule_versions", "id"),
	}
}

// TaggedTables returns the names of the tables whose rows have tags.
func TaggedTables() []string {
	var names []string
	for _, t := range taggedTables() {
		names = append(names, t.name)
	}
	return names
}

// WatchedTables returns the names of the tables that an [AlteredError] can name: those whose rows have tags, and those of
// look-up hashes, which are compared with what they lead to.
func WatchedTables() []string {
	return append(TaggedTables(), "account_keys", "subject_keys", "subscriber_keys")
}

func tableOf[R tagged](name string, key ...string) taggedTable {
	t := taggedTable{name: name, key: key}
	row := reflect.TypeFor[R]()
	for i := range row.NumField() {
		if field := row.Field(i); field.Name != "Tag" {
			t.columns = append(t.columns, column{field.Tag.Get("db"), i, field.Type.Kind() == reflect.Pointer})
		}
	}
	t.read = func(ctx context.Context, q querier, query string, args ...any) ([]tagged, error) {
		var rows []R
		if err := q.SelectContext(ctx, &rows, query, args...); err != nil {
			return nil, err
		}
		found := make([]tagged, len(rows))
		for i, row := range rows {
			found[i] = row
		}
		return found, nil
	}
	return t
}

// after reads the rows behind a key, in its order; nil = from the first.
func (t taggedTable) after(ctx context.Context, q querier, key []any, limit int) ([]tagged, error) {
	names := []string{"tag"}
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	query := "SELECT " + strings.Join(names, ", ") + " FROM " + t.name
	var args []any
	switch {
	case len(key) == 1:
		query += fmt.Sprintf(" WHERE %s > ?", t.key[0])
		args = key
	case len(key) > 1:
		query += fmt.Sprintf(" WHERE %s >= ? AND (%[1]s > ? OR %s > ?)", t.key[0], t.key[1])
		args = []any{key[0], key[0], key[1]}
	}
	rows, err := t.read(ctx, q, query+" ORDER BY "+strings.Join(t.key, ", ")+" LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("reading the tags of %s: %w", t.name, err)
	}
	return rows, nil
}

// keyOf returns the primary key of a row.
func (t taggedTable) keyOf(row tagged) []any {
	var key []any
	for _, name := range t.key {
		for _, c := range t.columns {
			if c.name == name {
				key = append(key, c.of(row))
			}
		}
	}
	return key
}

func (c column) of(row tagged) any { return reflect.ValueOf(row).Field(c.field).Interface() }

// setTag changes the tag of a row, if the row is still as it was read.
func (t taggedTable) setTag(ctx context.Context, tx *sqlx.Tx, row tagged, tag []byte) error {
	same, args := []string{"tag = ?"}, []any{rowTag(tag), rowTag(row.stored())}
	for _, c := range t.columns {
		value := c.of(row)
		if c.null {
			same = append(same, fmt.Sprintf("(%s = ? OR %[1]s IS NULL AND ? IS NULL)", c.name))
			args = append(args, value)
		} else {
			same = append(same, c.name+" = ?")
		}
		args = append(args, value)
	}
	_, err := tx.ExecContext(ctx, "UPDATE "+t.name+" SET tag = ? WHERE "+strings.Join(same, " AND "), args...)
	if err != nil {
		return fmt.Errorf("tagging a row of %s: %w", t.name, err)
	}
	return nil
}

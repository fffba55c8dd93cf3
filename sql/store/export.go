package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/sql/datamap"
)

var _ rights.CopyStore = (*Store)(nil)

// exporting collects the rows of a copy.
type exporting struct {
	store  *Store
	data   datamap.Map
	name   identity.Name // as verified
	keys   map[string][]byte
	hidden hiddenRows
}

// Copy implements [rights.CopyStore].
func (s *Store) Copy(ctx context.Context, v rights.Viewer, now time.Time) (rights.Copy, error) {
	data, err := datamap.Load()
	if err != nil {
		return nil, err
	}
	name, err := s.viewerName(ctx, v, now)
	if err != nil {
		return nil, err
	}
	x := &exporting{store: s, data: data, name: name, keys: map[string][]byte{}}
	made := rights.Copy{}
	for _, part := range exportParts() {
		args := viewerArgs(v, now)
		if strings.Contains(part.query, withheldNow) {
			args = append(args, ms(now))
		}
		rows, err := x.rows(ctx, part, args)
		if err != nil {
			return nil, fmt.Errorf("copying %s: %w", part.table, err)
		}
		made[part.table] = append(made[part.table], rows...)
	}
	return made, nil
}

// viewerName returns the name under which the viewer was verified. Errors: rights.ErrNoAccess.
func (s *Store) viewerName(ctx context.Context, v rights.Viewer, now time.Time) (identity.Name, error) {
	var row struct {
		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT g.document_cipher, k.wrapped FROM grants g JOIN data_keys k ON k.owner_id = g.subject_id
		WHERE `+liveGrant, viewerArgs(v, now)...)
	if noRow(err) {
		return identity.Name{}, rights.ErrNoAccess
	}
	if err != nil {
		return identity.Name{}, fmt.Errorf("reading a grant: %w", err)
	}
	document, err := s.grantDocument(v.GrantID, v.SubjectID, row.Wrapped, row.Cipher)
	return document.Name, err
}

// rows returns the rows of a part in the form of the copy.
func (x *exporting) rows(ctx context.Context, part exportPart, args []any) ([]rights.CopyRow, error) {
	found, err := x.scan(ctx, part.query, args)
	if err == nil && part.owner != "" {
		err = x.readKeys(ctx, part.owner, found)
	}
	if err != nil {
		return nil, err
	}
	columns := x.data.CopiedColumns(part.table)
	rows := make([]rights.CopyRow, 0, len(found))
	for _, raw := range found {
		row, err := x.row(part, columns, raw)
		if err != nil {
			return nil, err
		}
		if row != nil {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// scan reads all rows of a query. Its statement is not kept prepared, because a copy is rare and its columns change with
// a migration.
func (x *exporting) scan(ctx context.Context, query string, args []any) (found []map[string]any, err error) {
	rows, err := x.store.read.QueryxContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		raw := map[string]any{}
		if err = rows.MapScan(raw); err != nil {
			return nil, err
		}
		found = append(found, raw)
	}
	return found, rows.Err()
}

// readKeys reads the wrapped data keys of the owners of rows. An erased owner has none.
func (x *exporting) readKeys(ctx context.Context, column string, found []map[string]any) error {
	var owners []string
	for _, raw := range found {
		if id := textOf(raw[column]); x.keys[id] == nil {
			owners = append(owners, id)
		}
	}
	for batch := range slices.Chunk(owners, batchRows) {
		query, args, err := sqlx.In("SELECT owner_id, wrapped FROM data_keys WHERE owner_id IN (?)", batch)
		if err != nil {
			return err
		}
		var keys []struct {
			Owner   string `db:"owner_id"`
			Wrapped []byte `db:"wrapped"`
		}
		if err = x.store.read.DB.SelectContext(ctx, &keys, query, args...); err != nil {
			return fmt.Errorf("reading data keys: %w", err)
		}
		for _, k := range keys {
			x.keys[k.Owner] = k.Wrapped
		}
	}
	return nil
}

// row returns a row in the form of the copy, or nil if it is of a todo that names another person.
func (x *exporting) row(part exportPart, columns []datamap.Column, raw map[string]any) (rights.CopyRow, error) {
	key, err := x.key(textOf(raw[part.owner]))
	if err != nil {
		return nil, err
	}
	if shown, failed := x.mayShow(part.table, raw, key); failed != nil || !shown {
		return nil, failed
	}
	row := rights.CopyRow{}
	for _, c := range columns {
		if err = copyValue(row, c, raw, key); err != nil {
			return nil, err
		}
	}
	return row, nil
}

// key returns the data key of an owner, or nil if it was deleted or there is none.
func (x *exporting) key(owner string) (*keyring.DataKey, error) {
	wrapped := x.keys[owner]
	if wrapped == nil {
		return nil, nil //nolint:nilnil // nothing to open, and nothing wrong
	}
	key, err := x.store.unwrap(owner, wrapped)
	return &key, err
}

// Package migrations holds the schema of both dialects: files of the same number and name in sqlite and mysql, applied
// in order by store.Migrate and never changed once released.
//
// The dialects differ in types only. SQLite checks foreign keys, so that a test notices a row without its parent;
// MySQL declares none, because they cost locks there and distributed engines lack them. No triggers, no procedures, a
// primary key for every table: what Galera and TiDB ask for.
package migrations

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed sqlite/*.sql mysql/*.sql
var files embed.FS

// For returns the migrations of a dialect, "sqlite" or "mysql".
//
// Errors: an unknown dialect.
func For(dialect string) (fs.FS, error) {
	if _, err := files.ReadDir(dialect); err != nil {
		return nil, fmt.Errorf("reading the migrations of %q: %w", dialect, err)
	}
	sub, err := fs.Sub(files, dialect)
	if err != nil {
		return nil, fmt.Errorf("reading the migrations of %q: %w", dialect, err)
	}
	return sub, nil
}

package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"renzheng/keyring"
	"renzheng/sql/store"
)

// The migrations take longer than most tests, so they run once in each process and the schema that they made is copied.

// copySchema makes the schema in a database that has none, without its seal, and reports whether it did.
func copySchema(ctx context.Context, dsn string) (bool, error) {
	if path, isSQLite := strings.CutPrefix(dsn, "sqlite:"); isSQLite {
		return copySQLite(path)
	}
	return copyMySQL(ctx, strings.TrimPrefix(dsn, "mysql:"))
}

//nolint:gochecknoglobals // one for all tests of the process is its point
var sqliteTemplate = sync.OnceValues(makeSQLiteTemplate)

func copySQLite(path string) (bool, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	file, err := sqliteTemplate()
	if err != nil {
		return false, fmt.Errorf("making the template: %w", err)
	}
	return true, os.WriteFile(path, file, 0o600)
}

// makeSQLiteTemplate returns the file of a database that was migrated and holds nothing.
func makeSQLiteTemplate() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "template.db")
	if err = migrate(context.Background(), "sqlite:"+path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	_, err = db.Exec("DELETE FROM row_integrity; PRAGMA wal_checkpoint(TRUNCATE)")
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// migrate makes the schema in a database, with keys that are forgotten.
func migrate(ctx context.Context, dsn string) error {
	raw, err := keyring.Generate(Now())
	if err != nil {
		return err
	}
	ring, err := keyring.Open(raw)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{DSN: dsn, Ring: ring, Clock: Now, Rand: rand.Reader})
	if err != nil {
		return err
	}
	return errors.Join(s.Migrate(ctx), s.Close())
}

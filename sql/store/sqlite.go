package store

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strings"

	"modernc.org/sqlite"
)

const (
	sqliteReaders = 4 // at least: a slow read must not hold up the others

	// FULL: acknowledged means flushed (R23). secure_delete: a deleted data key must not linger in a free page (R28).
	sqlitePragmas = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"
)

// openSQLite opens one connection that writes and some that read. More writers are no faster and make each other wait
// for seconds.
func (s *Store) openSQLite(ctx context.Context, path string) error {
	if err := checkSQLite(path); err != nil {
		return err
	}
	if err := createPrivately(path); err != nil {
		return err
	}
	s.dialect = sqliteDialect
	s.source = "file:" + (&url.URL{Path: path}).EscapedPath() + sqlitePragmas + "&_txlock=immediate"
	writer, err := sqlite.NewConnector(s.source)
	if err != nil {
		return fmt.Errorf("opening SQLite to write: %w", err)
	}
	s.write = s.pool(cachingConnector{writer})
	s.write.SetMaxOpenConns(1)
	if err = s.Ping(ctx); err != nil { // readers need the file to be in WAL mode
		return err
	}
	reader, err := sqlite.NewConnector(s.source + "&_pragma=query_only(1)")
	if err != nil {
		return fmt.Errorf("opening SQLite to read: %w", err)
	}
	read := s.pool(reader)
	readers := max(sqliteReaders, runtime.GOMAXPROCS(0))
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	s.read = newReadPool(read)
	s.read.prepareAll = true
	return nil
}

func checkSQLite(path string) error {
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return fmt.Errorf("%w: must be sqlite: and the path of a file, such as sqlite:data/renzheng.db", ErrDSN)
	}
	return nil
}

// createPrivately makes the file before SQLite does, which would let everybody read it. Its journals take its mode.
func createPrivately(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator's own configuration names it
	if err != nil {
		return fmt.Errorf("creating the database file: %w", err)
	}
	return f.Close()
}

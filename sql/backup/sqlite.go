package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	_ "modernc.org/sqlite" // the driver named sqlite
)

// openSQLite opens a file that exists. Nothing is created.
func openSQLite(path, journal string) (*sql.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+
		"?_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)"+journal)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // pragmas and the work on one connection
	return db, nil
}

// copySQLite copies one snapshot. Writers go on meanwhile; their changes stay in the write-ahead log until the end.
func copySQLite(ctx context.Context, o Options, source, partial string) (err error) {
	db, err := openSQLite(source, "")
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err = readMark(ctx, db); err != nil {
		return err
	}
	var total int64
	if err = db.QueryRowContext(ctx, `SELECT (c.page_count - f.freelist_count) * s.page_size
		FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s`).Scan(&total); err != nil {
		return fmt.Errorf("reading the size of the database: %w", err)
	}
	if err = createEmpty(partial); err != nil {
		return err
	}
	began := o.Clock()
	stop := watch(partial, total, o.Progress)
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", partial)
	stop()
	if err != nil {
		return fmt.Errorf("copying the database: %w", err)
	}
	return markSQLite(ctx, partial, began.UnixMilli())
}

// createEmpty makes a file that only its owner can read: SQLite would make one that everybody can.
func createEmpty(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("making the file: %w", err)
	}
	return f.Close()
}

// markSQLite marks the copy and checks it.
func markSQLite(ctx context.Context, path string, copiedAt int64) (err error) {
	db, err := openSQLite(path, "&_pragma=journal_mode(DELETE)") // one file, without a log next to it
	if err != nil {
		return fmt.Errorf("opening the copy: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	result, err := db.ExecContext(ctx, "UPDATE database_epoch SET state = 'copy', copied_at = ? WHERE id = 1 AND state = 'live'", copiedAt)
	if err != nil {
		return fmt.Errorf("marking the copy: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil || n != 1 {
		return errors.Join(ErrChanged, err)
	}
	var found string
	if err = db.QueryRowContext(ctx, "PRAGMA quick_check").Scan(&found); err != nil || found != "ok" {
		return fmt.Errorf("checking the copy: %s: %w", found, errors.Join(ErrDamaged, err))
	}
	return nil
}

// loadSQLite puts a copy where the database was, unless there is one that is in service. It takes its name at once, so that a
// server never finds half of it.
func loadSQLite(ctx context.Context, o Options, target string) error {
	if err := vacant(ctx, target); err != nil {
		return err
	}
	loading := target + ".loading"
	if err := copyFile(o, loading); err != nil {
		return fmt.Errorf("copying the backup: %w", err)
	}
	for _, old := range []string{target + "-wal", target + "-shm", target} { // of a copy that was loaded before
		if err := os.Remove(old); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("removing the former copy: %w", err)
		}
	}
	if err := errors.Join(os.Rename(loading, target), syncFolder(target)); err != nil {
		return fmt.Errorf("putting the copy in its place: %w", err)
	}
	return nil
}

// vacant returns ErrOccupied unless a file is absent, has no tables, or is a copy.
func vacant(ctx context.Context, target string) (err error) {
	db, err := openSQLite(target, "")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var tables int
	if err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'").Scan(&tables); err != nil {
		return fmt.Errorf("looking at %s: %w", target, err)
	}
	if tables == 0 {
		return nil
	}
	return replaceable(ctx, db)
}

package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Record stores in the database when a copy of it was completed, so that its servers can tell how old the last one is.
//
// Errors: the database is older than the table of backups.
func Record(ctx context.Context, dsn string, completedAt time.Time) (err error) {
	db, err := openSource(dsn)
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	at := completedAt.UnixMilli()
	if _, err = db.ExecContext(ctx, "UPDATE backups SET completed_at = ? WHERE id = 1 AND completed_at < ?", at, at); err != nil {
		return fmt.Errorf("recording the backup: %w", err)
	}
	return nil
}

func openSource(dsn string) (*sql.DB, error) {
	kind, source, _ := strings.Cut(dsn, ":")
	if kind == "sqlite" {
		return openSQLite(source, "")
	}
	_, db, err := openMySQL(source)
	return db, err
}

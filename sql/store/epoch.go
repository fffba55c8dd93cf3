package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Epoch is the time between two restores of a database (R57).
type Epoch struct {
	Number   int64     // 1 until the first restore, then one more for each
	BeganAt  time.Time // zero for the first
	State    EpochState
	CopiedAt time.Time // when the backup was taken from which this database comes; zero = from none
	Backup   string    // SHA-256 of that backup's file, in hexadecimal; "" = from none, or not known
	Database string    // id of the database, which its backups have too; "" = not known, before migration 24
}

// EpochState says whether a database is in service.
type EpochState string

// The states of a database. Only a live one may be served from.
const (
	EpochLive       EpochState = "live"
	EpochLoading    EpochState = "loading"    // a backup that was not loaded completely
	EpochCopy       EpochState = "copy"       // a backup, or a database that was loaded from one
	EpochRecovering EpochState = "recovering" // a recovery that was begun and has not ended
)

// ErrNotLive says that a database comes from a backup and that 'bff recover' has not been run on it, or not to its end.
var ErrNotLive = errors.New("this database comes from a backup and its recovery is not complete: run 'bff recover'")

// ErrNoEpoch says that a database has no table of its epoch: it is empty, or older than that table.
var ErrNoEpoch = errors.New("the database has no epoch yet")

// Live returns ErrNotLive unless the database may be served from.
func (e Epoch) Live() error {
	if e.State != EpochLive {
		return fmt.Errorf("%w (epoch %d, state %s)", ErrNotLive, e.Number, e.State)
	}
	return nil
}

// Before reports whether e is older than an epoch that was seen earlier. Of two epochs of the same number, the
// one that began earlier is older.
func (e Epoch) Before(seen Epoch) bool {
	return e.Number < seen.Number || e.Number == seen.Number && e.BeganAt.Before(seen.BeganAt)
}

// Same reports whether both are one epoch of one database.
func (e Epoch) Same(other Epoch) bool {
	return e.Number == other.Number && e.BeganAt.Equal(other.BeganAt) && e.Database == other.Database
}

// OtherThan reports whether e is of another database than an epoch that was seen earlier, as far as both are known.
func (e Epoch) OtherThan(seen Epoch) bool {
	return e.Database != "" && seen.Database != "" && e.Database != seen.Database
}

type epochRow struct {
	Epoch    int64  `db:"epoch"`
	BeganAt  int64  `db:"began_at"`
	State    string `db:"state"`
	CopiedAt int64  `db:"copied_at"`
	Backup   string `db:"backup_digest"`
	Database string `db:"database_id"`
}

func (r epochRow) epoch() Epoch {
	return Epoch{
		Number: r.Epoch, BeganAt: fromMs(r.BeganAt), State: EpochState(r.State), CopiedAt: fromMs(r.CopiedAt), Backup: r.Backup, Database: r.Database,
	}
}

const selectEpoch = "SELECT epoch, began_at, state, copied_at, backup_digest FROM database_epoch WHERE id = 1"

const selectDatabaseID = "SELECT database_id FROM database_epoch WHERE id = 1"

// Epoch returns the epoch of the database.
//
// Errors: [ErrNoEpoch].
func (s *Store) Epoch(ctx context.Context) (Epoch, error) {
	ok, err := s.hasTable(ctx, "database_epoch")
	if err == nil && !ok {
		err = ErrNoEpoch
	}
	if err != nil {
		return Epoch{}, fmt.Errorf("looking for the database's epoch: %w", err)
	}
	// A database is read before it is migrated, so that a copy stays as it is.
	if ok, err = s.hasColumn(ctx, "database_epoch", "database_id"); err != nil {
		return Epoch{}, fmt.Errorf("looking for the database's id: %w", err)
	}
	var row epochRow
	err = s.read.GetContext(ctx, &row, selectEpoch)
	if err == nil && ok {
		err = s.read.GetContext(ctx, &row.Database, selectDatabaseID)
	}
	if noRow(err) {
		err = ErrNotLive // nobody deletes the row
	}
	if err != nil {
		return Epoch{}, fmt.Errorf("reading the database's epoch: %w", err)
	}
	return row.epoch(), nil
}

func (s *Store) hasColumn(ctx context.Context, table, column string) (bool, error) {
	query := "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?"
	if s.dialect == sqliteDialect {
		query = "SELECT COUNT(*) FROM pragma_table_info(?) WHERE name = ?"
	}
	var columns int
	err := s.read.GetContext(ctx, &columns, query, table, column)
	return columns == 1, err
}

func (s *Store) hasTable(ctx context.Context, name string) (bool, error) {
	query := "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
	if s.dialect == sqliteDialect {
		query = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
	}
	var tables int
	err := s.read.GetContext(ctx, &tables, query, name)
	return tables == 1, err
}

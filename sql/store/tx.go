package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	"github.com/sethvargo/go-retry"
	"modernc.org/sqlite"
)

const (
	maxRuns    = 12                   // with the pauses below, 0.6 to 1.3 seconds of bad luck in a row
	firstPause = 2 * time.Millisecond // about one transaction of the other side
	maxPause   = 250 * time.Millisecond

	maxReadOnlyTries = 3 // one on a connection to the former primary, one on a new connection, one spare
)

// errRace says that another replica inserted a row first. The transaction is repeated and finds the row.
var errRace = errors.New("another replica was first")

// errNotOne reports that a conditional change did not match exactly the rows that its keys name.
var errNotOne = errors.New("did not match exactly the named rows")

// tx runs do in one transaction, and all of it again when the engine asks for that. do must be repeatable: it calls
// nobody and leaves nothing behind outside the database. Whatever it decides holds only once tx returned nil.
func (s *Store) tx(ctx context.Context, do func(tx *sqlx.Tx) error) error {
	return s.retry(ctx, func() error {
		tx, err := s.write.BeginTxx(ctx, nil)
		if err != nil {
			return fmt.Errorf("beginning a transaction: %w", err)
		}
		if err = do(tx); err != nil {
			_ = tx.Rollback() // the cause is worth more; an unfinished transaction ends with its connection
			return err
		}
		if err = tx.Commit(); err != nil {
			return fmt.Errorf("committing: %w", err)
		}
		return nil
	})
}

// exec runs one statement that is a transaction by itself, and returns how many rows it matched.
func (s *Store) exec(ctx context.Context, query string, args ...any) (int64, error) {
	var matched int64
	err := s.retry(ctx, func() error {
		result, err := s.write.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		matched, err = result.RowsAffected()
		return err
	})
	return matched, err
}

// retry runs do until it succeeds, or has failed as often as its error allows.
func (s *Store) retry(ctx context.Context, do func() error) error {
	var last error
	runs := 0
	err := retry.Do(ctx, s.pauses(), func(context.Context) error {
		last = do()
		if runs++; runs < s.runs(last) {
			return retry.RetryableError(last)
		}
		return last
	})
	if err != nil && ctx.Err() != nil {
		return errors.Join(ctx.Err(), last)
	}
	return err
}

// pauses returns how long to wait after each failure. Each pause lasts between half and all of a time that doubles, so
// that two that collided do not collide again. Without randomness there is no next try.
func (s *Store) pauses() retry.Backoff {
	doubling := retry.WithCappedDuration(maxPause, retry.NewExponential(firstPause))
	return retry.BackoffFunc(func() (time.Duration, bool) {
		pause, _ := doubling.Next()
		b, err := s.random(1)
		if err != nil {
			return 0, true
		}
		return pause/2 + pause/2*time.Duration(b[0])/255, false
	})
}

// runs returns how often a transaction that failed with err may run at most. The driver returns [driver.ErrBadConn] for
// a read-only server, and for a lost connection only if the server certainly did not execute the statement.
func (s *Store) runs(err error) int {
	switch {
	case errors.Is(err, driver.ErrBadConn):
		s.dropIdle()
		return maxReadOnlyTries
	case isTransient(err):
		return maxRuns
	}
	return 1
}

// MySQL's errors, those of MariaDB and TiDB among them.
const (
	mysqlRecordChanged   = 1020 // MariaDB: changed since it was read
	mysqlDuplicate       = 1062
	mysqlUnknownVariable = 1193
	mysqlLockWait        = 1205 // the other side may have died; it holds its locks until the server notices
	mysqlDeadlock        = 1213 // also a failed certification in a Galera cluster
	mysqlRolledBack      = 3101 // a failed certification in a group of MySQL servers
	tidbCommitAgain      = 8022
	tidbWriteConflict    = 9007
)

// SQLite's result codes.
const (
	sqliteBusy          = 5
	sqlitePrimary       = 0xff // mask of the primary code in an extended one
	sqliteDuplicateKey  = 1555 // primary key
	sqliteDuplicateElse = 2067 // unique index
)

// isTransient reports whether the same transaction may succeed when it is run again.
func isTransient(err error) bool {
	if errors.Is(err, errRace) {
		return true
	}
	switch mysqlCode(err) {
	case mysqlRecordChanged, mysqlLockWait, mysqlDeadlock, mysqlRolledBack, tidbCommitAgain, tidbWriteConflict:
		return true
	}
	return sqliteCode(err)&sqlitePrimary == sqliteBusy
}

// isDuplicate reports whether a unique key refused a row. The transaction is still good.
func isDuplicate(err error) bool {
	code := sqliteCode(err)
	return mysqlCode(err) == mysqlDuplicate || code == sqliteDuplicateKey || code == sqliteDuplicateElse
}

func mysqlCode(err error) uint16 {
	if e, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return e.Number
	}
	return 0
}

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

// raced turns a refusal by a unique key into errRace and leaves other errors as they are.
func raced(err error) error {
	if isDuplicate(err) {
		return errRace
	}
	return err
}

// exactlyOne returns errNotOne unless a statement matched one row. It takes what ExecContext returns.
func exactlyOne(result sql.Result, err error) error {
	n, err := rowsMatched(result, err)
	if err == nil && n != 1 {
		return errNotOne
	}
	return err
}

// rowsMatched returns how many rows a statement matched. Its arguments are the results of ExecContext.
func rowsMatched(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// lost turns "somebody else changed it since we looked" into a repetition of the transaction.
func lost(err error) error {
	if errors.Is(err, errNotOne) {
		return errRace
	}
	return err
}

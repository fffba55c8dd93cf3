package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/sethvargo/go-retry"
)

const (
	maxRuns    = 12                   // with the pauses below, 0.6 to 1.3 seconds of bad luck in a row
	firstPause = 2 * time.Millisecond // about one transaction of the other side
	maxPause   = 250 * time.Millisecond

	maxBusyRuns = 60 // 12 to 27 seconds with briefWait: SQLite has no queue, and a busy one is not to fail transactions

	maxReadOnlyTries = 3 // one on a connection to the former primary, one on a new connection, one spare
)

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
	if err := s.Fenced(); err != nil {
		return err
	}
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
	case isBusy(err):
		return maxBusyRuns
	case isTransient(err):
		return maxRuns
	}
	return 1
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

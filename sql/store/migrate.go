package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
	"github.com/sethvargo/go-retry"

	"renzheng/sql/migrations"
)

const (
	migrationLease = "migrations"
	migrationHold  = time.Minute            // how long a crashed replica holds up the others
	migrationBeat  = 15 * time.Second       // renewed four times as often
	migrationPoll  = 100 * time.Millisecond // a waiting replica looks again
)

var errHeld = errors.New("another replica holds it")

// Migrate brings the schema up to this version. Several replicas may call it at once: one works, under a lease that it
// keeps renewing, and the others wait.
func (s *Store) Migrate(ctx context.Context) error {
	if _, err := s.exec(ctx, leasesTable); err != nil {
		return fmt.Errorf("making the table of leases: %w", err)
	}
	holder, err := s.newID("")
	if err != nil {
		return err
	}
	if err = s.awaitLease(ctx, migrationLease, holder); err != nil {
		return err
	}
	held, stop := context.WithCancelCause(ctx)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		s.keepLease(held, stop, migrationLease, holder)
	}()
	err = s.migrateUp(held)
	stop(nil)
	<-beating
	return errors.Join(err, s.Release(context.WithoutCancel(ctx), migrationLease, holder))
}

func (s *Store) awaitLease(ctx context.Context, name, holder string) error {
	err := retry.Do(ctx, retry.NewConstant(migrationPoll), func(ctx context.Context) error {
		now := s.clock()
		got, err := s.Lease(ctx, name, holder, now, now.Add(migrationHold))
		if err == nil && !got {
			err = retry.RetryableError(errHeld)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("waiting for lease %s: %w", name, err)
	}
	return nil
}

// keepLease renews a lease until ctx ends, and ends it when the lease is lost.
func (s *Store) keepLease(ctx context.Context, stop context.CancelCauseFunc, name, holder string) {
	beat := time.NewTicker(migrationBeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
		now := s.clock()
		if got, err := s.Lease(ctx, name, holder, now, now.Add(migrationHold)); err != nil || !got {
			stop(errors.Join(fmt.Errorf("lease %s is lost", name), err))
			return
		}
	}
}

// migrateUp applies what is missing, on a connection of its own that waits as long as a change of a large table takes.
func (s *Store) migrateUp(ctx context.Context) error {
	files, err := migrations.For(string(s.dialect))
	if err != nil {
		return err
	}
	hadSchema, err := s.hasTable(ctx, "goose_db_version")
	if err != nil {
		return fmt.Errorf("looking for a schema: %w", err)
	}
	db, kind, err := s.openToMigrate()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(kind, db, files)
	if err != nil {
		return errors.Join(fmt.Errorf("reading the migrations: %w", err), db.Close())
	}
	if _, err = provider.Up(ctx); err != nil {
		err = errors.Join(fmt.Errorf("migrating: %w", err), context.Cause(ctx))
	}
	if err == nil && !hadSchema { // no earlier version has written rows
		err = s.putSeal(ctx)
	}
	return errors.Join(err, provider.Close())
}

func (s *Store) openToMigrate() (*sql.DB, goose.Dialect, error) {
	if s.dialect == sqliteDialect {
		db, err := sql.Open(string(sqliteDialect), s.source)
		return db, goose.DialectSQLite3, err
	}
	c, err := mysql.ParseDSN(s.source)
	if err != nil {
		return nil, "", ErrDSN
	}
	c.ReadTimeout, c.WriteTimeout = 0, 0
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, "", ErrDSN
	}
	return sql.OpenDB(connector), goose.DialectMySQL, nil
}

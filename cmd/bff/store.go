package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"go.opentelemetry.io/otel/trace"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
	"renzheng/setting"
	"renzheng/sql/store"
)

// openStore opens the database and brings its schema up to date. It returns an error
// for keys that differ from those its data was sealed with (R28).
func openStore(ctx context.Context, c config.Storage, ring *keyring.Keyring, clock func() time.Time) (*store.Store, error) {
	return openTracedStore(ctx, c, ring, clock, nil)
}

// openTracedStore is openStore with spans of the statements, unless spans is nil.
func openTracedStore(
	ctx context.Context, c config.Storage, ring *keyring.Keyring, clock func() time.Time, spans trace.TracerProvider,
) (*store.Store, error) {
	if err := c.CheckReadable(c); err != nil {
		return nil, err
	}
	settings := storeConfig(c, ring, clock)
	settings.Trace = spans
	db, err := store.Open(ctx, settings)
	if err != nil {
		return nil, setting.Errorf("BFF_DATABASE", "opening the database: %w", err)
	}
	if err := prepareStore(ctx, c, db); err != nil {
		return nil, errors.Join(fmt.Errorf("preparing the database: %w", err), db.Close())
	}
	return db, nil
}

// prepareStore compares the epoch first, because a copy must not be changed, and again
// when there is a table of it.
func prepareStore(ctx context.Context, c config.Storage, db *store.Store) error {
	if err := compareEpoch(ctx, c.StateDir, db); err != nil && !errors.Is(err, store.ErrNoEpoch) {
		return err
	}
	if err := migrateStore(ctx, db); err != nil {
		return err
	}
	return compareEpoch(ctx, c.StateDir, db)
}

// migrateStore brings the tables up to date. It changes nothing in a database that may lose what it acknowledged.
func migrateStore(ctx context.Context, db *store.Store) error {
	for _, step := range []func(context.Context) error{db.Durable, db.Migrate, db.RegisterKeys} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func storeConfig(c config.Storage, ring *keyring.Keyring, clock func() time.Time) store.Config {
	return store.Config{DSN: c.Database.Reveal(), Ring: ring, Clock: clock, Rand: rand.Reader, RequireSeal: c.RequireSeal}
}

// databaseExists reports whether the file of an embedded database exists. Opening it would make one.
func databaseExists(c config.Storage) bool {
	path, embedded := strings.CutPrefix(c.Database.Reveal(), "sqlite:")
	if !embedded {
		return true
	}
	_, err := os.Stat(path)
	return err == nil
}

// withStore calls do with the database of a configuration. The database must exist:
// only the server and migrate create one.
func withStore(c config.Storage, do func(context.Context, *store.Store) error) error {
	if path, embedded := strings.CutPrefix(c.Database.Reveal(), "sqlite:"); embedded {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("BFF_DATABASE: the database does not exist: %w", err)
		}
	}
	ring, err := c.OpenKeys()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	db, err := openStore(ctx, c, ring, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, db), db.Close())
}

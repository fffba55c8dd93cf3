// Package storetest opens stores for tests, and holds every engine to the same behaviour.
//
// SQLite is always there. MariaDB, MySQL or a cluster joins when BFF_TEST_MYSQL_DSN names a server on which databases
// may be created; with BFF_TEST_REQUIRE_MARIADB=1 its absence fails the tests instead of leaving it out.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"renzheng/keyring"
	"renzheng/sql/store"
)

// Now is the time of the fixed clock.
func Now() time.Time { return time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC) }

// Engine is one kind of database. New makes an empty database for one test and returns its data source name.
type Engine struct {
	Name string
	New  func(tb testing.TB) string
}

// Engines returns the engines that tests run on.
func Engines(tb testing.TB) []Engine {
	tb.Helper()
	engines := []Engine{{"sqlite", newSQLite}}
	dsn := os.Getenv("BFF_TEST_MYSQL_DSN")
	switch {
	case dsn != "":
		engines = append(engines, Engine{"mysql", func(tb testing.TB) string { tb.Helper(); return newMySQL(tb, dsn) }})
	case os.Getenv("BFF_TEST_REQUIRE_MARIADB") == "1":
		tb.Fatal("BFF_TEST_REQUIRE_MARIADB=1, but BFF_TEST_MYSQL_DSN names no server")
	}
	return engines
}

// Open returns a migrated store in an SQLite file of its own, with new keys, the fixed clock and real randomness.
func Open(tb testing.TB) *store.Store {
	tb.Helper()
	return OpenOn(tb, newSQLite(tb), NewRing(tb))
}

// OpenOn returns a migrated store on a database that other stores may share; they need the same ring.
func OpenOn(tb testing.TB, dsn string, ring *keyring.Keyring) *store.Store {
	tb.Helper()
	copied, err := copySchema(tb.Context(), dsn)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Config{DSN: dsn, Ring: ring, Clock: Now, Rand: rand.Reader})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if failed := s.Close(); failed != nil {
			tb.Error(failed)
		}
	})
	if copied { // without a seal, which depends on the keys
		_, err = s.Seal(tb.Context(), store.SealOptions{Progress: func(int, int, string) {}})
	} else {
		err = s.Migrate(tb.Context())
	}
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// NewRing returns keys that exist for this test only.
func NewRing(tb testing.TB) *keyring.Keyring {
	tb.Helper()
	raw, err := keyring.Generate(Now())
	if err != nil {
		tb.Fatal(err)
	}
	ring, err := keyring.Open(raw)
	if err != nil {
		tb.Fatal(err)
	}
	return ring
}

func newSQLite(tb testing.TB) string {
	tb.Helper()
	return "sqlite:" + filepath.Join(tb.TempDir(), "store.db")
}

// newMySQL creates a database of a random name and drops it when the test ends.
func newMySQL(tb testing.TB, dsn string) string {
	tb.Helper()
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		tb.Fatal("BFF_TEST_MYSQL_DSN does not read as a data source name")
	}
	name := newDatabaseName()
	server := c.Clone()
	server.DBName = ""
	db, err := sql.Open("mysql", server.FormatDSN())
	if err != nil {
		tb.Fatal(err)
	}
	if _, err = db.ExecContext(tb.Context(), createDatabase(name)); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_, failed := db.ExecContext(context.WithoutCancel(tb.Context()), "DROP DATABASE "+name)
		if failed = errors.Join(failed, db.Close()); failed != nil {
			tb.Error(failed)
		}
	})
	if shards := spiderShards(); len(shards) > 0 {
		if err = spread(tb, db, name, shards); err != nil {
			tb.Fatal(err)
		}
	}
	c.DBName = name
	return "mysql:" + c.FormatDSN()
}

func createDatabase(name string) string {
	return "CREATE DATABASE " + name + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
}

// Package storetest opens stores for tests, and holds every engine to the same behaviour.
//
// SQLite is always there. MariaDB, MySQL or a cluster joins when BFF_TEST_MYSQL_DSN names a server on which databases
// may be created; with BFF_TEST_REQUIRE_MARIADB=1 its absence fails the tests instead of leaving it out.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
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

// Engine is one kind of database. New makes an empty database for one test and gives its data source name.
type Engine struct {
	Name string
	New  func(t testing.TB) string
}

// Engines gives the engines that tests run on.
func Engines(t testing.TB) []Engine {
	t.Helper()
	engines := []Engine{{"sqlite", newSQLite}}
	dsn := os.Getenv("BFF_TEST_MYSQL_DSN")
	switch {
	case dsn != "":
		engines = append(engines, Engine{"mysql", func(t testing.TB) string { t.Helper(); return newMySQL(t, dsn) }})
	case os.Getenv("BFF_TEST_REQUIRE_MARIADB") == "1":
		t.Fatal("BFF_TEST_REQUIRE_MARIADB=1, but BFF_TEST_MYSQL_DSN names no server")
	}
	return engines
}

// Open gives a migrated store in an SQLite file of its own, with new keys, the fixed clock and real randomness.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenOn(t, newSQLite(t), NewRing(t))
}

// OpenOn gives a migrated store on a database that other stores may share; they need the same ring.
func OpenOn(t testing.TB, dsn string, ring *keyring.Ring) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Config{DSN: dsn, Ring: ring, Clock: Now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err = s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// NewRing gives keys that exist for this test only.
func NewRing(t testing.TB) *keyring.Ring {
	t.Helper()
	raw, err := keyring.Generate(Now())
	if err != nil {
		t.Fatal(err)
	}
	ring, err := keyring.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func newSQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "store.db")
}

// newMySQL creates a database of a random name and drops it when the test ends.
func newMySQL(t testing.TB, dsn string) string {
	t.Helper()
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal("BFF_TEST_MYSQL_DSN does not read as a data source name")
	}
	suffix := make([]byte, 8)
	rand.Read(suffix)
	name := "bff_test_" + hex.EncodeToString(suffix)
	server := c.Clone()
	server.DBName = ""
	db, err := sql.Open("mysql", server.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	if _, err = db.ExecContext(t.Context(), "CREATE DATABASE "+name+" DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE "+name)
		if err != nil {
			t.Error(err)
		}
		if err = db.Close(); err != nil {
			t.Error(err)
		}
	})
	c.DBName = name
	return "mysql:" + c.FormatDSN()
}

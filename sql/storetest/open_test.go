package storetest_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"

	"renzheng/sql/storetest"
)

func TestStore_MigrateTogether(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			dsn, ring := engine.New(t), storetest.NewRing(t)
			first := storetest.OpenOn(t, dsn, ring)
			var replicas sync.WaitGroup
			for range 3 {
				replicas.Go(func() {
					if err := first.Migrate(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			replicas.Wait()
			for range 2 {
				if err := first.RegisterKeys(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestStore_KeepsRareCharactersWhateverCharacterSetTheDSNNames(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			dsn := engine.New(t)
			if source, isMySQL := strings.CutPrefix(dsn, "mysql:"); isMySQL {
				c, err := mysql.ParseDSN(source)
				if err != nil {
					t.Fatal(err)
				}
				if err = c.Apply(mysql.Charset("utf8", "")); err != nil {
					t.Fatal(err)
				}
				dsn = "mysql:" + c.FormatDSN()
			}
			ring := storetest.NewRing(t)
			s := storetest.OpenOn(t, dsn, ring)
			if err := s.RegisterKeys(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// A change of MySQL's schema is no transaction: it can be made and not recorded. Migrating again finds it made. SQLite's
// changes are transactions.
func TestStore_MigratesAgainWhatWasNotRecorded(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		if engine.Name != "mysql" {
			continue
		}
		dsn := engine.New(t)
		s, raw := storetest.OpenOn(t, dsn, storetest.NewRing(t)), (&fixture{dsn: dsn}).raw(t)
		var newest int
		if err := raw.GetContext(t.Context(), &newest, "SELECT MAX(version_id) FROM goose_db_version"); err != nil {
			t.Fatal(err)
		}
		for version := newest; version > 0; version-- {
			if _, err := raw.ExecContext(t.Context(), "DELETE FROM goose_db_version WHERE version_id >= ?", version); err != nil {
				t.Fatal(err)
			}
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatalf("from version %d: %v", version, err)
			}
		}
	}
}

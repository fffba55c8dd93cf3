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

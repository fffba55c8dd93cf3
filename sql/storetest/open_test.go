package storetest_test

import (
	"sync"
	"testing"

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

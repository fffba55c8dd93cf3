package storetest_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"renzheng/keyring"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
)

func TestInspect_OfADatabaseWithAndWithoutASchema(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			dsn := engine.New(t)
			open := func(ring *keyring.Keyring) *store.Store {
				s, err := store.Open(t.Context(), store.Config{DSN: dsn, Ring: ring, Clock: time.Now, Rand: rand.Reader})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = s.Close() })
				return s
			}
			ring := storetest.NewRing(t)
			wantInspected(t, open(ring), func(i *store.Inspection) { i.Schema = 0 })
			if err := storetest.OpenOn(t, dsn, ring).RegisterKeys(t.Context()); err != nil {
				t.Fatal(err)
			}
			wantInspected(t, open(ring), func(i *store.Inspection) {
				i.Schema, i.Epoch.Number, i.Epoch.State = i.Newest, 1, store.EpochLive
			})
			if other, err := open(storetest.NewRing(t)).Inspect(t.Context()); err != nil || !errors.Is(other.OtherKeys, keyring.ErrOtherKeys) {
				t.Errorf("with other keys: got %v, %v, want %v", other.OtherKeys, err, keyring.ErrOtherKeys)
			}
		})
	}
}

// wantInspected checks that nothing is wrong with a database whose schema is as set.
func wantInspected(t *testing.T, s *store.Store, set func(*store.Inspection)) {
	t.Helper()
	got, err := s.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := store.Inspection{Engine: got.Engine, Newest: got.Newest, Skew: got.Skew, Super: got.Super, Isolation: got.Isolation}
	want.Epoch.Database = got.Epoch.Database
	set(&want)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if isolation := strings.ToUpper(got.Isolation); isolation != "" && isolation != "READ-COMMITTED" {
		t.Errorf("got isolation %s", got.Isolation)
	}
	if got.Skew.Abs() > 5*time.Second || got.Newest == 0 || !strings.Contains(got.Engine, " ") {
		t.Errorf("got skew %s of %q, newest %d", got.Skew, got.Engine, got.Newest)
	}
}

package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
)

func TestReadiness_EndsWhereTheClocksDiffer(t *testing.T) {
	t.Parallel()
	var skew time.Duration
	var failed error
	r := &readiness{
		usable: func(context.Context) error { return nil },
		skew:   func(context.Context) (time.Duration, error) { return skew, failed },
	}
	for _, c := range []struct {
		skew  time.Duration
		ready bool
	}{{0, true}, {5 * time.Second, true}, {5001 * time.Millisecond, false}, {-5 * time.Second, true}, {-5001 * time.Millisecond, false}, {0, true}} {
		skew = c.skew
		if err := r.check(t.Context()); (err == nil) != c.ready || !c.ready && !errors.Is(err, errClocks) {
			t.Errorf("%s ahead: got %v, want ready %t", c.skew, err, c.ready)
		}
	}
	if failed = errors.New("away"); r.check(t.Context()) == nil {
		t.Error("it is ready although the clock could not be read")
	}
}

// SQLite has no clock of its own.
func TestReadiness_ReadsTheClockOfTheDatabase(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			check := func(clock string) error {
				at := storage
				at.Database = config.NewSecret(storage.Database.Reveal() + clock)
				ring, err := at.OpenKeys()
				if err != nil {
					t.Fatal(err)
				}
				db, err := store.Open(t.Context(), storeConfig(at, ring, time.Now))
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = db.Close() }()
				return (&readiness{usable: db.Usable, skew: db.Skew}).check(t.Context())
			}
			if err := check(""); err != nil {
				t.Errorf("got %v, want it ready", err)
			}
			if engine.Name == "sqlite" {
				return
			}
			for _, ahead := range []time.Duration{time.Minute, -time.Minute} {
				if err := check(clockOf(time.Now().Add(ahead))); !errors.Is(err, errClocks) {
					t.Errorf("%s ahead: got %v, want %v", ahead, err, errClocks)
				}
			}
		})
	}
}

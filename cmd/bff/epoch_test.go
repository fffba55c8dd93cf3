package main

import (
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/sql/storetest"
	"renzheng/test/harness"
)

// stored is a database of one engine with keys and a state directory, and no server.
func stored(t *testing.T, engine storetest.Engine) config.Storage {
	t.Helper()
	keys := filepath.Join(t.TempDir(), "keys.json")
	if err := (keysGenerateCommand{Path: keys}).Run(); err != nil {
		t.Fatal(err)
	}
	return config.Storage{Database: config.NewSecret(engine.New(t)), Keys: keys, StateDir: t.TempDir()}
}

// opens opens the database as every command does, and returns why not.
func opens(t *testing.T, storage config.Storage) error {
	t.Helper()
	ring, err := storage.OpenKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), storage, ring, time.Now)
	if err == nil {
		_, err = rememberEpoch(t.Context(), storage.StateDir, db, slog.New(slog.DiscardHandler))
		_ = db.Close()
	}
	return err
}

func wantRefusal(t *testing.T, err error, says string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v, want an error that says %q", err, says)
	}
}

// A database that comes from a backup, or is older than what was seen, is not served from.
func TestEpoch_IsComparedBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			rows := openDatabase(t, storage.Database.Reveal())
			for _, unfinished := range []string{"copy", "loading", "recovering"} {
				rows.shift(t, "UPDATE database_epoch SET state = ?", unfinished)
				wantRefusal(t, opens(t, storage), "run 'bff recover'")
			}
			rows.shift(t, "UPDATE database_epoch SET state = 'live', epoch = 3, began_at = 1800000000000")
			if err := opens(t, storage); err != nil {
				t.Errorf("a newer epoch: %v", err)
			}
			rows.shift(t, "UPDATE database_epoch SET epoch = 2")
			wantRefusal(t, opens(t, storage), "epoch 2, while "+storage.StateDir+" has seen 3")
			rows.shift(t, "UPDATE database_epoch SET epoch = 3, began_at = 1700000000000")
			wantRefusal(t, opens(t, storage), "has seen 3")
			storage.StateDir = t.TempDir()
			if err := opens(t, storage); err != nil {
				t.Errorf("with another state directory: %v", err)
			}
		})
	}
}

// A state directory belongs to one database: another installation's, or one created instead of a lost one, is noticed.
func TestEpoch_AnotherDatabaseIsNotServedFrom(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			one, two := stored(t, engine), stored(t, engine)
			if err := opens(t, one); err != nil {
				t.Fatal(err)
			}
			if err := opens(t, two); err != nil {
				t.Fatal(err)
			}
			own := two.StateDir
			two.StateDir = one.StateDir
			wantRefusal(t, opens(t, two), "another one than BFF_STATE_DIR has seen")
			wantRefusal(t, recovers(two, ""), "another one than BFF_STATE_DIR has seen")
			if got := epochOf(t, two); !strings.HasPrefix(got, "1\x1flive") {
				t.Errorf("got %q, want it in service", got)
			}
			two.StateDir = own
			for _, storage := range []config.Storage{one, two} {
				if err := opens(t, storage); err != nil {
					t.Errorf("with its own state directory: %v", err)
				}
			}
			// A backup is of the same database, whatever it is loaded into.
			restored := elsewhere(t, engine, one)
			if err := recovers(restored, copied(t, one)); err != nil {
				t.Fatal(err)
			}
			if err := opens(t, restored); err != nil {
				t.Errorf("recovered from its backup: %v", err)
			}
		})
	}
}

func TestEpoch_LearnsWhichDatabaseItIs(t *testing.T) {
	t.Parallel()
	storage := stored(t, storetest.Engines(t)[0])
	if err := os.WriteFile(filepath.Join(storage.StateDir, "epoch.json"), []byte(`{"epoch":1,"began_at":"0001-01-01T00:00:00Z"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, opens(t, storage), "epoch 0")
	empty := storage
	empty.StateDir = t.TempDir()
	if err := opens(t, empty); err != nil {
		t.Fatal(err)
	}
	if err := opens(t, storage); err != nil {
		t.Fatal(err)
	}
	want, err := state.At(empty.StateDir).Epoch()
	if got, failed := state.At(storage.StateDir).Epoch(); err != nil || failed != nil || got != want || got.Database == "" {
		t.Errorf("got %v, %v, want %v with an id", got, failed, want)
	}
}

func TestEpoch_AStateDirectoryThatCannotBeWrittenStopsTheStart(t *testing.T) {
	t.Parallel()
	storage := stored(t, storetest.Engines(t)[0])
	storage.StateDir = filepath.Join(storage.Keys, "below-a-file")
	wantRefusal(t, opens(t, storage), "BFF_STATE_DIR")
}

func TestEpoch_ADamagedStateFileStopsTheStart(t *testing.T) {
	t.Parallel()
	storage := stored(t, storetest.Engines(t)[0])
	if err := os.WriteFile(filepath.Join(storage.StateDir, "epoch.json"), []byte(`{"epoch":`), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, opens(t, storage), "is damaged")
}

// What a running server knows is of the epoch in which it started.
func TestEpoch_ARunningServerStopsServingWhenItChanges(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, fixtureOptions{engine: &engine, settings: harness.Settings{"BFF_STATE_DIR": t.TempDir()}})
			f.rows.shift(t, "UPDATE database_epoch SET epoch = 2, began_at = 1800000000000")
			for path, want := range map[string]int{
				"/readyz": http.StatusServiceUnavailable, "/v1/notices": http.StatusServiceUnavailable, "/healthz": http.StatusOK,
			} {
				awaitStatus(t, f.API+path, want)
			}
		})
	}
}

// awaitStatus waits until a path answers with a status: the server looks at its epoch every two seconds.
func awaitStatus(t *testing.T, url string, want int) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		response, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode == want {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: got %d, want %d", url, response.StatusCode, want)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func TestState_KeepsTheLastEpoch(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state")
	folder, err := state.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	want := state.Epoch{Number: 7, BeganAt: time.UnixMilli(1800000000000).UTC(), Database: "dbs_1"}
	for range 2 {
		if err = folder.Remember(want); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := folder.Epoch(); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if info, err := os.Stat(filepath.Join(path, "epoch.json")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want a file of mode 0600", info.Mode(), err)
	}
	if entries, err := os.ReadDir(path); err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v, want one file", entries, err)
	}
}

func TestCheck_NamesTheStateDirectoryAndACopy(t *testing.T) {
	t.Parallel()
	f := newFixture(t, fixtureOptions{})
	check := func(dir string) findings {
		found, _, _ := checked(t, f.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:8080", "BFF_STATE_DIR": dir}))
		return found
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	check("").want(t, levelWarning, "state", "BFF_STATE_DIR is not set")
	check(filepath.Join(f.Settings["BFF_KEYS"], "x")).want(t, levelProblem, "state", "BFF_STATE_DIR cannot be used")
	check(filepath.Join(dir, "new")).want(t, levelOK, "state", "does not exist yet")
	found := check(dir)
	found.want(t, levelOK, "state", "can be used")
	found.want(t, levelOK, "database", "it is of epoch 1")
	folder, err := state.Open(dir)
	if err == nil {
		err = folder.Remember(state.Epoch{Number: 2})
	}
	if err != nil {
		t.Fatal(err)
	}
	check(dir).want(t, levelProblem, "database", "of epoch 1, older than 2", "bff recover")
	if err = folder.Remember(state.Epoch{Number: 1, Database: "dbs_another"}); err != nil {
		t.Fatal(err)
	}
	check(dir).want(t, levelProblem, "database", "another one than BFF_STATE_DIR has seen", "of its own")
	f.rows.shift(t, "UPDATE database_epoch SET state = 'copy'")
	check(dir).want(t, levelProblem, "database", "comes from a backup", "bff recover")
}

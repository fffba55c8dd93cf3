package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/sql/backup"
	"renzheng/sql/storetest"
)

// copied takes a backup of a database.
func copied(t *testing.T, storage config.Storage) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup")
	if err := (&backupCommand{Storage: storage, File: file}).Run(); err != nil {
		t.Fatal(err)
	}
	return file
}

func recovers(storage config.Storage, from string) error {
	return (&recoverCommand{Config: config.Config{Storage: storage}, From: from}).Run()
}

// elsewhere is an empty database of the same engine with the same keys and state directory.
func elsewhere(t *testing.T, engine storetest.Engine, storage config.Storage) config.Storage {
	t.Helper()
	storage.Database = config.NewSecret(engine.New(t))
	return storage
}

func epochOf(t *testing.T, storage config.Storage) string {
	t.Helper()
	rows := openDatabase(t, storage.Database.Reveal())
	return strings.Join(rows.lines(t, "SELECT epoch, state, copied_at > 0, backup_digest <> '' FROM database_epoch"), "; ")
}

func TestRecover_PutsABackupIntoService(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			from := copied(t, storage)
			if info, err := os.Stat(from); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("got %v, %v, want mode 0600", info.Mode(), err)
			}
			restored := elsewhere(t, engine, storage)
			wantRefusal(t, opens(t, restored), "has seen 1") // an empty one in the place of the lost
			if err := recovers(restored, from); err != nil {
				t.Fatal(err)
			}
			if got, want := epochOf(t, restored), "2\x1flive\x1f1\x1f1"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if err := opens(t, restored); err != nil {
				t.Errorf("the recovered database: %v", err)
			}
			wantRefusal(t, opens(t, storage), "epoch 1") // the lost one comes back
			if err := recovers(restored, from); err != nil || !strings.HasPrefix(epochOf(t, restored), "2\x1flive") {
				t.Errorf("a second time: %v, %s", err, epochOf(t, restored))
			}
			if err := recovers(restored, ""); err != nil || !strings.HasPrefix(epochOf(t, restored), "3\x1flive\x1f0\x1f0") {
				t.Errorf("once more, by other means: %v, %s", err, epochOf(t, restored))
			}
			if err := recovers(storage, from); !errors.Is(err, backup.ErrOccupied) {
				t.Errorf("in the place of a database: got %v", err)
			}
		})
	}
}

// A recovery may be killed anywhere: the database stays out of service, and the same command goes on.
func TestRecover_GoesOnAfterAnInterruption(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			from, restored := copied(t, storage), elsewhere(t, engine, storage)
			load := backup.Options{DSN: restored.Database.Reveal(), File: from, Clock: time.Now, Progress: func(int64, int64) {}}
			if err := backup.Load(t.Context(), load); err != nil {
				t.Fatal(err)
			}
			wantRefusal(t, opens(t, restored), "run 'bff recover'")
			rows := openDatabase(t, restored.Database.Reveal())
			rows.shift(t, "UPDATE database_epoch SET state = 'recovering', epoch = 2, began_at = 1700000000000")
			wantRefusal(t, opens(t, restored), "run 'bff recover'")
			if err := recovers(restored, ""); err != nil || !strings.HasPrefix(epochOf(t, restored), "2\x1flive") {
				t.Errorf("got %v, %s, want the same epoch in service", err, epochOf(t, restored))
			}
			rows.shift(t, "UPDATE database_epoch SET state = 'loading'")
			wantRefusal(t, recovers(restored, ""), "not loaded completely")
			if err := recovers(restored, from); err != nil || !strings.HasPrefix(epochOf(t, restored), "3\x1flive") {
				t.Errorf("loaded again: got %v, %s, want an epoch after the one that was seen", err, epochOf(t, restored))
			}
		})
	}
}

func TestRecover_NoticesADamagedBackup(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			from := copied(t, storage)
			whole, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			changed := append([]byte{}, whole...)
			changed[len(changed)/2] ^= 1
			for what, content := range map[string][]byte{"truncated": whole[:len(whole)-1], "changed": changed, "empty": nil} {
				if err = os.WriteFile(from, content, 0o600); err != nil {
					t.Fatal(err)
				}
				if err = recovers(elsewhere(t, engine, storage), from); !errors.Is(err, backup.ErrDamaged) {
					t.Errorf("%s: got %v, want %v", what, err, backup.ErrDamaged)
				}
			}
			if err = errors.Join(os.WriteFile(from, whole, 0o600), os.Remove(from+".sha256")); err != nil {
				t.Fatal(err)
			}
			if err = recovers(elsewhere(t, engine, storage), from); !errors.Is(err, backup.ErrDamaged) {
				t.Errorf("without its digest: got %v, want %v", err, backup.ErrDamaged)
			}
		})
	}
}

func TestBackup_DoesNotReplaceAFileOrCopyACopy(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			from := copied(t, storage)
			if err := (&backupCommand{Storage: storage, File: from}).Run(); !errors.Is(err, fs.ErrExist) {
				t.Errorf("got %v, want %v", err, fs.ErrExist)
			}
			openDatabase(t, storage.Database.Reveal()).shift(t, "UPDATE database_epoch SET state = 'copy'")
			other := filepath.Join(t.TempDir(), "other")
			if err := (&backupCommand{Storage: storage, File: other}).Run(); !errors.Is(err, backup.ErrNotLive) {
				t.Errorf("of a copy: got %v, want %v", err, backup.ErrNotLive)
			}
			if left, err := os.ReadDir(filepath.Dir(other)); err != nil || len(left) > 0 {
				t.Errorf("got %v, %v, want nothing left behind", left, err)
			}
		})
	}
}

// A folder stands for its newest complete backup, and the folder of another server for its journal.
func TestRecover_TakesFolders(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			folder, whole := filesOf(t, map[string]time.Duration{
				"renzheng-20250101T000000Z.backup": 0, "renzheng-20250101T000000Z.backup.sha256": 0, // which is damaged
				"renzheng-20990101T000000Z.backup": 0, // without its digest
			}), elsewhere(t, engine, storage)
			if err := recovers(whole, folder); !errors.Is(err, backup.ErrDamaged) {
				t.Errorf("the only complete one: got %v, want %v", err, backup.ErrDamaged)
			}
			if err := (&backupCommand{Storage: storage, File: folder}).Run(); err != nil {
				t.Fatal(err)
			}
			other := t.TempDir()
			if err := state.At(other).RecordErasure(erasure("1")); err != nil {
				t.Fatal(err)
			}
			command := recoverCommand{Config: config.Config{Storage: whole}, From: folder, Erasures: []string{other, t.TempDir()}}
			if err := command.Run(); err != nil || !strings.HasPrefix(epochOf(t, whole), "2\x1flive") {
				t.Errorf("got %v, %s, want it in service", err, epochOf(t, whole))
			}
			if n := openDatabase(t, whole.Database.Reveal()).count(t, "SELECT COUNT(*) FROM erasures"); n != 1 {
				t.Errorf("got %d erasures, want that of the other server", n)
			}
			command = recoverCommand{Config: config.Config{Storage: storage}, Erasures: []string{filepath.Join(other, "absent")}}
			if err := command.Run(); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a journal that does not exist: got %v, want %v", err, fs.ErrNotExist)
			}
			if err := recovers(storage, t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("an empty folder: got %v, want %v", err, fs.ErrNotExist)
			}
		})
	}
}

func TestRecover_OfNothing(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			if err := recovers(stored(t, engine), ""); !errors.Is(err, errEmpty) {
				t.Errorf("got %v, want %v", err, errEmpty)
			}
		})
	}
}

// With other keys the database is not the one that is meant, and is left as it is.
func TestRecover_OfADatabaseOfOtherKeys(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage, other := stored(t, engine), stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			storage.Keys = other.Keys
			wantRefusal(t, recovers(storage, ""), "comparing the keys")
			if got := epochOf(t, storage); !strings.HasPrefix(got, "1\x1flive") {
				t.Errorf("got %q, want it in service", got)
			}
		})
	}
}

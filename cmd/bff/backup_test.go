package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/sql/backup"
	"renzheng/sql/storetest"
)

// filesOf makes files in a new folder, as old as their content says.
func filesOf(t *testing.T, ages map[string]time.Duration) string {
	t.Helper()
	folder := t.TempDir()
	for name, age := range ages {
		path, at := filepath.Join(folder, name), time.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func namesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Old copies go only when the new one is complete, and nothing goes that is not a copy.
func TestBackup_KeepsSomeInAFolder(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			folder := filesOf(t, map[string]time.Duration{
				"renzheng-20250101T000000Z.backup": 9 * day, "renzheng-20250101T000000Z.backup.sha256": 9 * day,
				"renzheng-20250102T000000Z.backup": 8 * day, "renzheng-20250102T000000Z.backup.sha256": 8 * day,
				"renzheng-20250103T000000Z.backup.partial": 7 * day, // interrupted
				"renzheng-20250104T000000Z.backup.sha256":  6 * day, // likewise, a moment later
				"renzheng-20990101T000000Z.backup.partial": 0,       // another one that is written now
				"notes.txt": 9 * day, "renzheng-20250101T000000Z.backup.gpg": 9 * day,
			})
			before := namesIn(t, folder)
			if err := (&backupCommand{Storage: storage, File: folder, Keep: 2}).Run(); err == nil || !slices.Equal(namesIn(t, folder), before) {
				t.Errorf("without a database: got %v, %v, want an error and everything left", err, namesIn(t, folder))
			}
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			if err := (&backupCommand{Storage: storage, File: folder, Keep: 2}).Run(); err != nil {
				t.Fatal(err)
			}
			fresh := filepath.Base(slices.DeleteFunc(namesIn(t, folder), func(n string) bool { return slices.Contains(before, n) })[0])
			want := []string{
				"notes.txt", "renzheng-20250101T000000Z.backup.gpg", "renzheng-20250102T000000Z.backup",
				"renzheng-20250102T000000Z.backup.sha256", fresh, fresh + ".sha256", "renzheng-20990101T000000Z.backup.partial",
			}
			if got := namesIn(t, folder); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if _, err := backup.Verify(filepath.Join(folder, fresh)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A copy of a time when the clock was wrong must not cost the new one.
func TestBackup_KeepsTheNewOneWhateverTheNamesSay(t *testing.T) {
	t.Parallel()
	storage := stored(t, storetest.Engines(t)[0])
	if err := opens(t, storage); err != nil {
		t.Fatal(err)
	}
	const future = "renzheng-20990101T000000Z.backup"
	folder := filesOf(t, map[string]time.Duration{future: time.Hour, future + ".sha256": time.Hour})
	if err := (&backupCommand{Storage: storage, File: folder, Keep: 1}).Run(); err != nil {
		t.Fatal(err)
	}
	if names := namesIn(t, folder); len(names) != 2 || names[0] == future {
		t.Errorf("got %v, want the new one", names)
	}
}

func TestBackup_KeepsAllByDefault(t *testing.T) {
	t.Parallel()
	storage := stored(t, storetest.Engines(t)[0])
	if err := opens(t, storage); err != nil {
		t.Fatal(err)
	}
	folder := filesOf(t, map[string]time.Duration{"renzheng-20250101T000000Z.backup": time.Hour, "renzheng-20250101T000000Z.backup.sha256": time.Hour})
	if err := (&backupCommand{Storage: storage, File: folder}).Run(); err != nil || len(namesIn(t, folder)) != 4 {
		t.Errorf("got %v, %v, want both copies", err, namesIn(t, folder))
	}
	for _, c := range []backupCommand{{Storage: storage, File: folder, Keep: -1}, {Storage: storage, File: filepath.Join(folder, "new"), Keep: 1}} {
		if err := c.Run(); !errors.Is(err, errKeep) || len(namesIn(t, folder)) != 4 {
			t.Errorf("keeping %d: got %v, %s, want %v and nothing written", c.Keep, err, strings.Join(namesIn(t, folder), " "), errKeep)
		}
	}
}

// Servers learn from the database when it was copied last, on each engine. A copy that failed does not count.
func TestBackup_IsRecordedOnceItIsComplete(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			completed := func() (at int64) {
				if err := openDatabase(t, storage.Database.Reveal()).QueryRowContext(t.Context(), "SELECT completed_at FROM backups").Scan(&at); err != nil {
					t.Fatal(err)
				}
				return at
			}
			if err := (&backupCommand{Storage: storage, File: "/absent/backup"}).Run(); err == nil || completed() != 0 {
				t.Errorf("got %v and %d after a backup that failed", err, completed())
			}
			before := time.Now().UnixMilli()
			copied(t, storage)
			if at := completed(); at < before || at > time.Now().UnixMilli() {
				t.Errorf("got %d, want a time since %d", at, before)
			}
		})
	}
}

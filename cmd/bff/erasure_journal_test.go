package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/cmd/bff/state"
	"renzheng/rights"
	"renzheng/sql/storetest"
)

func erasure(n string) rights.Erasure {
	return rights.Erasure{
		ID: "ers_" + strings.Repeat(n, 32), SubjectID: "sub_" + strings.Repeat(n, 32), AccountID: "acc_" + strings.Repeat(n, 32),
		RequestedAt: time.UnixMilli(1700000000123).UTC(),
	}
}

func TestErasureJournal_KeepsEachRequestOnce(t *testing.T) {
	t.Parallel()
	folder, err := state.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder.Path(), "erasures.jsonl")
	for _, e := range []rights.Erasure{erasure("1"), erasure("2"), erasure("1")} {
		if err = folder.RecordErasure(e); err != nil {
			t.Fatal(err)
		}
	}
	cutOff(t, path) // a crash in the middle of a request, and one after
	if err = folder.RecordErasure(erasure("3")); err != nil {
		t.Fatal(err)
	}
	got, err := folder.Erasures()
	if err != nil || len(got) != 3 || got[0] != erasure("1") || got[1] != erasure("2") || got[2] != erasure("3") {
		t.Errorf("got %v, %v, want three", got, err)
	}
	if info, failed := os.Stat(path); failed != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want mode 0600", info.Mode(), failed)
	}
	if _, err = state.ReadErasures(strings.NewReader(`{"id":"ers_1"}` + "\n")); err == nil {
		t.Error("a line without its members is read")
	}
}

// cutOff appends the beginning of a line.
func cutOff(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteString(`{"id":"ers_44`)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// A request since the backup is in no database, and in the journal of the server that took it.
func TestRecover_ErasesAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			storage := stored(t, engine)
			if err := opens(t, storage); err != nil {
				t.Fatal(err)
			}
			from := copied(t, storage)
			other, err := state.Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			for _, err = range []error{
				state.At(storage.StateDir).RecordErasure(erasure("1")), other.RecordErasure(erasure("2")), other.RecordErasure(erasure("1")),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			restored := elsewhere(t, engine, storage)
			command := &recoverCommand{
				Config: config.Config{Storage: restored}, From: from, Erasures: []string{filepath.Join(other.Path(), "erasures.jsonl")},
			}
			if err = command.Run(); err != nil {
				t.Fatal(err)
			}
			rows := openDatabase(t, restored.Database.Reveal())
			if n := rows.count(t, "SELECT COUNT(*) FROM erasures WHERE state <> 'requested'"); n != 2 {
				t.Errorf("got %d erasures that were executed, want 2", n)
			}
		})
	}
}

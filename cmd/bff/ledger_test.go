package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"renzheng/ledger"
	"renzheng/sql/store"
)

// The commands write a ledger that can be checked without the server, and a part of it as a table.
func TestLedger_IsExportedAndVerified(t *testing.T) {
	t.Parallel()
	o := newOperator(t)
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	withStoreOf(t, o, func(db *store.Store) error {
		for n := range 20 {
			_, err := db.Record(t.Context(), ledger.Draft{
				ID: fmt.Sprintf("led_%032x", n), At: at, Kind: "visit.opened", Office: "hall-1", Member: "stf_1", Reference: fmt.Sprintf("vis_%032x", n),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	offline := func(command string) error { return run(strings.Fields(command)) }
	dir := t.TempDir()
	file := filepath.Join(dir, "ledger.jsonl")
	for _, command := range []string{
		"ledger head", "ledger export " + file, "ledger export --format csv --office hall-1 " + filepath.Join(dir, "l.csv"),
		"ledger export --format xlsx --from 2026-11-01T00:00:00Z " + filepath.Join(dir, "l.xlsx"),
	} {
		if err := o.run(command); err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
	var head ledger.Head
	withStoreOf(t, o, func(db *store.Store) (err error) { head, err = db.LedgerHead(t.Context()); return err })
	wantError(t, o.run("ledger export "+file), "exists")
	wantError(t, o.run("ledger export --office hall-1 "+filepath.Join(dir, "part.jsonl")), "csv or xlsx")
	wantError(t, offline("ledger verify "+file), "--head")
	wantError(t, offline("ledger verify --head 20 "+file), "NUMBER:HASH")
	if err := offline("ledger verify --head " + headText(head) + " " + file); err != nil {
		t.Error(err)
	}
	wantError(t, offline("ledger verify --head 20:"+ledger.Empty().Hash+" "+file), "entry 20 is broken")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(dir, "changed.jsonl")
	if err = os.WriteFile(changed, []byte(strings.Replace(string(content), `vis_0000000000000000000000000000000b`, `vis_0000000000000000000000000000000c`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, offline("ledger verify --head "+headText(head)+" "+changed), "entry 12 is broken")
}

func withStoreOf(t *testing.T, o operator, do func(*store.Store) error) {
	t.Helper()
	if err := withStore(o.storage, func(_ context.Context, db *store.Store) error { return do(db) }); err != nil {
		t.Fatal(err)
	}
}

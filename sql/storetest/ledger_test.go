package storetest_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"renzheng/ledger"
	"renzheng/sql/store"
)

func act(f *fixture, n int) ledger.Draft {
	return ledger.Draft{
		ID: fmt.Sprintf("led_%032x", n), At: f.now, Kind: "visit.opened", Office: "hall-1", Member: "stf_" + fmt.Sprintf("%032x", n%3),
		Reference: fmt.Sprintf("vis_%032x", n), Reason: "face_impossible",
	}
}

// Numbers have no gap and the chain holds, whoever appends at once.
func TestLedger_IsOneChainOfTwoReplicas(t *testing.T) {
	t.Parallel()
	const writers, each = 6, 10
	onEach(t, func(f *fixture) {
		t := f.t
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				s := []*store.Store{f.store, f.replica}[w%2]
				for i := range each {
					if _, err := s.Record(t.Context(), act(f, 100*w+i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		v := ledger.NewVerifier()
		count := 0
		if err := ledger.Each(t.Context(), f.store, ledger.Filter{})(func(e ledger.Entry) error { count++; return v.Entry(e) }); err != nil {
			t.Error(err)
		}
		if head, err := f.replica.LedgerHead(t.Context()); err != nil || head != v.Head() || count != writers*each {
			t.Errorf("got head %v, %d entries, %v; want %v and %d", head, count, err, v.Head(), writers*each)
		}
	})
}

func TestLedger_IsCorrectedByAnotherEntry(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if head, err := f.store.LedgerHead(t.Context()); err != nil || head != ledger.Empty() {
			t.Errorf("an empty ledger: got %v, %v", head, err)
		}
		for n := range 5 {
			if _, err := f.store.Record(t.Context(), act(f, n)); err != nil {
				t.Fatal(err)
			}
		}
		correction := act(f, 9)
		correction.Kind, correction.Reason, correction.Corrects, correction.Office = ledger.KindCorrection, "wrong_case", 2, "hall-2"
		if e, err := f.replica.Record(t.Context(), correction); err != nil || e.Sequence != 6 || e.Corrects != 2 {
			t.Errorf("a correction: got %+v, %v", e, err)
		}
		if _, err := f.store.Record(t.Context(), act(f, 9)); err == nil {
			t.Error("an act was recorded twice")
		}
		missing := act(f, 10)
		missing.Kind, missing.Corrects = ledger.KindCorrection, 99
		if _, err := f.store.Record(t.Context(), missing); !errors.Is(err, ledger.ErrEntry) {
			t.Errorf("a correction of nothing: got %v", err)
		}
	})
}

func TestLedger_IsFiltered(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for n := range 5 {
			if _, err := f.store.Record(t.Context(), act(f, n)); err != nil {
				t.Fatal(err)
			}
		}
		for name, tt := range map[string]struct {
			filter ledger.Filter
			want   int
		}{
			"all":       {ledger.Filter{}, 5},
			"kind":      {ledger.Filter{Kind: ledger.KindCorrection}, 0},
			"office":    {ledger.Filter{Office: "hall-1"}, 5},
			"member":    {ledger.Filter{Member: act(f, 1).Member}, 2},
			"reference": {ledger.Filter{Reference: act(f, 3).Reference}, 1},
			"before":    {ledger.Filter{Until: f.now}, 0},
			"since":     {ledger.Filter{From: f.now}, 5},
		} {
			if found, err := f.store.LedgerEntries(t.Context(), tt.filter, 0, 100); err != nil || len(found) != tt.want {
				t.Errorf("%s: got %d entries, %v; want %d", name, len(found), err, tt.want)
			}
		}
		if found, err := f.store.LedgerEntries(t.Context(), ledger.Filter{}, 4, 1); err != nil || len(found) != 1 || found[0].Sequence != 5 {
			t.Errorf("behind the fourth: got %v, %v", found, err)
		}
	})
}

// Somebody with the database alone can write the chain anew, but not the tags.
func TestLedger_NoticesChangedRows(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for n := range 3 {
			if _, err := f.store.Record(t.Context(), act(f, n)); err != nil {
				t.Fatal(err)
			}
		}
		change := func(statement string) {
			if _, err := f.raw(t).ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		change("UPDATE ledger_entries SET reason = 'other' WHERE sequence = 2")
		_, err := f.store.LedgerEntries(t.Context(), ledger.Filter{}, 0, 10)
		if row, ok := errors.AsType[*store.AlteredError](err); !ok || row.Table != "ledger_entries" || row.ID != "2" {
			t.Errorf("a changed entry: got %v", err)
		}
		change("UPDATE ledger_heads SET sequence = 2")
		if _, err = f.store.Record(t.Context(), act(f, 4)); !errors.As(err, new(*store.AlteredError)) {
			t.Errorf("a changed head: got %v", err)
		}
	})
}

package storetest_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/sql/store"
	"renzheng/verification"
	"renzheng/verification/policy"
)

func (f *fixture) repair(version int64) policy.Switch {
	return policy.Switch{
		Check: policy.BankCard, Provider: policy.EveryProvider, State: policy.Degraded,
		Text: identity.Text{
			Chinese: strings.Repeat("𠮷", policy.MaxSwitchText), Traditional: "維護中", English: "Under repair",
		},
		Until: f.now.Add(time.Hour), Version: version, ChangedAt: f.now, ChangedBy: "值班 · Łukasz",
	}
}

func TestSwitch_IsReadByEveryReplica(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		if all, err := f.store.Switches(t.Context()); err != nil || len(all) != 0 {
			t.Fatalf("got %v, %v, want none", all, err)
		}
		set := f.repair(0)
		if err := f.store.PutSwitch(t.Context(), set); err != nil {
			t.Fatal(err)
		}
		set.Version = 1
		all, err := f.replica.Switches(t.Context())
		if err != nil || len(all) != 1 || all[0] != set {
			t.Fatalf("got %+v, %v, want %+v", all, err, set)
		}
		f.now = f.now.Add(time.Minute)
		on := policy.Switch{
			Check: set.Check, Provider: set.Provider, State: policy.On, Version: 1, ChangedAt: f.now, ChangedBy: "another",
		}
		if err = f.replica.PutSwitch(t.Context(), on); err != nil {
			t.Fatal(err)
		}
		on.Version = 2
		if all, err = f.store.Switches(t.Context()); err != nil || len(all) != 1 || all[0] != on {
			t.Errorf("got %+v, %v, want %+v", all, err, on)
		}
		record, err := f.store.SwitchHistory(t.Context(), 10)
		if err != nil || len(record) != 2 || record[0] != on || record[1] != set {
			t.Errorf("got %+v, %v, want both changes, the newest first", record, err)
		}
	})
}

// Of two operators at once one is told.
func TestSwitch_IsSetOncePerVersion(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		for version := range int64(2) {
			var racing sync.WaitGroup
			var done, told atomic.Int32
			for i := range 6 {
				s := []*store.Store{f.store, f.replica}[i%2]
				racing.Go(func() {
					switch err := s.PutSwitch(t.Context(), f.repair(version)); {
					case err == nil:
						done.Add(1)
					case errors.Is(err, verification.ErrConflict):
						told.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			racing.Wait()
			if done.Load() != 1 || told.Load() != 5 {
				t.Errorf("version %d: got %d done and %d told, want 1 and 5", version, done.Load(), told.Load())
			}
		}
		if n := f.count(t, "SELECT COUNT(*) FROM switch_changes"); n != 2 {
			t.Errorf("got %d changes on record, want 2", n)
		}
	})
}

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

func (k *kit) repair(version int64) policy.Switch {
	return policy.Switch{
		Check: policy.BankCard, Provider: policy.EveryProvider, State: policy.Degraded,
		Text: identity.Text{
			Chinese: strings.Repeat("𠮷", policy.MaxSwitchText), Traditional: "維護中", English: "Under repair",
		},
		Until: k.now.Add(time.Hour), Version: version, ChangedAt: k.now, ChangedBy: "值班 · Łukasz",
	}
}

func TestSwitch_IsReadByEveryReplica(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		if all, err := k.store.Switches(t.Context()); err != nil || len(all) != 0 {
			t.Fatalf("got %v, %v, want none", all, err)
		}
		set := k.repair(0)
		if err := k.store.PutSwitch(t.Context(), set); err != nil {
			t.Fatal(err)
		}
		set.Version = 1
		all, err := k.replica.Switches(t.Context())
		if err != nil || len(all) != 1 || all[0] != set {
			t.Fatalf("got %+v, %v, want %+v", all, err, set)
		}
		k.now = k.now.Add(time.Minute)
		on := policy.Switch{
			Check: set.Check, Provider: set.Provider, State: policy.On, Version: 1, ChangedAt: k.now, ChangedBy: "another",
		}
		if err = k.replica.PutSwitch(t.Context(), on); err != nil {
			t.Fatal(err)
		}
		on.Version = 2
		if all, err = k.store.Switches(t.Context()); err != nil || len(all) != 1 || all[0] != on {
			t.Errorf("got %+v, %v, want %+v", all, err, on)
		}
		record, err := k.store.SwitchHistory(t.Context(), 10)
		if err != nil || len(record) != 2 || record[0] != on || record[1] != set {
			t.Errorf("got %+v, %v, want both changes, the newest first", record, err)
		}
	})
}

// Of two operators at once one is told.
func TestSwitch_IsSetOncePerVersion(t *testing.T) {
	t.Parallel()
	onEach(t, func(k *kit) {
		t := k.t
		for version := range int64(2) {
			var racing sync.WaitGroup
			var done, told atomic.Int32
			for i := range 6 {
				s := []*store.Store{k.store, k.replica}[i%2]
				racing.Go(func() {
					switch err := s.PutSwitch(t.Context(), k.repair(version)); {
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
		if n := k.count(t, "SELECT COUNT(*) FROM switch_changes"); n != 2 {
			t.Errorf("got %d changes on record, want 2", n)
		}
	})
}

package storetest_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"renzheng/keyring"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
)

// failover is a store that reaches one of two servers through an address that moves.
type failover struct {
	address       *virtualAddress
	first, second *mariaDB
	store         *store.Store // opened on the first server
}

// onFailover runs a test with two servers of its own, if the suite runs on MariaDB.
func onFailover(t *testing.T, test func(f *failover)) {
	t.Helper()
	for _, engine := range storetest.Engines(t) {
		if engine.Name != "mysql" {
			continue
		}
		f := &failover{first: privateMariaDB(t), second: privateMariaDB(t)}
		f.address = newVirtualAddress(t, f.second)
		ring := storetest.NewRing(t)
		if err := f.open(t, ring).Close(); err != nil {
			t.Fatal(err)
		}
		f.address.moveTo(f.first)
		f.store = f.open(t, ring)
		t.Cleanup(func() { _ = f.store.Close() })
		test(f)
	}
}

// open returns a migrated store on the current server of the address.
func (f *failover) open(t *testing.T, ring *keyring.Keyring) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{DSN: f.address.dsn(), Ring: ring, Clock: storetest.Now, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	if err = s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// write makes many writes at once, which also fills the pool of connections.
func (f *failover) write(t *testing.T) []error {
	t.Helper()
	failures := make([]error, 64)
	var writing sync.WaitGroup
	for i := range failures {
		writing.Go(func() {
			_, failures[i] = f.store.Lease(t.Context(), fmt.Sprintf("lease %d", i), "holder", storetest.Now(), storetest.Now().Add(time.Minute))
		})
	}
	writing.Wait()
	return failures
}

func (f *failover) wantWrites(t *testing.T, when string) {
	t.Helper()
	for _, err := range f.write(t) {
		if err != nil {
			t.Errorf("writing %s: got %v, want no error", when, err)
		}
	}
	if err := f.store.Usable(t.Context()); err != nil {
		t.Errorf("probing %s: got %v, want no error", when, err)
	}
}

// wantAway requires that every write fails with an error that counts as away, soon after the server became read-only.
func (f *failover) wantAway(t *testing.T, when string) {
	t.Helper()
	const rounds = 50
	var failures []error
	for range rounds {
		failures = append(f.write(t), f.store.Usable(t.Context()))
		if !slices.ContainsFunc(failures, func(err error) bool { return !store.Away(err) }) {
			return
		}
	}
	for _, err := range failures {
		if !store.Away(err) {
			t.Errorf("%s: got %v, want an error that counts as away", when, err)
		}
	}
}

func TestFailover_ReachesTheNewPrimaryAndIsAwayWithoutOne(t *testing.T) {
	t.Parallel()
	onFailover(t, func(f *failover) { // the parts share the servers, which take seconds to start
		f.noWriteFailsThoughThePoolIsFullOfOldConnections(t)
		f.isAwayAsLongAsThereIsNoPrimary(t)
		f.theProbeLeavesTheOldPrimaryThoughNobodyWrites(t)
	})
}

func (f *failover) noWriteFailsThoughThePoolIsFullOfOldConnections(t *testing.T) {
	t.Helper()
	f.wantWrites(t, "before the failover")
	f.moveToSecond(t)
	f.wantWrites(t, "after the failover")
	f.moveBack(t)
}

func (f *failover) isAwayAsLongAsThereIsNoPrimary(t *testing.T) {
	t.Helper()
	f.first.exec(t, "SET GLOBAL read_only = 1")
	f.wantAway(t, "without a primary")
	f.first.exec(t, "SET GLOBAL read_only = 0")
	f.wantWrites(t, "with a primary again")
}

func (f *failover) theProbeLeavesTheOldPrimaryThoughNobodyWrites(t *testing.T) {
	t.Helper()
	f.moveToSecond(t)
	if err := f.store.Usable(t.Context()); err != nil {
		t.Fatalf("got %v, want the probe to find the new primary", err)
	}
	f.first.stop()
	for range 64 { // more than the pool has connections
		if _, err := f.store.Switches(t.Context()); err != nil {
			t.Fatalf("reading after the probe: got %v, want every connection to lead to the new primary", err)
		}
	}
}

func (f *failover) moveToSecond(t *testing.T) {
	t.Helper()
	f.address.moveTo(f.second)
	f.first.exec(t, "SET GLOBAL read_only = 1")
}

func (f *failover) moveBack(t *testing.T) {
	t.Helper()
	f.first.exec(t, "SET GLOBAL read_only = 0")
	f.address.moveTo(f.first)
	f.second.exec(t, "SET GLOBAL read_only = 1")
	f.wantWrites(t, "moving back")
	f.second.exec(t, "SET GLOBAL read_only = 0")
}

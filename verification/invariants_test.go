package verification_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"renzheng/sql/storetest"
)

// TestInvariants_HoldInEveryOrder plays random sequences of calls on two replicas,
// against a provider whose answers are late, lost or stale. In the end the used
// tries are the failures that the provider decided (R63), strangers have left the
// owner two tries (R12), and no table has grown without a bound (R64).
//
// BFF_TEST_SEQUENCES and BFF_TEST_SEQUENCES_MYSQL set the number of sequences on
// each engine. BFF_TEST_SEED repeats a run.
func TestInvariants_HoldInEveryOrder(t *testing.T) {
	t.Parallel()
	seed := uint64(number(t, "BFF_TEST_SEED", int(rand.Uint32())))
	t.Logf("seed: %d", seed)
	played := map[string]int{
		"sqlite": number(t, "BFF_TEST_SEQUENCES", 60), "mysql": number(t, "BFF_TEST_SEQUENCES_MYSQL", 10),
	}
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			var violations tally
			var workers sync.WaitGroup
			const atATime = 2
			for worker := range atATime {
				a := newHarness(t, engine.New(t))
				workers.Go(func() {
					for i := worker; i < played[engine.Name]; i += atATime {
						a.play(t.Context(), seed, i, &violations)
					}
					if err := a.demandEmpty(t.Context(), engine.Name); err != nil {
						violations.add(err.Error())
					}
				})
			}
			workers.Wait()
			for _, violation := range violations.first() {
				t.Error(violation)
			}
			t.Logf("sequences: %d, violations: %d", played[engine.Name], violations.count())
		})
	}
}

// number returns a setting of a test from the environment.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s is not a number", name)
	}
	return n
}

// tally collects violations.
type tally struct {
	mu  sync.Mutex
	all []string
}

func (v *tally) add(violation string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.all = append(v.all, violation)
}

func (v *tally) count() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.all)
}

// first returns a few violations: as many as a person reads.
func (v *tally) first() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.all[:min(len(v.all), 5)]
}

// settled is the time after which everything of a sequence has been decided. It is
// longer than the judge accepts faces and longer than tries are counted.
const settled = 25 * time.Hour

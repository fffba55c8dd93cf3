package crowd

import (
	"math/rand/v2"
	"sync"

	"renzheng/providers/registry/registrytest"
)

// trouble makes the registry fail half of the time, until it is healed.
type trouble struct {
	mu     sync.Mutex
	rand   *rand.Rand
	healed bool
	failed int
	asked  int
}

func newTrouble(seed uint64) *trouble { return &trouble{rand: rand.New(rand.NewPCG(seed, 2))} }

// fail returns the failure of one push.
func (t *trouble) fail() registrytest.Failure {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked++
	if t.healed || t.rand.IntN(2) == 0 {
		return registrytest.Healthy
	}
	t.failed++
	kinds := []registrytest.Failure{registrytest.Broken, registrytest.Hung, registrytest.Cut, registrytest.Lost}
	return kinds[t.rand.IntN(len(kinds))]
}

func (t *trouble) heal() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.healed = true
}

func (t *trouble) counts() (failed, asked int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.failed, t.asked
}

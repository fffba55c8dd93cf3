package cluster

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	probeEvery = 200 * time.Millisecond
	probeTime  = 3 * time.Second // longer than a replica asks its node
)

// balancer is a door to the next replica that is ready: no person stays with one.
type balancer struct {
	*door

	replicas atomic.Pointer[[]*replica] // nil before they are watched
	turn     atomic.Uint64
	stop     context.CancelFunc
	probing  sync.WaitGroup
}

func newBalancer(ctx context.Context) (*balancer, error) {
	b := &balancer{stop: func() {}}
	var err error
	b.door, err = openDoor(ctx, b.next, func(r *replica) { r.ready.Store(false) })
	return b, err
}

// watch begins to ask replicas whether they are ready.
func (b *balancer) watch(ctx context.Context, replicas []*replica) {
	b.replicas.Store(&replicas)
	ctx, b.stop = context.WithCancel(ctx)
	for _, r := range replicas {
		b.probing.Go(func() {
			for ctx.Err() == nil {
				r.ready.Store(probe(ctx, r.server.URL))
				select {
				case <-ctx.Done():
				case <-time.After(probeEvery):
				}
			}
		})
	}
}

// next returns the replicas that are ready in turn.
func (b *balancer) next() *replica {
	replicas := b.replicas.Load()
	if replicas == nil {
		return nil
	}
	first := b.turn.Add(1)
	for i := range uint64(len(*replicas)) {
		if r := (*replicas)[(first+i)%uint64(len(*replicas))]; r.ready.Load() {
			return r
		}
	}
	return nil
}

func (b *balancer) close() error {
	b.stop()
	b.probing.Wait()
	return b.door.close()
}

// probe asks a replica whether it is ready.
func probe(ctx context.Context, base string) bool {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", http.NoBody)
	if err != nil {
		return false
	}
	answer, err := (&http.Client{}).Do(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

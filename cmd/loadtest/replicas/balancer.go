package replicas

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	probeEvery = 200 * time.Millisecond
	probeTime  = 3 * time.Second // longer than a replica asks its database
)

// Balancer is a door to the next replica that is ready: no person stays with one.
type Balancer struct {
	*Door

	replicas atomic.Pointer[[]*Replica] // nil before they are watched
	turn     atomic.Uint64
	stop     context.CancelFunc
	probing  sync.WaitGroup
}

// NewBalancer returns a balancer that answers 503 until it watches replicas.
func NewBalancer(ctx context.Context) (*Balancer, error) {
	b := &Balancer{stop: func() {}}
	var err error
	b.Door, err = OpenDoor(ctx, b.next, func(r *Replica) { r.ready.Store(false) })
	return b, err
}

// Watch begins to ask replicas whether they are ready.
func (b *Balancer) Watch(ctx context.Context, replicas []*Replica) {
	b.replicas.Store(&replicas)
	ctx, b.stop = context.WithCancel(ctx)
	for _, r := range replicas {
		b.probing.Go(func() {
			for ctx.Err() == nil {
				r.ready.Store(probe(ctx, r.Server.URL))
				select {
				case <-ctx.Done():
				case <-time.After(probeEvery):
				}
			}
		})
	}
}

// Drain sends no more requests to a replica and waits until it has answered those
// that it has, as an operator does before stopping it. Admit reverses it.
func (b *Balancer) Drain(ctx context.Context, r *Replica) error {
	r.away.Store(true)
	return Until(ctx, fmt.Sprintf("replica %s to answer all its requests", r.Name), func() bool { return r.busy.Load() == 0 })
}

// Admit sends requests to a replica again as soon as it is ready.
func (b *Balancer) Admit(ctx context.Context, r *Replica) error {
	r.away.Store(false)
	return r.Becomes(ctx, true)
}

// next returns the replicas that are ready in turn.
func (b *Balancer) next() *Replica {
	replicas := b.replicas.Load()
	if replicas == nil {
		return nil
	}
	first := b.turn.Add(1)
	for i := range uint64(len(*replicas)) {
		if r := (*replicas)[(first+i)%uint64(len(*replicas))]; r.ready.Load() && !r.away.Load() {
			return r
		}
	}
	return nil
}

// Close stops watching and closes the door.
func (b *Balancer) Close() error {
	b.stop()
	b.probing.Wait()
	return b.Door.Close()
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

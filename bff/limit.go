package bff

import (
	"maps"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bounds of the request limiter.
const (
	maxClients  = 1 << 16     // about 10 MB; more at once are no clients
	sweepPause  = time.Second // between two searches for idle clients: each looks at all of them
	burstPart   = 4           // a burst may use a quarter of a minute's requests at once
	subnetBits6 = 64          // one household or server has that many addresses of IPv6
)

// limiter is a token bucket per client: an address, or a session of the console. It only keeps floods away from
// this process: budgets that must hold over all replicas are in the database.
type limiter[K comparable] struct {
	rate  rate.Limit
	burst int
	clock func() time.Time

	mu      sync.Mutex
	buckets map[K]*rate.Limiter
	swept   time.Time
}

func newLimiter[K comparable](requestsPerMin int, clock func() time.Time) *limiter[K] {
	return &limiter[K]{
		rate: rate.Limit(float64(requestsPerMin) / time.Minute.Seconds()), burst: max(1, requestsPerMin/burstPart),
		clock: clock, buckets: map[K]*rate.Limiter{},
	}
}

// take uses one token of a client. If none is left, it returns the time until
// there is one.
func (l *limiter[K]) take(client K) (wait time.Duration) {
	now := l.clock()
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, ok := l.buckets[client]
	if !ok {
		l.makeRoom(now)
		bucket = rate.NewLimiter(l.rate, l.burst)
		l.buckets[client] = bucket
	}
	token := bucket.ReserveN(now, 1)
	if wait = token.DelayFrom(now); wait > 0 {
		token.CancelAt(now)
	}
	return wait
}

// makeRoom forgets clients whose bucket is full again, and any others if there
// are still too many.
func (l *limiter[K]) makeRoom(now time.Time) {
	if len(l.buckets) < maxClients {
		return
	}
	if now.Sub(l.swept) >= sweepPause {
		l.swept = now
		maps.DeleteFunc(l.buckets, func(_ K, b *rate.Limiter) bool { return b.TokensAt(now) >= float64(l.burst) })
	}
	for client := range l.buckets {
		if len(l.buckets) < maxClients {
			return
		}
		delete(l.buckets, client)
	}
}

// subnet returns the address that is counted for a client: its own if it is IPv4,
// its /64 if it is IPv6. Connections without an address all count as the zero Addr.
func subnet(client netip.Addr) netip.Addr {
	if client.Is4() {
		return client
	}
	if raw := client.As16(); [12]byte(raw[:]) == [12]byte{0, 0x64, 0xff, 0x9b} {
		return netip.AddrFrom4([4]byte(raw[12:])) // 64:ff9b::/96 (RFC 6052): a translator puts all IPv4 clients into one /64
	}
	prefix, err := client.Prefix(subnetBits6)
	if err != nil {
		return netip.Addr{}
	}
	return prefix.Addr()
}

package bff

import (
	"net/netip"
	"sync"
	"time"
)

// Bounds of the request limiter.
const (
	maxClients  = 1 << 16     // about 4 MB; more at once are no clients
	sweepPause  = time.Second // between two searches for idle clients: each looks at all of them
	burstPart   = 4           // a burst may use a quarter of a minute's requests at once
	subnetBits6 = 64          // one household or server has that many addresses of IPv6
	perMinute   = float64(time.Minute)
)

// limiter is a token bucket per client address. It is a dam against floods in
// front of this process, no rule: budgets that must hold over all replicas are
// in the database.
type limiter struct {
	rate  float64 // tokens per nanosecond
	burst float64
	clock func() time.Time

	mu      sync.Mutex
	buckets map[netip.Addr]bucket
	swept   time.Time
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newLimiter(requestsPerMin int, clock func() time.Time) *limiter {
	return &limiter{
		rate: float64(requestsPerMin) / perMinute, burst: max(1, float64(requestsPerMin)/burstPart),
		clock: clock, buckets: map[netip.Addr]bucket{},
	}
}

// take uses one token of a client. Where none is left it gives the time until
// there is one.
func (l *limiter) take(client netip.Addr) (wait time.Duration) {
	addr := subnet(client)
	now := l.clock()
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.buckets[addr]
	if !known {
		l.makeRoom(now)
		b = bucket{tokens: l.burst, at: now}
	}
	b.tokens = min(l.burst, b.tokens+l.rate*float64(max(0, now.Sub(b.at))))
	b.at = now
	if b.tokens < 1 {
		wait = time.Duration((1 - b.tokens) / l.rate)
	} else {
		b.tokens--
	}
	l.buckets[addr] = b
	return wait
}

// makeRoom forgets clients whose bucket is full again, and any one where there
// are too many all the same.
func (l *limiter) makeRoom(now time.Time) {
	if len(l.buckets) < maxClients {
		return
	}
	if now.Sub(l.swept) >= sweepPause {
		l.swept = now
		for addr, b := range l.buckets {
			if b.tokens+l.rate*float64(now.Sub(b.at)) >= l.burst {
				delete(l.buckets, addr)
			}
		}
	}
	for addr := range l.buckets {
		if len(l.buckets) < maxClients {
			return
		}
		delete(l.buckets, addr)
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

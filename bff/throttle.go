package bff

import (
	"net/http"
	"net/netip"
	"time"
)

// Throttle limits the requests of another listener of this process as the public one is limited: by client address behind the same
// trusted proxies, and by session. Safe for concurrent use.
type Throttle struct {
	proxies   forwarding
	addresses *limiter[netip.Addr]
	sessions  *limiter[string]
}

// ThrottleConfig are the settings of a Throttle, as in Deps.
type ThrottleConfig struct {
	TrustedProxies []string
	ProxyHeader    string
	RequestsPerMin int // of an address, and of a session
	Clock          func() time.Time
}

// NewThrottle returns a Throttle, or why the networks of the proxies cannot be read.
func NewThrottle(c ThrottleConfig) (*Throttle, error) {
	header := c.ProxyHeader
	if header == "" {
		header = HeaderForwardedFor
	}
	proxies, err := newForwarding(c.TrustedProxies, header)
	if err != nil {
		return nil, err
	}
	return &Throttle{
		proxies: proxies, addresses: newLimiter[netip.Addr](c.RequestsPerMin, c.Clock), sessions: newLimiter[string](c.RequestsPerMin, c.Clock),
	}, nil
}

// Address counts a request of its client's address and returns how long the client must wait, 0 if not at all.
func (t *Throttle) Address(r *http.Request) time.Duration {
	client, _ := t.proxies.client(r)
	return t.addresses.take(subnet(client))
}

// Session counts a request of a session likewise.
func (t *Throttle) Session(id string) time.Duration { return t.sessions.take(id) }

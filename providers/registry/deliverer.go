package registry

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

const (
	defaultTimeout = 10 * time.Second // as long as the rules give one attempt
	maxAnswerBytes = 64 << 10         // an acknowledgement needs none
)

// DelivererConfig is the configuration of a Deliverer.
type DelivererConfig struct {
	Directory   Source
	Clock       func() time.Time
	Timeout     time.Duration       // of an attempt, answer included; 0 = 10 s
	Environment receipt.Environment // sent with every event; a sandbox's events count for nothing
	Resolver    *net.Resolver       // nil = the system's
	RootCAs     *x509.CertPool      // whose certificates are trusted; nil = the system's
}

// Deliverer pushes events to registries as Standard Webhooks. It re-uses
// connections. Safe for concurrent use.
type Deliverer struct {
	config DelivererConfig
	mu     sync.Mutex
	routes map[string]route // by registry id, for those with a call-back
}

// route is the connection pool of one call-back as it is configured.
type route struct {
	callback *callback
	client   *http.Client
}

var _ todo.Deliverer = (*Deliverer)(nil)

// NewDeliverer returns a deliverer. It sends nothing yet.
func NewDeliverer(c DelivererConfig) *Deliverer {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	return &Deliverer{config: c, routes: map[string]route{}}
}

// client returns the client for a registry's call-back. A call-back that was
// configured anew gets a new one, because its addresses may have changed.
func (d *Deliverer) client(registryID string, c *callback) *http.Client {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, ok := d.routes[registryID]
	if ok && r.callback == c {
		return r.client
	}
	if ok {
		r.client.CloseIdleConnections()
	}
	r = route{callback: c, client: d.config.client(c.dialGuard)}
	d.routes[registryID] = r
	return r.client
}

// Close closes idle connections.
func (d *Deliverer) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.routes {
		r.client.CloseIdleConnections()
	}
}

// Deliver makes one attempt (R24, R26). It posts the event with a new timestamp,
// signed under all current secrets, and succeeds if a short answer with any status
// 2xx comes in time. A registry without a call-back pulls its events, so nothing
// is sent and the attempt succeeds.
//
// Errors: *todo.DeliveryError with one of the reasons "registry_unknown",
// "address_refused", "unreachable", "tls", "timeout", "cancelled",
// "connection_broken", "answer_too_large" and "status NNN".
func (d *Deliverer) Deliver(ctx context.Context, e todo.Event) error {
	registry, ok := d.config.Directory.Current().registries[e.RegistryID]
	if !ok {
		return &todo.DeliveryError{Reason: reasonUnknown}
	}
	if registry.callback == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Timeout)
	defer cancel()
	request, err := d.request(ctx, registry.callback, e)
	if err != nil {
		return err
	}
	return attempt(d.client(e.RegistryID, registry.callback), request)
}

func attempt(client *http.Client, request *http.Request) error {
	response, err := client.Do(request)
	if err != nil {
		return &todo.DeliveryError{Reason: reasonOf(err)} // the error itself names the address
	}
	defer func() { _ = response.Body.Close() }()
	n, err := io.Copy(io.Discard, io.LimitReader(response.Body, maxAnswerBytes+1)) // an emptied connection is used again
	switch {
	case response.StatusCode < 200 || response.StatusCode > 299:
		return &todo.DeliveryError{Reason: "status " + strconv.Itoa(response.StatusCode)}
	case err != nil:
		return &todo.DeliveryError{Reason: reasonOf(err)}
	case n > maxAnswerBytes:
		return &todo.DeliveryError{Reason: reasonTooLarge}
	}
	return nil
}

// request returns the POST of one attempt.
func (d *Deliverer) request(ctx context.Context, c *callback, e todo.Event) (*http.Request, error) {
	body, err := encode(e)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, body.reader())
	if err != nil {
		return nil, fmt.Errorf("preparing a delivery: %w", err)
	}
	if err := body.sign(request.Header, c, stamp{id: e.ID, at: d.config.Clock()}); err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "renzheng")
	request.Header.Set("Renzheng-Environment", string(d.config.Environment))
	return request, nil
}

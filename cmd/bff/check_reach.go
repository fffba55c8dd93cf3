package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/providers/kit"
	"renzheng/providers/registry"
	"renzheng/receipt"
	"renzheng/todo"
)

// registries connects to every call-back. Nothing is pushed.
func (c *checker) registries(ctx context.Context) findings {
	const area = "registry"
	if c.Registries == "" {
		return nil // a problem of the settings
	}
	directory, err := c.LoadRegistries()
	if err != nil {
		return findings{wrong(area, "docs/registry.md", "not reached: the file of registries is invalid")}
	}
	deliverer := registry.NewDeliverer(registry.DelivererConfig{
		Directory: directory, Clock: time.Now, Timeout: checkTime, Environment: receipt.Environment(c.Environment()),
	})
	defer deliverer.Close()
	ids := directory.IDs()
	found := make(findings, len(ids))
	slots := make(chan struct{}, 16) //nolint:mnd // there may be a thousand registries
	var running sync.WaitGroup
	for i, id := range ids {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			hasCallback, err := deliverer.Probe(ctx, id)
			found[i] = probed(area, id, hasCallback, err)
		})
	}
	running.Wait()
	return slices.Concat(found, checkKeys(area, directory, time.Now()))
}

// probed says what a probe of a call-back means.
func probed(area, id string, hasCallback bool, err error) finding {
	failed := new(todo.DeliveryError)
	switch {
	case errors.As(err, &failed):
		do := map[string]string{
			"address_refused": "name the address or its network in allow",
			"unreachable":     "check the name, DNS and the firewalls in between",
			"tls":             "let it show a valid certificate of a public authority for its name",
			"timeout":         "check the firewalls in between",
		}[failed.Reason]
		return wrong(area, do, "%s: the call-back is not reached: %s", id, failed.Reason)
	case err != nil:
		return wrong(area, "", "%s: %v", id, err)
	case !hasCallback:
		return fine(area, "%s: has no call-back, it pulls its events", id)
	}
	return fine(area, "%s: the call-back is reached", id)
}

// vendor asks a third party for nothing: it needs no key, costs nothing and uses up
// nobody's try. Any answer of HTTP shows that it is reached.
func (c *checker) vendor(ctx context.Context, v config.Vendor) findings {
	const area = "vendor"
	if v.Err != nil {
		return findings{wrong(area, "docs/configuration.md", "%s: not reached, its settings are invalid", v.Name)}
	}
	base, err := kit.ReadBase(v.Address)
	if err != nil {
		return findings{wrong(area, "docs/configuration.md", "%s: the address %v", v.Name, err)}
	}
	proxy, err := kit.ReadProxy(v.Proxy)
	if err != nil {
		return findings{wrong(area, "docs/configuration.md", "%s: the proxy %v", v.Name, err)}
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	target := url.URL{Scheme: base.Scheme, Host: base.Host, Path: "/"}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, target.String(), http.NoBody)
	if err != nil {
		return findings{wrong(area, "", "%s: %v", v.Name, err)}
	}
	before := time.Now()
	answer, err := kit.NewTransport(proxy).RoundTrip(request) // no redirect is followed
	if err != nil {
		reason, do := unreached(err)
		return findings{wrong(area, do, "%s: %s is not reached: %s", v.Name, base.Host, reason)}
	}
	_ = answer.Body.Close()
	took := time.Since(before)
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		const half = 500 * time.Millisecond // the header has whole seconds
		c.clocks.compare(v.Name, date.Add(half).Sub(before.Add(took/2)))
	}
	return findings{fine(area, "%s: %s answers in %s; keys are not tried, the first call shows whether they are right",
		v.Name, base.Host, took.Round(time.Millisecond))}
}

// unreached returns the reason of an error without its text, and what to do.
func unreached(err error) (reason, do string) {
	var resolving *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &resolving):
		return "its name is not found", "check DNS on this machine"
	case errors.As(err, new(*tls.CertificateVerificationError)):
		return "its certificate is not valid", "check whether something between here and there opens TLS, and this machine's root certificates"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "no answer in time", "check the firewalls in between"
	}
	return "no connection", "check the firewalls in between"
}

// clocks compares this machine's clock with others. Safe for concurrent use.
type clocks struct {
	mu    sync.Mutex
	skews map[string]time.Duration
}

// compare notes how far another clock is ahead.
func (c *clocks) compare(with string, ahead time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.skews == nil {
		c.skews = map[string]time.Duration{}
	}
	c.skews[with] = ahead
}

// Bounds of skew. Signed requests of registries may be 60 s ahead; times of the
// database and of replicas decide who is first.
const (
	skewProblem = 5 * time.Second // beyond it a server is not ready (R37)
	skewWarning = 2 * time.Second
)

// findings says which clocks differ.
func (c *clocks) findings() findings {
	const area, do = "clock", "let a time service set the clock of this machine, such as chrony"
	c.mu.Lock()
	defer c.mu.Unlock()
	names := make([]string, 0, len(c.skews))
	for name := range c.skews {
		names = append(names, name)
	}
	slices.Sort(names)
	var found findings
	for _, name := range names {
		skew := c.skews[name].Round(100 * time.Millisecond) //nolint:mnd // more is noise
		switch {
		case skew.Abs() > skewProblem:
			found = append(found, wrong(area, do, "this machine's clock differs by %s from that of %s", skew, name))
		case skew.Abs() > skewWarning:
			found = append(found, warn(area, do, "this machine's clock differs by %s from that of %s", skew, name))
		default:
			found = append(found, fine(area, "agrees with %s", name))
		}
	}
	if len(found) == 0 {
		return findings{warn(area, do, "not compared: nothing that has a clock was reached")}
	}
	return found
}

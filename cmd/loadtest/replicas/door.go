package replicas

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"time"
)

// Door is an address of a proxy in front of a replica, another one for each
// request where it so chooses.
type Door struct {
	Address string // HOST:PORT

	server *http.Server
	choose func() *Replica
	lost   func(*Replica)
	proxy  *httputil.ReverseProxy
	passed atomic.Int64
	failed atomic.Int64
}

// OpenDoor opens a door on a free address. Choose returns a replica that is ready, or
// nil. Lost is called with a replica that did not answer.
func OpenDoor(ctx context.Context, choose func() *Replica, lost func(*Replica)) (*Door, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a door: %w", err)
	}
	d := &Door{Address: listener.Addr().String(), choose: choose, lost: lost}
	d.proxy = &httputil.ReverseProxy{
		Transport:      &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Second},
		Rewrite:        rewrite,
		ModifyResponse: d.count,
		ErrorHandler:   d.unanswered,
	}
	d.server = &http.Server{Handler: d, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = d.server.Serve(listener) }() // ends with Close
	return d, nil
}

// Requests returns how many requests were answered by a replica, and how many failed: no
// replica was ready, it did not answer, or it answered with a status of 500 or more.
func (d *Door) Requests() (passed, failed int64) { return d.passed.Load(), d.failed.Load() }

// ServeHTTP passes a request on.
func (d *Door) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	target := d.choose()
	for target != nil && !target.enter() { // it was taken out since it was chosen
		target = d.choose()
	}
	if target == nil {
		d.turnAway(out)
		return
	}
	defer target.busy.Add(-1)
	d.proxy.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), chosen{}, target)))
}

// enter counts a request that the replica is about to get, and reports false if it was taken out.
// It counts first, so that Balancer.Drain sees the request.
func (r *Replica) enter() bool {
	r.busy.Add(1)
	if r.away.Load() {
		r.busy.Add(-1)
		return false
	}
	return true
}

// chosen is where a request keeps its replica.
type chosen struct{}

func rewrite(r *httputil.ProxyRequest) {
	target, _ := r.In.Context().Value(chosen{}).(*Replica)
	address, _ := url.Parse(target.Server.URL) // it was made of an address that somebody listens on
	r.SetURL(address)
}

func (d *Door) count(answer *http.Response) error {
	if answer.StatusCode >= http.StatusInternalServerError {
		d.failed.Add(1)
	} else {
		d.passed.Add(1)
	}
	return nil
}

// unanswered answers for a replica that did not, unless the client is gone.
func (d *Door) unanswered(out http.ResponseWriter, r *http.Request, _ error) {
	if r.Context().Err() != nil {
		return
	}
	if target, ok := r.Context().Value(chosen{}).(*Replica); ok {
		d.lost(target)
	}
	d.turnAway(out)
}

// turnAway answers as a load balancer does without a ready replica.
func (d *Door) turnAway(out http.ResponseWriter) {
	d.failed.Add(1)
	out.Header().Set("Retry-After", "1")
	out.WriteHeader(http.StatusServiceUnavailable)
}

// Close closes the address.
func (d *Door) Close() error { return d.server.Close() }

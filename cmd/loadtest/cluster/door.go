package cluster

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"
)

// door is an address of a proxy in front of a replica, another one for each
// request where it so chooses.
type door struct {
	address string // HOST:PORT
	server  *http.Server
}

// openDoor opens a door on a free address. Choose returns a replica that is ready, or
// nil. Lost is called with a replica that did not answer.
func openDoor(ctx context.Context, choose func() *replica, lost func(*replica)) (*door, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a door: %w", err)
	}
	proxy := &httputil.ReverseProxy{
		Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Second},
		Rewrite: func(r *httputil.ProxyRequest) {
			target, _ := r.In.Context().Value(chosen{}).(*replica)
			address, _ := url.Parse(target.server.URL) // it was made of an address that somebody listens on
			r.SetURL(address)
		},
		ErrorHandler: func(out http.ResponseWriter, r *http.Request, _ error) {
			if target, ok := r.Context().Value(chosen{}).(*replica); ok && r.Context().Err() == nil {
				lost(target)
			}
			turnAway(out)
		},
	}
	serve := func(out http.ResponseWriter, r *http.Request) {
		target := choose()
		if target == nil {
			turnAway(out)
			return
		}
		proxy.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), chosen{}, target)))
	}
	d := &door{listener.Addr().String(), &http.Server{Handler: http.HandlerFunc(serve), ReadHeaderTimeout: 5 * time.Second}}
	go func() { _ = d.server.Serve(listener) }() // ends with close
	return d, nil
}

// chosen is where a request keeps its replica.
type chosen struct{}

// turnAway answers as a load balancer does without a ready replica.
func turnAway(out http.ResponseWriter) {
	out.Header().Set("Retry-After", "1")
	out.WriteHeader(http.StatusServiceUnavailable)
}

func (d *door) close() error { return d.server.Close() }

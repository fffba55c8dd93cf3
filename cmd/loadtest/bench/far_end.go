package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// ailment is how a third party behaves.
type ailment string

// The ailments, "" being none. What is held when the third party is mended gets
// no answer at all.
const (
	late    ailment = "late"    // answers after 30 s
	silent  ailment = "never"   // does not answer
	garbage ailment = "garbage" // answers without meaning
)

const lateBy = 30 * time.Second

// farEnd is a proxy of a simulated third party that spoils its answers. Safe for
// concurrent use.
type farEnd struct {
	url     string
	forward *httputil.ReverseProxy
	server  *http.Server
	reached atomic.Int64 // calls that arrived while it was ill

	mu     sync.Mutex
	ill    ailment
	mended chan struct{} // closed when it is
}

// newFarEnd serves on a free loopback address what target serves.
func newFarEnd(ctx context.Context, target string) (*farEnd, error) {
	address, err := url.Parse(target)
	if err != nil {
		return nil, fmt.Errorf("reading the address of a third party: %w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	f := &farEnd{url: "http://" + listener.Addr().String()}
	f.forward = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(address)
			r.Out.Host = r.In.Host // it is signed
		},
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }, // the caller has left
	}
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = f.server.Serve(listener) }() // ends with close
	return f, nil
}

func (f *farEnd) close() error { return f.server.Close() }

// fall makes it ill.
func (f *farEnd) fall(a ailment) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ill, f.mended = a, make(chan struct{})
}

// mend makes it well and drops the calls that it holds.
func (f *farEnd) mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ill = ""
	close(f.mended)
}

func (f *farEnd) state() (ailment, chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ill, f.mended
}

// ServeHTTP answers well, or as ill as it is.
func (f *farEnd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ill, mended := f.state()
	if ill == "" {
		f.forward.ServeHTTP(w, r)
		return
	}
	f.reached.Add(1)
	body, err := io.ReadAll(r.Body) // else it would not be seen that the caller leaves
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	switch ill {
	case garbage:
		_, _ = io.WriteString(w, "<html>502 Bad Gateway: 样例 \x00\xff{]")
	case late:
		hold(r.Context(), mended, time.After(lateBy))
		f.forward.ServeHTTP(w, r)
	case silent:
		hold(r.Context(), mended, nil)
	}
}

// hold waits, and drops the connection where the caller leaves or is to be let go.
func hold(ctx context.Context, mended <-chan struct{}, until <-chan time.Time) {
	select {
	case <-until:
		return
	case <-mended:
	case <-ctx.Done():
	}
	panic(http.ErrAbortHandler)
}

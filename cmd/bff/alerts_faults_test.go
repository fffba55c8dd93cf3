package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

// vendorFault stands between the server and Alipay's gateway, and can be slow or broken.
type vendorFault struct {
	broken atomic.Bool
	delay  atomic.Int64 // nanoseconds
}

// between makes the server of a scene call Alipay through it.
func (f *vendorFault) between(t *testing.T, s *alertScene) {
	t.Helper()
	gateway, err := url.Parse(s.Settings["BFF_ALIPAY_GATEWAY"])
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: gateway.Scheme, Host: gateway.Host})
	}}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		select {
		case <-time.After(time.Duration(f.delay.Load())):
		case <-in.Context().Done():
			return
		}
		if f.broken.Load() {
			out.WriteHeader(http.StatusBadGateway)
			return
		}
		pass.ServeHTTP(out, in)
	}))
	t.Cleanup(server.Close)
	s.Settings["BFF_ALIPAY_PUBLIC_GATEWAY"], s.Settings["BFF_ALIPAY_GATEWAY"] = s.Settings["BFF_ALIPAY_GATEWAY"], server.URL+gateway.Path
}

// databaseFault stands between the server and MariaDB, and can cut all connections.
type databaseFault struct {
	away atomic.Bool

	mu   sync.Mutex
	open []net.Conn
}

// between makes the server of a scene reach its database through it.
func (f *databaseFault) between(t *testing.T, s *alertScene) {
	t.Helper()
	c, err := mysql.ParseDSN(strings.TrimPrefix(s.Settings["BFF_DATABASE"], "mysql:"))
	if err != nil {
		t.Fatal(err)
	}
	network, address := c.Net, c.Addr
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close(); f.cut() })
	c.Net, c.Addr = "tcp", listener.Addr().String()
	s.Settings["BFF_DATABASE"] = "mysql:" + c.FormatDSN()
	go func() {
		for {
			here, err := listener.Accept()
			if err != nil {
				return
			}
			there, err := net.Dial(network, address)
			if err != nil || f.away.Load() {
				_ = here.Close()
				continue
			}
			f.mu.Lock()
			f.open = append(f.open, here, there)
			f.mu.Unlock()
			go func() { _, _ = io.Copy(here, there); _ = here.Close() }()
			go func() { _, _ = io.Copy(there, here); _ = there.Close() }()
		}
	}()
}

// cut ends all connections and admits no new ones.
func (f *databaseFault) cut() {
	f.away.Store(true)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.open {
		_ = c.Close()
	}
}

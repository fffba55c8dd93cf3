package registry_test

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"

	"renzheng/providers/registry"
)

// named returns a call-back by a name that the certificates of httptest bear.
func named(t *testing.T, server *httptest.Server) (object, *x509.CertPool) {
	t.Helper()
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return loopback("https://example.com:" + at.Port() + "/in"), roots
}

func TestDeliverer_AsksForTheAddressOfEachConnection(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(server.Close)
	names := &fakeNames{}
	callback, roots := named(t, server)
	d := deliverer(t, callback, registry.DelivererConfig{Resolver: names.resolver(t), RootCAs: roots})
	for _, c := range []struct {
		resolves []string
		want     string
		reached  int32
	}{
		{[]string{"127.0.0.1"}, "", 1},
		{[]string{"127.0.0.9"}, "address_refused", 1},
		{[]string{"169.254.169.254"}, "address_refused", 1},
		{[]string{"127.0.0.9", "10.0.0.1"}, "address_refused", 1},
		{nil, "unreachable", 1},
		{[]string{"127.0.0.1"}, "", 2},
	} {
		d.Close()
		names.answer(c.resolves...)
		if got := reasonOf(t, d.Deliver(t.Context(), sampleEvent())); got != c.want || reached.Load() != c.reached {
			t.Errorf("resolving to %v: got %q after %d requests, want %q after %d", c.resolves, got, reached.Load(), c.want, c.reached)
		}
	}
}

func TestDeliverer_TakesNoProxyFromTheEnvironment(t *testing.T) {
	var proxied atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { proxied.Add(1) }))
	t.Cleanup(proxy.Close)
	t.Setenv("HTTPS_PROXY", proxy.URL)
	t.Setenv("https_proxy", proxy.URL)
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	names := &fakeNames{}
	names.answer("127.0.0.1")
	callback, roots := named(t, server)
	d := deliverer(t, callback, registry.DelivererConfig{Resolver: names.resolver(t), RootCAs: roots})
	if err := d.Deliver(t.Context(), sampleEvent()); err != nil || proxied.Load() != 0 {
		t.Errorf("got %v after %d requests to the proxy, want none of both", err, proxied.Load())
	}
}

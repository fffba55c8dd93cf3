package registry_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"renzheng/providers/registry"
)

func TestProbe_ConnectsAndSendsNothing(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	count := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) })
	secure, plain := httptest.NewTLSServer(count), httptest.NewServer(count)
	t.Cleanup(secure.Close)
	t.Cleanup(plain.Close)
	free, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	if err = free.Close(); err != nil {
		t.Fatal(err)
	}
	names := &fakeNames{}
	names.answer("127.0.0.1")
	callback, roots := named(t, secure)
	for name, c := range map[string]struct {
		callback object
		config   registry.DelivererConfig
		want     string
	}{
		"with TLS":            {callback, registry.DelivererConfig{Resolver: names.resolver(t), RootCAs: roots}, ""},
		"a foreign authority": {callback, registry.DelivererConfig{Resolver: names.resolver(t)}, "tls"},
		"to loopback":         {loopback(plain.URL + "/in"), registry.DelivererConfig{}, ""},
		"nobody listens":      {loopback("http://" + nobody), registry.DelivererConfig{}, "unreachable"},
		"a forbidden address": {sampleCallback().with("url", "https://127.0.0.1/in").with("allow", []string{"10.0.0.0/8"}), registry.DelivererConfig{}, "address_refused"},
	} {
		hasCallback, err := deliverer(t, c.callback, c.config).Probe(t.Context(), "beijing")
		if got := reasonOf(t, err); got != c.want || !hasCallback {
			t.Errorf("%s: got %q, %v, want %q", name, got, hasCallback, c.want)
		}
	}
	if got := requests.Load(); got != 0 {
		t.Errorf("got %d requests, want none", got)
	}
}

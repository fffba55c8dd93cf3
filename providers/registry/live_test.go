package registry_test

import (
	"crypto/elliptic"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

func TestLive_ReplacesKeysAndCallbacks(t *testing.T) {
	t.Parallel()
	var paths []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { paths = append(paths, r.URL.Path) }))
	defer server.Close()
	key := newECDSA(t, elliptic.P256())
	entry := object{"id": "beijing", "name": "北京", "callback": loopback(server.URL + "/old"), "keys": []object{
		{"id": "bj-old", "alg": "ecdsa-p256-sha256", "public_key": publicPEM(t, key)},
	}}
	live := registry.NewLive(load(t, entry))
	deliverer := registry.NewDeliverer(registry.DelivererConfig{Directory: live, Clock: now})
	defer deliverer.Close()
	verifier := registry.NewVerifier(registry.VerifierConfig{
		Directory: live, Nonces: &nonces{}, Authority: authority, Clock: now, IsReplay: func(err error) bool { return errors.Is(err, errUsed) },
	})
	signer := &registrytest.Signer{KeyID: "bj-old", Key: key, Authority: authority, Clock: now}
	check := func() error {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/registry/v1/events", http.NoBody)
		if err := signer.Sign(r, nil); err != nil {
			t.Fatal(err)
		}
		_, err := verifier.Check(r, nil)
		return err
	}
	if err := errors.Join(check(), deliverer.Deliver(t.Context(), sampleEvent())); err != nil {
		t.Fatal(err)
	}
	changed := live.Changed()
	live.Replace(load(t, entry.with("callback", loopback(server.URL+"/new")).with("keys", []object{sampleKey(t)})))
	select {
	case <-changed:
	default:
		t.Error("the change was not announced")
	}
	if refusal := new(todo.RequestError); !errors.As(check(), &refusal) || refusal.Code != todo.KeyUnknown {
		t.Errorf("got %v for the old key, want %s", refusal, todo.KeyUnknown)
	}
	if err := deliverer.Deliver(t.Context(), sampleEvent()); err != nil || paths[0] != "/old" || paths[1] != "/new" {
		t.Errorf("got %v and calls of %q, want the old address and then the new one", err, paths)
	}
}

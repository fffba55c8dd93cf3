package registry_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/yaronf/httpsign"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

func TestGate_BelievesTheKeysOwner(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	body := []byte(`{"revision":1}`)
	for want, signer := range map[string]*registrytest.Signer{"beijing": s.first, "shanghai": s.second} {
		r := sample(body)
		r.Host = "elsewhere.example.cn" // the name by which a proxy reaches us
		if err := signer.Sign(r, body); err != nil {
			t.Fatal(err)
		}
		got, err := s.gate.Check(r, body)
		if err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
		if r.URL.Host != "" || r.URL.Scheme != "" {
			t.Errorf("got a request changed to %s, want it left alone", r.URL)
		}
	}
}

func TestGate_BelievesWithoutBody(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	r := httptest.NewRequest(http.MethodGet, "/registry/v1/events?after=0", nil)
	if err := s.first.Sign(r, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := s.gate.Check(r, nil); err != nil || got != "beijing" {
		t.Errorf("got %q, %v, want beijing", got, err)
	}
}

// The library is another maker of the same signatures; it stamps by the
// machine's clock.
func TestGate_BelievesAnotherImplementation(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	body := []byte(`{}`)
	key, ok := s.first.Key.(ed25519.PrivateKey)
	if !ok {
		t.Fatal("want an Ed25519 key")
	}
	config := httpsign.NewSignConfig().SetKeyID("bj-1").SetNonce("abcdefghijklmnopqrst")
	signer, err := httpsign.NewEd25519Signer(key, config,
		httpsign.Headers("@method", "@authority", "@path", "@query", "content-digest"))
	if err != nil {
		t.Fatal(err)
	}
	r := sample(body)
	r.Host = authority
	input, signature, err := httpsign.SignRequest("sig1", *signer, r)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Signature-Input", input)
	r.Header.Set("Signature", signature)
	s.clock = time.Now()
	if got, err := s.gate.Check(r, body); err != nil || got != "beijing" {
		t.Errorf("got %q, %v, want beijing", got, err)
	}
}

func TestGate_TakesTheEdgesOfItsWindow(t *testing.T) {
	t.Parallel()
	for name, created := range map[string]time.Time{
		"300 s ago": now().Add(-300 * time.Second), "60 s ahead": now().Add(60 * time.Second),
	} {
		s := newScene(t)
		r := sample(nil)
		draft := s.first.Draft(nil)
		draft.Created, draft.Alg, draft.Expires = created, "ed25519", now()
		if err := draft.Apply(r, s.first.Key); err != nil {
			t.Fatal(err)
		}
		if _, err := s.gate.Check(r, nil); err != nil {
			t.Errorf("created %s: got %v, want it believed", name, err)
		}
	}
}

func TestGate_TakesANonceOnce(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	send := func(signer *registrytest.Signer, created time.Time) string {
		r := sample(nil)
		draft := signer.Draft(nil)
		draft.Nonce, draft.Created = "the-same-nonce-again", created
		if err := draft.Apply(r, signer.Key); err != nil {
			t.Fatal(err)
		}
		_, err := s.gate.Check(r, nil)
		return codeOf(t, err)
	}
	if got := send(s.first, now()); got != "" {
		t.Fatalf("first use: got %q, want it believed", got)
	}
	if got := send(s.first, now()); got != todo.SignatureReplay {
		t.Errorf("second use: got %q, want %q", got, todo.SignatureReplay)
	}
	if got := send(s.second, now()); got != "" {
		t.Errorf("by another key: got %q, want it believed", got)
	}
	s.clock = now().Add(300 * time.Second) // the last moment at which the first request would be believed
	if got := send(s.first, now()); got != todo.SignatureReplay {
		t.Errorf("at the end of the window: got %q, want %q", got, todo.SignatureReplay)
	}
}

func TestGate_KeepsTheStoresErrorApart(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.nonces.err = context.DeadlineExceeded
	r := sample(nil)
	if err := s.first.Sign(r, nil); err != nil {
		t.Fatal(err)
	}
	id, err := s.gate.Check(r, nil)
	var refusal *todo.RequestError
	if !errors.Is(err, context.DeadlineExceeded) || errors.As(err, &refusal) || id != "" {
		t.Errorf("got %q, %v, want the store's error", id, err)
	}
}

func TestGate_WithoutAuthorityBelievesNobody(t *testing.T) {
	t.Parallel()
	key := newEd25519(t)
	directory := load(t, object{"id": "x", "name": "X", "keys": []object{{"id": "k", "alg": "ed25519", "public_key": publicPEM(t, key)}}})
	gate := registry.NewVerifier(registry.VerifierConfig{Directory: directory, Nonces: &nonces{}, Clock: now, IsReplay: func(error) bool { return false }})
	r := sample(nil)
	signer := registrytest.Signer{KeyID: "k", Key: key, Clock: now}
	if err := signer.Sign(r, nil); err != nil {
		t.Fatal(err)
	}
	_, err := gate.Check(r, nil)
	if got := codeOf(t, err); got != todo.SignatureInvalid {
		t.Errorf("got %q, want %q", got, todo.SignatureInvalid)
	}
}

func TestGate_TakesItsAuthorityAsConfigured(t *testing.T) {
	t.Parallel()
	key := newEd25519(t)
	directory := load(t, object{"id": "x", "name": "X", "keys": []object{{"id": "k", "alg": "ed25519", "public_key": publicPEM(t, key)}}})
	gate := registry.NewVerifier(registry.VerifierConfig{
		Directory: directory, Nonces: &nonces{}, Clock: now, Authority: "API.example.cn:443", IsReplay: func(error) bool { return false },
	})
	r := sample(nil)
	signer := registrytest.Signer{KeyID: "k", Key: key, Clock: now, Authority: authority}
	if err := signer.Sign(r, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := gate.Check(r, nil); err != nil {
		t.Errorf("got %v, want it believed", err)
	}
}

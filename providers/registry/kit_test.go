package registry_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

const authority = "api.example.cn"

// now is the one moment of these tests.
func now() time.Time { return time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC) }

// object is JSON that a test writes down and changes.
type object map[string]any

func (o object) with(name string, value any) object {
	changed := object{}
	for k, v := range o {
		changed[k] = v
	}
	if changed[name] = value; value == nil {
		delete(changed, name)
	}
	return changed
}

func encode(t testing.TB, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func load(t testing.TB, registries ...object) *registry.Book {
	t.Helper()
	book, err := registry.LoadFile(encode(t, object{"registries": registries}))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func newEd25519(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newECDSA(t testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func publicPEM(t testing.TB, key crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func secretText(fill string) string {
	return "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(fill, 32)))
}

// nonces is a store of nonces in memory.
type nonces struct {
	mu    sync.Mutex
	until map[string]time.Time
	err   error // given instead of an answer
}

var errUsed = errors.New("used before")

func (n *nonces) UseNonce(_ context.Context, keyID, nonce string, until, now time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.err != nil {
		return n.err
	}
	if n.until == nil {
		n.until = map[string]time.Time{}
	}
	name := keyID + " " + nonce
	if n.until[name].After(now) {
		return errUsed
	}
	n.until[name] = until
	return nil
}

// scene is a gate before two registries, with a signer of each.
type scene struct {
	gate   *registry.Gate
	nonces *nonces
	clock  time.Time
	first  *registrytest.Signer // Ed25519, of "beijing"
	second *registrytest.Signer // P-256, of "shanghai"
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{nonces: &nonces{}, clock: now()}
	first, second := newEd25519(t), newECDSA(t, elliptic.P256())
	book := load(t,
		object{"id": "beijing", "name": "北京", "keys": []object{{"id": "bj-1", "alg": "ed25519", "public_key": publicPEM(t, first)}}},
		object{"id": "shanghai", "name": "上海", "keys": []object{{"id": "sh-1", "alg": "ecdsa-p256-sha256", "public_key": publicPEM(t, second)}}},
	)
	s.gate = registry.NewGate(registry.GateConfig{
		Book: book, Nonces: s.nonces, Authority: authority,
		IsReplay: func(err error) bool { return errors.Is(err, errUsed) },
		Clock:    func() time.Time { return s.clock },
	})
	s.first = &registrytest.Signer{KeyID: "bj-1", Key: first, Authority: authority, Clock: now}
	s.second = &registrytest.Signer{KeyID: "sh-1", Key: second, Authority: authority, Clock: now}
	return s
}

const samplePath = "/registry/v1/cases/c-1?draft=1"

// sample gives an unsigned request with a body.
func sample(body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPut, samplePath, bytes.NewReader(body))
	if len(body) > 0 {
		r.Header.Set("Content-Digest", registrytest.Digest(body))
	}
	return r
}

// codeOf gives the code of a refusal, "" for none.
func codeOf(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refusal *todo.RequestRefusal
	if !errors.As(err, &refusal) {
		t.Fatalf("got error %v, want a refusal", err)
	}
	return refusal.Code
}

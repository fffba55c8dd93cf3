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
	"maps"
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
	maps.Copy(changed, o)
	if changed[name] = value; value == nil {
		delete(changed, name)
	}
	return changed
}

func encode(tb testing.TB, value any) []byte {
	tb.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func load(tb testing.TB, registries ...object) *registry.Directory {
	tb.Helper()
	directory, err := registry.LoadFile(encode(tb, object{"registries": registries}))
	if err != nil {
		tb.Fatal(err)
	}
	return directory
}

func newEd25519(tb testing.TB) ed25519.PrivateKey {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func newECDSA(tb testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func publicPEM(tb testing.TB, key crypto.Signer) string {
	tb.Helper()
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		tb.Fatal(err)
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

// scenario is a gate before two registries, with a signer of each.
type scenario struct {
	gate   *registry.Verifier
	config registry.VerifierConfig // of the gate
	nonces *nonces
	clock  time.Time
	first  *registrytest.Signer // Ed25519, of "beijing"
	second *registrytest.Signer // P-256, of "shanghai"
}

func newScene(tb testing.TB) *scenario {
	tb.Helper()
	s := &scenario{nonces: &nonces{}, clock: now()}
	first, second := newEd25519(tb), newECDSA(tb, elliptic.P256())
	directory := load(tb,
		object{"id": "beijing", "name": "北京", "keys": []object{{"id": "bj-1", "alg": "ed25519", "public_key": publicPEM(tb, first)}}},
		object{"id": "shanghai", "name": "上海", "keys": []object{{"id": "sh-1", "alg": "ecdsa-p256-sha256", "public_key": publicPEM(tb, second)}}},
	)
	s.config = registry.VerifierConfig{
		Directory: directory, Nonces: s.nonces, Authority: authority,
		IsReplay: func(err error) bool { return errors.Is(err, errUsed) },
		Clock:    func() time.Time { return s.clock },
	}
	s.gate = registry.NewVerifier(s.config)
	s.first = &registrytest.Signer{KeyID: "bj-1", Key: first, Authority: authority, Clock: now}
	s.second = &registrytest.Signer{KeyID: "sh-1", Key: second, Authority: authority, Clock: now}
	return s
}

const samplePath = "/registry/v1/cases/c-1?draft=1"

// sample returns an unsigned request with a body.
func sample(body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPut, samplePath, bytes.NewReader(body))
	if len(body) > 0 {
		r.Header.Set("Content-Digest", registrytest.Digest(body))
	}
	return r
}

// codeOf returns the code of a refusal, "" for none.
func codeOf(tb testing.TB, err error) string {
	tb.Helper()
	if err == nil {
		return ""
	}
	var refusal *todo.RequestError
	if !errors.As(err, &refusal) {
		tb.Fatalf("got error %v, want a refusal", err)
	}
	return refusal.Code
}

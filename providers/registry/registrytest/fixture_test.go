package registrytest_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/receipt"
	"renzheng/todo"
)

func now() time.Time { return time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC) }

const secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"

// fixture is a service that is as small as can be, and a registry that it tells.
type fixture struct {
	registry  *registrytest.Registry
	page      string // address of the registry
	deliverer *registry.Deliverer
	key       receipt.SigningKey

	mu       sync.Mutex
	keys     []byte // published
	evidence receipt.Evidence
	asked    []string // method and path of what the registry asked
	failure  registrytest.Failure
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	w := &fixture{}
	w.key, w.keys = newReceiptKey(t)
	service := httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(service.Close)
	_, signing, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w.registry, err = registrytest.New(registrytest.Options{
		ID: "beijing", Name: "北京市场监管局 <simulated>", Secrets: []string{secret}, Clock: now,
		Client: &registrytest.Client{
			BaseURL: service.URL, HTTP: service.Client(),
			Signer: &registrytest.Signer{KeyID: "k", Key: signing, Authority: "api.example.cn", Clock: now},
		},
		Fail: func() registrytest.Failure { w.mu.Lock(); defer w.mu.Unlock(); return w.failure },
	})
	if err != nil {
		t.Fatal(err)
	}
	far := httptest.NewServer(w.registry)
	t.Cleanup(far.Close)
	w.page = far.URL
	book, err := registry.LoadFile([]byte(`{"registries":[{"id":"beijing","name":"北京","keys":[{"id":"k","alg":"ed25519","public_key":"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"}],"callback":{"url":"` +
		far.URL + registrytest.EventPath + `","allow":["127.0.0.1"],"secret":"` + secret + `"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	w.deliverer = registry.NewDeliverer(registry.DelivererConfig{Directory: book, Clock: now})
	t.Cleanup(w.deliverer.Close)
	return w
}

// serve publishes the keys and hands out the evidence.
func (w *fixture) serve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r.Method+" "+r.URL.RequestURI())
	if r.URL.Path == "/.well-known/jwks.json" {
		_, _ = rw.Write(w.keys)
		return
	}
	body, err := w.evidence.Encode()
	if err != nil {
		panic(err)
	}
	_, _ = rw.Write(body)
}

func newReceiptKey(t *testing.T) (receipt.SigningKey, []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public := jose.JSONWebKey{Key: &private.PublicKey, Algorithm: "ES256", Use: "sig"}
	thumbprint, err := public.Thumbprint(crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	public.KeyID = base64.RawURLEncoding.EncodeToString(thumbprint)
	set, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public}})
	if err != nil {
		t.Fatal(err)
	}
	return receipt.SigningKey{ID: public.KeyID, Private: private}, set
}

// picture is a PNG by its first bytes.
func picture(rest string) []byte { return append([]byte("\x89PNG\r\n\x1a\n"), rest...) }

// confirm makes a confirmation: its event, and the evidence that the service
// hands out for it.
func (w *fixture) confirm(t *testing.T) todo.Event {
	t.Helper()
	digest := sha256.Sum256(picture("face"))
	s := receipt.Statement{
		Version: receipt.Version, Issuer: "sandbox://127.0.0.1", Environment: receipt.Sandbox, ConfirmationID: "cfm_1",
		StatementBy: receipt.Person, Decision: receipt.Confirmed, RegistryID: "beijing", TodoID: "tod_1", Revision: 2,
		IssuedAt: now(), AnsweredAt: now(), ContentShownAt: now(), FacePassedAt: now(),
		Verification: &receipt.Verification{ID: "ver_1", PolicyDigest: strings.Repeat("a", 43), Checks: []receipt.Check{
			{Kind: "face", Provider: "alipay", Level: "certify", AttemptID: "att_1", PassedAt: now()},
		}},
		Access: &receipt.Access{AcceptedAt: now(), Verification: receipt.Verification{
			ID: "ver_0", PolicyDigest: strings.Repeat("a", 43), Checks: []receipt.Check{
				{Kind: "face", Provider: "alipay", Level: "certify", AttemptID: "att_0", PassedAt: now()},
			},
		}},
		Consents: []receipt.Consent{{Kind: "face", NoticeHash: strings.Repeat("b", 43), AcceptedAt: now()}},
	}
	strokes := todo.Strokes{Width: 100, Height: 50, Strokes: [][]todo.Point{{{X: 10, Y: 20}, {X: 90, Y: 30, Millis: 40}}}}
	drawn, err := strokes.Render()
	if err != nil {
		t.Fatal(err)
	}
	var openings []receipt.Opening
	for _, part := range []struct {
		domain string
		value  any
		into   *receipt.Commitment
	}{
		{receipt.DomainContent, todo.Content{
			Role: "股东", Header: todo.Header{EnterpriseName: "样例有限公司"}, Items: []todo.Item{{Label: "住所", Value: "北京"}},
		}, &s.ContentDigest},
		{receipt.DomainSigner, map[string]string{"name": "张三"}, &s.Signer},
		{receipt.DomainCase, map[string]string{"case_id": "c-1"}, &s.Case},
		{receipt.DomainPortrait, map[string]string{"sha256": hex.EncodeToString(digest[:])}, &s.Portrait},
		{receipt.DomainHandwriting, map[string]string{"strokes": strokes.Encode()}, &s.Handwriting},
	} {
		openings = append(openings, w.commit(t, part.domain, part.value, part.into))
	}
	sealed := w.seal(t, s)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.evidence = receipt.Evidence{Receipt: sealed, Openings: openings, Portrait: picture("face"), Handwriting: drawn}
	return event(todo.EventConfirmed, sealed)
}

func event(kind todo.EventType, sealed string) todo.Event {
	e := todo.Event{
		ID: "evt_1", Type: kind, RegistryID: "beijing", CaseID: "c-1", SignerID: "s-1", TodoID: "tod_1", Revision: 2, CreatedAt: now(),
	}
	if sealed != "" {
		e.ConfirmationID, e.Receipt = "cfm_1", sealed
	}
	return e
}

func (w *fixture) commit(t *testing.T, domain string, value any, into *receipt.Commitment) receipt.Opening {
	t.Helper()
	salt, err := receipt.NewSalt(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	opening, commitment, err := receipt.Open(domain, salt, value)
	if err != nil {
		t.Fatal(err)
	}
	*into = commitment
	return opening
}

func (w *fixture) seal(t *testing.T, s receipt.Statement) string {
	t.Helper()
	sealed, err := receipt.Seal(s, w.key)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// show returns the page.
func (w *fixture) show(t *testing.T) string {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, w.page+registrytest.PagePath, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var page bytes.Buffer
	if _, err := page.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

package registrytest_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

type anyNonce struct{}

func (anyNonce) UseNonce(context.Context, string, string, time.Time, time.Time) error { return nil }

// gate believes one key.
func gate(t *testing.T, alg string, key crypto.Signer) *registry.Verifier {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	file, err := json.Marshal(map[string]any{"registries": []any{map[string]any{
		"id": "beijing", "name": "北京", "keys": []any{map[string]any{
			"id": "k", "alg": alg, "public_key": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})),
		}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := registry.LoadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return registry.NewVerifier(registry.VerifierConfig{
		Directory: book, Nonces: anyNonce{}, IsReplay: func(error) bool { return false }, Clock: now, Authority: "api.example.cn",
	})
}

// guarded returns a client of a service that believes its key, records what it
// believed and answers with a status and a body.
func guarded(t *testing.T, status int, body string) (*registrytest.Client, *[]string) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	g := gate(t, "ed25519", key)
	believed := &[]string{}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		if _, err := g.Check(r, content); err != nil {
			t.Errorf("%s %s: got %v, want it believed", r.Method, r.URL, err)
		}
		*believed = append(*believed, r.Method+" "+r.URL.RequestURI()+" "+string(content))
		if status >= http.StatusBadRequest {
			w.Header().Set("Content-Type", "application/problem+json")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(service.Close)
	return &registrytest.Client{
		BaseURL: service.URL, HTTP: service.Client(),
		Signer: &registrytest.Signer{KeyID: "k", Key: key, Authority: "api.example.cn", Clock: now},
	}, believed
}

func TestClient_CallsWhatTheGateBelieves(t *testing.T) {
	t.Parallel()
	client, believed := guarded(t, http.StatusOK, `{}`)
	ctx := t.Context()
	body := registrytest.Case{
		Revision: 1,
		Header: todo.Header{
			EnterpriseName: "样例有限公司", BusinessKind: todo.Establishment, Mode: todo.Online, AppliedOn: "2026-03-01",
		},
		Items:   []todo.Item{{Label: "住所", Value: "北京"}},
		Signers: []registrytest.Signatory{{SignerID: "s-1", Role: "股东", Document: registrytest.Document{Type: "resident_id", Number: "n", Name: "张三"}}},
	}
	_, errPut := client.PutCase(ctx, "c-1", body)
	_, errGet := client.GetCase(ctx, "c-1")
	errDelete := client.DeleteCase(ctx, "c-1")
	_, errClose := client.CloseSigner(ctx, "c-1", "s-1")
	_, errEvidence := client.GetEvidence(ctx, "c-1", "s-1", 2)
	_, errEvents := client.Events(ctx, 7)
	errRedeliver := client.Redeliver(ctx, "evt_1")
	if err := errors.Join(errPut, errGet, errDelete, errClose, errEvidence, errEvents, errRedeliver); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`PUT /registry/v1/cases/c-1 {"revision":1,"header":{"enterprise_name":"样例有限公司","business_kind":"establishment",` +
			`"mode":"online","applied_on":"2026-03-01"},"items":[{"label":"住所","value":"北京"}],"signers":[{"signer_id":"s-1",` +
			`"role":"股东","document":{"type":"resident_id","number":"n","name":"张三"}}]}`,
		"GET /registry/v1/cases/c-1 ",
		"DELETE /registry/v1/cases/c-1 ",
		"POST /registry/v1/cases/c-1/signers/s-1/close ",
		"GET /registry/v1/cases/c-1/signers/s-1/evidence?revision=2 ",
		"GET /registry/v1/events?after=7 ",
		"POST /registry/v1/events/evt_1/redeliver ",
	}
	if diff := cmp.Diff(want, *believed); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestClient_GivesProblems(t *testing.T) {
	t.Parallel()
	client, _ := guarded(t, http.StatusConflict, `{"code":"case_withdrawn"}`)
	_, err := client.GetCase(t.Context(), "c-1")
	var problem *registrytest.ProblemError
	if !errors.As(err, &problem) || problem.Status != http.StatusConflict || problem.Code != "case_withdrawn" {
		t.Errorf("got %v, want the problem", err)
	}
}

func TestSigner_SignsWithBothAlgorithms(t *testing.T) {
	t.Parallel()
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer := registrytest.Signer{KeyID: "k", Key: p256, Authority: "api.example.cn", Clock: now}
	g := gate(t, "ecdsa-p256-sha256", p256)
	for range 20 { // a signature's halves are padded where they are short
		r := httptest.NewRequest(http.MethodGet, "/registry/v1/events", nil)
		if err = signer.Sign(r, nil); err != nil {
			t.Fatal(err)
		}
		id, refused := g.Check(r, nil)
		if refused != nil || id != "beijing" {
			t.Errorf("got %q, %v, want beijing", id, refused)
		}
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	signer.Key = other
	if err := signer.Sign(httptest.NewRequest(http.MethodGet, "/", nil), nil); err == nil {
		t.Error("got an RSA signature, want a refusal")
	}
}

func TestSignature_CannotCoverWhatIsNotThere(t *testing.T) {
	t.Parallel()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := registrytest.Signature{Label: "sig1", Components: []string{"content-digest"}, KeyID: "k"}
	if err := s.Apply(httptest.NewRequest(http.MethodGet, "/", nil), key); err == nil {
		t.Error("got a signature over a missing field")
	}
}

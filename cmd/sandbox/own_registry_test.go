package main_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// ownRegistry is a registry that its engineers let join the sandbox.
type ownRegistry struct {
	file   string // for the flag --registries
	signer *registrytest.Signer
}

func newOwnRegistry(t *testing.T) ownRegistry {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	content, err := json.Marshal(map[string]any{"registries": []any{map[string]any{
		"id": "own", "name": "自有登记机关（模拟）",
		"keys": []any{map[string]any{
			"id": "own-1", "alg": "ed25519", "public_key": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})),
		}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	r := ownRegistry{
		file:   filepath.Join(t.TempDir(), "own.json"),
		signer: &registrytest.Signer{KeyID: "own-1", Key: private, Authority: "renzheng.sandbox", Clock: time.Now},
	}
	if err := os.WriteFile(r.file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return r
}

// push pushes a case with one sample person through the server's API.
func (r ownRegistry) push(t *testing.T, api, caseID string) *registrytest.Client {
	t.Helper()
	client := &registrytest.Client{BaseURL: api, HTTP: &http.Client{Timeout: time.Minute}, Signer: r.signer}
	now := time.Now()
	person, _ := people.New(people.Passes, 77, now)
	if _, err := client.PutCase(t.Context(), caseID, harness.SampleCase(person, now)); err != nil {
		t.Fatal(err)
	}
	return client
}

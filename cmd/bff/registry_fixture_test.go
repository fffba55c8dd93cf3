package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"testing"
	"time"

	"renzheng/providers/registry/registrytest"
)

// guest is one more registry that the server knows.
type guest struct{ *registrytest.Client }

// guestOptions describe a guest.
type guestOptions struct {
	id    string
	url   string // of its call-back; "" = it pulls
	allow []string
}

// invite writes guests into the file of registries, before a server reads it.
func (s *fixture) invite(t *testing.T, all []guestOptions) map[string]*guest {
	t.Helper()
	path := s.Settings["BFF_REGISTRIES"]
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Registries []any `json:"registries"`
	}
	if err = json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	guests := map[string]*guest{}
	for _, o := range all {
		g, entry := s.newGuest(t, o)
		guests[o.id] = g
		file.Registries = append(file.Registries, entry)
	}
	if content, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	if err = os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return guests
}

func (s *fixture) newGuest(t *testing.T, o guestOptions) (*guest, members) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	keyID := o.id + "-key"
	entry := members{
		"id": o.id, "name": "模拟登记机关 " + o.id,
		"keys": []members{{
			"id": keyID, "alg": "ed25519",
			"public_key": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})),
		}},
	}
	if o.url != "" {
		secret := make([]byte, 32)
		_, _ = rand.Read(secret)
		entry["callback"] = members{
			"url": o.url, "allow": o.allow, "secret": "whsec_" + base64.StdEncoding.EncodeToString(secret),
		}
	}
	return &guest{&registrytest.Client{
		BaseURL: s.API, HTTP: &http.Client{Timeout: time.Minute},
		Signer: &registrytest.Signer{KeyID: keyID, Key: private, Authority: s.Cases.Signer.Authority, Clock: time.Now},
	}}, entry
}

// signed is a registry's request, to be spoiled before it is sent.
type signed struct {
	method, path string
	body         []byte
	signature    registrytest.Signature
	digest       string // of another body, where it is to be wrong
}

// draftPush returns a push of a registry that would hold.
func draftPush(c *registrytest.Client, caseID string, body []byte) signed {
	return signed{method: http.MethodPut, path: "/registry/v1/cases/" + caseID, body: body, signature: c.Signer.Draft(body)}
}

// send signs with the registry's key and sends.
func (r signed) send(t *testing.T, c *registrytest.Client) reply {
	t.Helper()
	sent, err := http.NewRequest(r.method, c.BaseURL+r.path, bytes.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.body) > 0 {
		sent.Header.Set("Content-Type", "application/json")
		sent.Header.Set("Content-Digest", registrytest.Digest(r.body))
	}
	if r.digest != "" {
		sent.Header.Set("Content-Digest", r.digest)
	}
	if err = r.signature.Apply(sent, c.Signer.Key); err != nil {
		t.Fatal(err)
	}
	got, err := exchange(sent)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

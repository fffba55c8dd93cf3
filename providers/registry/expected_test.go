package registry_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

// rejection returns why a gate rejects a request.
func (s *scenario) rejection(t *testing.T, r *http.Request, body []byte) *todo.RequestError {
	t.Helper()
	_, err := s.gate.Check(r, body)
	refusal, ok := errors.AsType[*todo.RequestError](err)
	if !ok {
		t.Fatalf("got %v, want a rejection", err)
	}
	return refusal
}

// sandboxed makes the gate that of a sandbox.
func (s *scenario) sandboxed() {
	s.config.Sandbox = true
	s.gate = registry.NewVerifier(s.config)
}

// In a sandbox, a registry that signs the base of the rejection is accepted.
func TestVerifier_ShowsTheExpectedBaseInASandbox(t *testing.T) {
	t.Parallel()
	body := []byte(`{"revision":1}`)
	for name, c := range map[string]struct {
		draft    func(*registrytest.Signature)
		received []byte
		header   string
	}{
		"another authority": {draft: func(s *registrytest.Signature) { s.Authority = "other.example.cn" }},
		"another body":      {received: []byte(`{"revision":2}`)},
		"a further header field": {
			draft:  func(s *registrytest.Signature) { s.Components = append(s.Components, "x-case"); s.Authority = "other" },
			header: " 7 ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			s.sandboxed()
			r, received := sample(body), body
			r.Header.Set("X-Case", c.header)
			draft := s.first.Draft(body)
			if c.draft != nil {
				c.draft(&draft)
			}
			if err := draft.Apply(r, s.first.Key); err != nil {
				t.Fatal(err)
			}
			if c.received != nil {
				received = c.received
			}
			base := s.rejection(t, r, received).Base
			key, _ := s.first.Key.(ed25519.PrivateKey)
			r.Header.Set("Signature", "sig1=:"+base64.StdEncoding.EncodeToString(ed25519.Sign(key, []byte(base)))+":")
			r.Header.Set("Content-Digest", registrytest.Digest(received))
			if id, err := s.gate.Check(r, received); err != nil || id != "beijing" {
				t.Errorf("got %v after signing\n%s", err, base)
			}
		})
	}
}

// Without a readable signature, the base says what to sign and leaves the values of the parameters open.
func TestVerifier_ShowsWhatToSign(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.sandboxed()
	body := []byte(`{"revision":1}`)
	r := sample(body)
	want := strings.Join([]string{
		`"@method": PUT`, `"@authority": ` + authority, `"@path": ` + r.URL.EscapedPath(), `"@query": ?` + r.URL.RawQuery,
		`"content-digest": ` + registrytest.Digest(body),
		`"@signature-params": ("@method" "@authority" "@path" "@query" "content-digest");created=…;keyid="…";nonce="…"`,
	}, "\n")
	if got := s.rejection(t, r, body); got.Code != todo.SignatureMissing || got.Base != want {
		t.Errorf("got %s with\n%s\nwant\n%s", got.Code, got.Base, want)
	}
	long := r.Clone(t.Context())
	long.URL.RawQuery = strings.Repeat("x", 5000)
	if got := s.rejection(t, long, body); got.Base != "" {
		t.Errorf("got a base of %d bytes, want none: it repeats the request", len(got.Base))
	}
	draft := s.first.Draft(body)
	draft.KeyID = "unknown"
	if err := draft.Apply(r, s.first.Key); err != nil {
		t.Fatal(err)
	}
	if got := s.rejection(t, r, body); got.Code != todo.KeyUnknown || got.Base != "" || got.KeyID != "" {
		t.Errorf("got %+v for an unknown key, want its code alone", got)
	}
}

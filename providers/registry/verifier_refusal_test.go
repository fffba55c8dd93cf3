package registry_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
	"renzheng/todo"
)

// Each case spoils a request that would be believed: the signature before it is
// made, or the request afterwards.
func TestGate_Refuses(t *testing.T) {
	t.Parallel()
	body := []byte(`{"revision":1}`)
	cases := map[string]struct {
		draft func(*registrytest.Signature)
		after func(*http.Request)
		body  []byte // as received, if not body
		want  string
		rule  string
	}{
		"no signature at all": {
			after: func(r *http.Request) { r.Header.Del("Signature"); r.Header.Del("Signature-Input") }, want: todo.SignatureMissing,
		},
		"a signature without its input": {
			after: func(r *http.Request) { r.Header.Del("Signature-Input") }, want: todo.SignatureInvalid, rule: todo.RuleSignatureFields,
		},
		"a signature of something else": {
			after: func(r *http.Request) {
				r.Header.Set("Signature", "sig1=:"+strings.Repeat("A", 86)+"==:")
			}, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch,
		},
		"a signature that is no signature": {
			after: func(r *http.Request) { r.Header.Set("Signature", "sig1=:AAAA:") }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch,
		},
		"created 301 s ago": {
			draft: func(s *registrytest.Signature) { s.Created = now().Add(-301 * time.Second) }, want: todo.SignatureStale,
		},
		"created 61 s ahead": {
			draft: func(s *registrytest.Signature) { s.Created = now().Add(61 * time.Second) }, want: todo.SignatureFuture,
		},
		"expired": {
			draft: func(s *registrytest.Signature) { s.Expires = now().Add(-time.Second) }, want: todo.SignatureStale,
		},
		"not said when created": {
			draft: func(s *registrytest.Signature) { s.Created = time.Time{} }, want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters,
		},
		"an unknown key": {
			draft: func(s *registrytest.Signature) { s.KeyID = "bj-2" }, want: todo.KeyUnknown,
		},
		"no key named": {
			draft: func(s *registrytest.Signature) { s.KeyID = "" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters,
		},
		"another registry's key named": {
			draft: func(s *registrytest.Signature) { s.KeyID = "sh-1" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch,
		},
		"another body":                 {body: []byte(`{"revision":2}`), want: todo.DigestMismatch},
		"no body where one was signed": {body: []byte{}, want: todo.DigestMismatch},
		"another body and its digest": {
			after: func(r *http.Request) { r.Header.Set("Content-Digest", registrytest.Digest([]byte(`{"revision":2}`))) },
			body:  []byte(`{"revision":2}`), want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch,
		},
		"another path":         {after: func(r *http.Request) { r.URL.Path = "/registry/v1/cases/c-2" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch},
		"another query":        {after: func(r *http.Request) { r.URL.RawQuery = "draft=2" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch},
		"no query":             {after: func(r *http.Request) { r.URL.RawQuery = "" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch},
		"another method":       {after: func(r *http.Request) { r.Method = http.MethodDelete }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch},
		"another authority":    {draft: func(s *registrytest.Signature) { s.Authority = "other.example.cn" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureMismatch},
		"authority not signed": {draft: without("@authority"), want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents},
		"method not signed":    {draft: without("@method"), want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents},
		"path not signed":      {draft: without("@path"), want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents},
		"query not signed":     {draft: without("@query"), want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents},
		"digest not signed":    {draft: without("content-digest"), want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents},
		"a component twice": {
			draft: func(s *registrytest.Signature) { s.Components = append(s.Components, "@path") }, want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents,
		},
		"a derived component that proxies change": {
			after: func(r *http.Request) { replaceInput(r, `"@method"`, `"@method" "@scheme"`) }, want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents,
		},
		"a component with a parameter": {
			after: func(r *http.Request) { replaceInput(r, `"@method"`, `"@method";req`) }, want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents,
		},
		"a component parameter of a wrong type": {
			after: func(r *http.Request) { replaceInput(r, `"content-digest"`, `"content-digest" "host";sf=1`) }, want: todo.SignatureInvalid, rule: todo.RuleSignatureComponents,
		},
		"no nonce":             {draft: nonce(""), want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters},
		"a short nonce":        {draft: nonce("abcdefghijklmno"), want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters},
		"a long nonce":         {draft: nonce(strings.Repeat("a", 65)), want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters},
		"a nonce with a blank": {draft: nonce("abcdefgh ijklmnop"), want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters},
		"another algorithm named": {
			draft: func(s *registrytest.Signature) { s.Alg = "hmac-sha256" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureAlgorithm,
		},
		"the other known algorithm named": {
			draft: func(s *registrytest.Signature) { s.Alg = "ecdsa-p256-sha256" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureAlgorithm,
		},
		"another label": {
			draft: func(s *registrytest.Signature) { s.Label = "sig2" }, want: todo.SignatureInvalid, rule: todo.RuleSignatureFields,
		},
		"a second signature": {
			after: func(r *http.Request) {
				r.Header.Set("Signature-Input", r.Header.Get("Signature-Input")+`, sig2=("@method");created=1;keyid="x"`)
				r.Header.Set("Signature", r.Header.Get("Signature")+", sig2=:AAAA:")
			}, want: todo.SignatureInvalid, rule: todo.RuleSignatureFields,
		},
		"a second signature of the same label": {
			after: func(r *http.Request) {
				r.Header.Set("Signature-Input", `sig1=("@method");created=1;keyid="x", `+r.Header.Get("Signature-Input"))
			}, want: todo.SignatureInvalid, rule: todo.RuleSignatureFields,
		},
		"a second line of signatures": {
			after: func(r *http.Request) { r.Header.Add("Signature", "sig2=:AAAA:") }, want: todo.SignatureInvalid, rule: todo.RuleSignatureFields,
		},
		"an unknown parameter": {
			after: func(r *http.Request) { r.Header.Set("Signature-Input", r.Header.Get("Signature-Input")+`;tag="x"`) }, want: todo.SignatureInvalid, rule: todo.RuleSignatureParameters,
		},
		"a field that is too long": {
			after: func(r *http.Request) {
				r.Header.Set("Signature-Input", r.Header.Get("Signature-Input")+strings.Repeat(" ", 5000))
			}, want: todo.SignatureInvalid, rule: todo.RuleSignatureFields,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			r, received := sample(body), body
			draft := s.first.Draft(body)
			if c.draft != nil {
				c.draft(&draft)
			}
			if err := draft.Apply(r, s.first.Key); err != nil {
				t.Fatal(err)
			}
			if c.after != nil {
				c.after(r)
			}
			if c.body != nil {
				received = c.body
			}
			id, err := s.gate.Check(r, received)
			if got := codeOf(t, err); got != c.want || id != "" {
				t.Errorf("got code %q and registry %q, want %q and none", got, id, c.want)
			}
			if refusal := new(todo.RequestError); !errors.As(err, &refusal) || refusal.Rule != c.rule || refusal.Base != "" {
				t.Errorf("got rule %q and base %q, want %q and none: this is no sandbox", refusal.Rule, refusal.Base, c.rule)
			}
			if len(s.nonces.until) != 0 {
				t.Error("got a nonce used up by a refused request")
			}
		})
	}
}

func without(component string) func(*registrytest.Signature) {
	return func(s *registrytest.Signature) {
		var kept []string
		for _, c := range s.Components {
			if c != component {
				kept = append(kept, c)
			}
		}
		s.Components = kept
	}
}

func nonce(n string) func(*registrytest.Signature) {
	return func(s *registrytest.Signature) { s.Nonce = n }
}

func replaceInput(r *http.Request, old, replacement string) {
	r.Header.Set("Signature-Input", strings.Replace(r.Header.Get("Signature-Input"), old, replacement, 1))
}

// The nonces since the backup are lost with the database. A request that may have been accepted in that time is rejected: one that was
// created before the epoch began, or so little later that a fast clock had it accepted before.
func TestGate_RefusesWhatMayHaveBeenUsedBeforeARestore(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for name, c := range map[string]struct {
		epoch time.Duration // before now
		want  string
	}{
		"in an epoch that begins now": {0, todo.SignatureStale},
		"59 s after its beginning":    {59 * time.Second, todo.SignatureStale},
		"a minute after":              {time.Minute, ""},
	} {
		config := s.config
		config.Epoch = now().Add(-c.epoch)
		r := sample(nil)
		if err := s.first.Sign(r, nil); err != nil {
			t.Fatal(err)
		}
		_, err := registry.NewVerifier(config).Check(r, nil)
		var rejection *todo.RequestError
		if errors.As(err, &rejection); (c.want == "") != (err == nil) || rejection != nil && rejection.Code != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

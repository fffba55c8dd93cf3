package registry_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

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
	}{
		"no signature at all": {
			after: func(r *http.Request) { r.Header.Del("Signature"); r.Header.Del("Signature-Input") }, want: todo.SignatureMissing,
		},
		"a signature without its input": {
			after: func(r *http.Request) { r.Header.Del("Signature-Input") }, want: todo.SignatureInvalid,
		},
		"a signature of something else": {
			after: func(r *http.Request) {
				r.Header.Set("Signature", "sig1=:"+strings.Repeat("A", 86)+"==:")
			}, want: todo.SignatureInvalid,
		},
		"a signature that is no signature": {
			after: func(r *http.Request) { r.Header.Set("Signature", "sig1=:AAAA:") }, want: todo.SignatureInvalid,
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
			draft: func(s *registrytest.Signature) { s.Created = time.Time{} }, want: todo.SignatureInvalid,
		},
		"an unknown key": {
			draft: func(s *registrytest.Signature) { s.KeyID = "bj-2" }, want: todo.KeyUnknown,
		},
		"no key named": {
			draft: func(s *registrytest.Signature) { s.KeyID = "" }, want: todo.SignatureInvalid,
		},
		"another registry's key named": {
			draft: func(s *registrytest.Signature) { s.KeyID = "sh-1" }, want: todo.SignatureInvalid,
		},
		"another body":                 {body: []byte(`{"revision":2}`), want: todo.DigestMismatch},
		"no body where one was signed": {body: []byte{}, want: todo.DigestMismatch},
		"another body and its digest": {
			after: func(r *http.Request) { r.Header.Set("Content-Digest", registrytest.Digest([]byte(`{"revision":2}`))) },
			body:  []byte(`{"revision":2}`), want: todo.SignatureInvalid,
		},
		"another path":         {after: func(r *http.Request) { r.URL.Path = "/registry/v1/cases/c-2" }, want: todo.SignatureInvalid},
		"another query":        {after: func(r *http.Request) { r.URL.RawQuery = "draft=2" }, want: todo.SignatureInvalid},
		"no query":             {after: func(r *http.Request) { r.URL.RawQuery = "" }, want: todo.SignatureInvalid},
		"another method":       {after: func(r *http.Request) { r.Method = http.MethodDelete }, want: todo.SignatureInvalid},
		"another authority":    {draft: func(s *registrytest.Signature) { s.Authority = "other.example.cn" }, want: todo.SignatureInvalid},
		"authority not signed": {draft: without("@authority"), want: todo.SignatureInvalid},
		"method not signed":    {draft: without("@method"), want: todo.SignatureInvalid},
		"path not signed":      {draft: without("@path"), want: todo.SignatureInvalid},
		"query not signed":     {draft: without("@query"), want: todo.SignatureInvalid},
		"digest not signed":    {draft: without("content-digest"), want: todo.SignatureInvalid},
		"a component twice": {
			draft: func(s *registrytest.Signature) { s.Components = append(s.Components, "@path") }, want: todo.SignatureInvalid,
		},
		"a derived component that proxies change": {
			after: func(r *http.Request) { replaceInput(r, `"@method"`, `"@method" "@scheme"`) }, want: todo.SignatureInvalid,
		},
		"a component with a parameter": {
			after: func(r *http.Request) { replaceInput(r, `"@method"`, `"@method";req`) }, want: todo.SignatureInvalid,
		},
		"a component parameter of a wrong type": {
			after: func(r *http.Request) { replaceInput(r, `"content-digest"`, `"content-digest" "host";sf=1`) }, want: todo.SignatureInvalid,
		},
		"no nonce":             {draft: nonce(""), want: todo.SignatureInvalid},
		"a short nonce":        {draft: nonce("abcdefghijklmno"), want: todo.SignatureInvalid},
		"a long nonce":         {draft: nonce(strings.Repeat("a", 65)), want: todo.SignatureInvalid},
		"a nonce with a blank": {draft: nonce("abcdefgh ijklmnop"), want: todo.SignatureInvalid},
		"another algorithm named": {
			draft: func(s *registrytest.Signature) { s.Alg = "hmac-sha256" }, want: todo.SignatureInvalid,
		},
		"the other known algorithm named": {
			draft: func(s *registrytest.Signature) { s.Alg = "ecdsa-p256-sha256" }, want: todo.SignatureInvalid,
		},
		"another label": {
			draft: func(s *registrytest.Signature) { s.Label = "sig2" }, want: todo.SignatureInvalid,
		},
		"a second signature": {
			after: func(r *http.Request) {
				r.Header.Set("Signature-Input", r.Header.Get("Signature-Input")+`, sig2=("@method");created=1;keyid="x"`)
				r.Header.Set("Signature", r.Header.Get("Signature")+", sig2=:AAAA:")
			}, want: todo.SignatureInvalid,
		},
		"a second signature of the same label": {
			after: func(r *http.Request) {
				r.Header.Set("Signature-Input", `sig1=("@method");created=1;keyid="x", `+r.Header.Get("Signature-Input"))
			}, want: todo.SignatureInvalid,
		},
		"a second line of signatures": {
			after: func(r *http.Request) { r.Header.Add("Signature", "sig2=:AAAA:") }, want: todo.SignatureInvalid,
		},
		"an unknown parameter": {
			after: func(r *http.Request) { r.Header.Set("Signature-Input", r.Header.Get("Signature-Input")+`;tag="x"`) }, want: todo.SignatureInvalid,
		},
		"a field that is too long": {
			after: func(r *http.Request) {
				r.Header.Set("Signature-Input", r.Header.Get("Signature-Input")+strings.Repeat(" ", 5000))
			}, want: todo.SignatureInvalid,
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

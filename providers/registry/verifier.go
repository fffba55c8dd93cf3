package registry

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/yaronf/httpsign"

	"renzheng/todo"
)

// How old or early a signed request may be (R25).
const (
	maxAge      = 300 * time.Second // retries and slow lines
	maxAhead    = 60 * time.Second  // clocks differ
	nonceMargin = 300 * time.Second // a nonce is kept longer than any replica's clock may believe its request
)

// NonceStore keeps nonces for all replicas.
type NonceStore interface {
	// UseNonce records a nonce of a key until a time. If the nonce was recorded before
	// and has not expired by now, it returns an error of its own kind.
	UseNonce(ctx context.Context, keyID, nonce string, until, now time.Time) error
}

// VerifierConfig is the configuration of a Verifier. Every field is required.
type VerifierConfig struct {
	Directory Source
	Nonces    NonceStore
	IsReplay  func(error) bool // tells UseNonce's "used before" from a broken store
	Clock     func() time.Time
	Authority string // host[:port] that registries sign as @authority; empty = nobody is believed
}

// Verifier verifies registries' signed requests. Safe for concurrent use.
type Verifier struct{ config VerifierConfig }

// NewVerifier returns a verifier.
func NewVerifier(c VerifierConfig) *Verifier {
	c.Authority = strings.TrimSuffix(strings.ToLower(c.Authority), ":443") // as RFC 9421 §2.2.3 normalises it for https
	return &Verifier{config: c}
}

// Check returns the id of the registry that signed a request (R25). The signature
// is RFC 9421 with the label sig1 over @method, @authority, @path, @query and, if
// there is a body, content-digest with sha-256 over the body as received. More
// header fields may be signed. Its parameters are created, keyid and nonce
// ([A-Za-z0-9_-]{16,64}, never used again), and optionally expires and alg. The
// authority is the configured one; the Host header is ignored.
//
// body is the whole body. The body of r is neither read nor changed. The nonce is
// used up only if everything else is valid.
//
// Errors: *todo.RequestError with its code. Any other error is the store's, and
// leaves open whether the request is valid.
func (v *Verifier) Check(r *http.Request, body []byte) (string, error) {
	now := v.config.Clock()
	s, code := readSignature(r.Header)
	if code == "" {
		code = s.timely(now)
	}
	if code != "" {
		return "", rejected(code)
	}
	key, ok := v.config.Directory.Current().keys[s.keyID]
	if !ok {
		return "", rejected(todo.KeyUnknown)
	}
	if !v.proven(r, s, key, len(body)) {
		return "", rejected(todo.SignatureInvalid)
	}
	if !digestFits(r.Header, body) {
		return "", rejected(todo.DigestMismatch)
	}
	err := v.config.Nonces.UseNonce(r.Context(), key.id, s.nonce, s.created.Add(maxAge+nonceMargin), now)
	switch {
	case err == nil:
		return key.registryID, nil
	case v.config.IsReplay(err):
		return "", rejected(todo.SignatureReplay)
	}
	return "", fmt.Errorf("using a nonce: %w", err)
}

func rejected(code string) error { return &todo.RequestError{Code: code} }

// proven reports whether the key signed this request. It verifies a message of our
// own, because the library would write the Host header into r and trust it.
func (v *Verifier) proven(r *http.Request, s signature, key requestKey, bodyBytes int) bool {
	required := requiredComponents(bodyBytes)
	if v.config.Authority == "" || r.URL == nil || s.alg != "" && s.alg != key.alg || !s.covers(required) {
		return false
	}
	target := *r.URL
	target.Scheme, target.Host = schemeHTTPS, v.config.Authority
	message, err := httpsign.NewMessage(httpsign.NewMessageConfig().
		WithMethod(r.Method).WithURL(&target).WithHeaders(r.Header).
		WithAuthority(v.config.Authority).WithScheme(schemeHTTPS))
	if err != nil {
		return false
	}
	verifier, err := key.verifier(required)
	if err != nil {
		return false
	}
	_, err = message.Verify(label, *verifier)
	return err == nil
}

// digestFits reports whether Content-Digest is that of the body (RFC 9530). A
// request without a body does not need one.
func digestFits(header http.Header, body []byte) bool {
	received := header.Values(contentDigest)
	if len(received) == 0 {
		return len(body) == 0
	}
	reader := io.NopCloser(bytes.NewReader(body))
	return httpsign.ValidateContentDigestHeader(received, &reader, []string{httpsign.DigestSha256}) == nil
}

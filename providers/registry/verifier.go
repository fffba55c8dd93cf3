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

// The time in which a signed request is believed (R25).
const (
	maxAge      = 300 * time.Second // retries and slow lines
	maxAhead    = 60 * time.Second  // clocks differ
	nonceMargin = 300 * time.Second // a nonce is kept longer than any replica's clock may believe its request
)

// NonceStore remembers nonces for all replicas.
type NonceStore interface {
	// UseNonce records a nonce of a key until a time. It returns an error of its own
	// kind where the nonce stands and has not ended by now.
	UseNonce(ctx context.Context, keyID, nonce string, until, now time.Time) error
}

// VerifierConfig is what a Verifier needs; every field is required.
type VerifierConfig struct {
	Directory *Directory
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

// Check says which registry signed a request (R25). The signature is RFC 9421,
// labelled sig1, over @method, @authority, @path, @query and, where there is a
// body, content-digest with sha-256 over the body as received; more header
// fields may be signed. Its parameters are created, keyid and nonce
// ([A-Za-z0-9_-]{16,64}, never used again), and may be expires and alg. What
// the Host header says does not count: the authority is the configured one.
//
// Body is the whole body; r's own is neither read nor changed. The nonce is used
// up only by a request that holds in everything else.
//
// Errors: *todo.RequestRefusal with its code; any other is the store's, and then
// the request was neither believed nor refused.
func (g *Verifier) Check(r *http.Request, body []byte) (string, error) {
	now := g.config.Clock()
	s, code := readSignature(r.Header)
	if code == "" {
		code = s.timely(now)
	}
	if code != "" {
		return "", refused(code)
	}
	key, ok := g.config.Directory.keys[s.keyID]
	if !ok {
		return "", refused(todo.KeyUnknown)
	}
	if !g.proven(r, s, key, len(body)) {
		return "", refused(todo.SignatureInvalid)
	}
	if !digestFits(r.Header, body) {
		return "", refused(todo.DigestMismatch)
	}
	err := g.config.Nonces.UseNonce(r.Context(), key.id, s.nonce, s.created.Add(maxAge+nonceMargin), now)
	switch {
	case err == nil:
		return key.registryID, nil
	case g.config.IsReplay(err):
		return "", refused(todo.SignatureReplay)
	}
	return "", fmt.Errorf("using a nonce: %w", err)
}

func refused(code string) error { return &todo.RequestRefusal{Code: code} }

// proven reports whether the key signed this request. It works on a message of our
// own making: the library would write the Host header into r and believe it.
func (g *Verifier) proven(r *http.Request, s signature, key requestKey, bodyBytes int) bool {
	required := requiredComponents(bodyBytes)
	if g.config.Authority == "" || r.URL == nil || s.alg != "" && s.alg != key.alg || !s.covers(required) {
		return false
	}
	target := *r.URL
	target.Scheme, target.Host = schemeHTTPS, g.config.Authority
	message, err := httpsign.NewMessage(httpsign.NewMessageConfig().
		WithMethod(r.Method).WithURL(&target).WithHeaders(r.Header).
		WithAuthority(g.config.Authority).WithScheme(schemeHTTPS))
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
// request without body may do without.
func digestFits(header http.Header, body []byte) bool {
	received := header.Values(contentDigest)
	if len(received) == 0 {
		return len(body) == 0
	}
	reader := io.NopCloser(bytes.NewReader(body))
	return httpsign.ValidateContentDigestHeader(received, &reader, []string{httpsign.DigestSha256}) == nil
}

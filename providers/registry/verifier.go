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

// VerifierConfig is the configuration of a Verifier. Every field but Epoch is required.
type VerifierConfig struct {
	Directory Source
	Nonces    NonceStore
	IsReplay  func(error) bool // tells UseNonce's "used before" from a broken store
	Clock     func() time.Time
	Authority string    // host[:port] that registries sign as @authority; empty = nobody is believed
	Epoch     time.Time // when the database's epoch began; requests of before are rejected, because their nonces are lost; zero = the first
	Sandbox   bool      // rejections contain what should have been signed; never in production
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
// Errors: *todo.RequestError. Any other error is the store's, and
// leaves open whether the request is valid.
func (v *Verifier) Check(r *http.Request, body []byte) (string, error) {
	registryID, rejection, err := v.check(r, body)
	switch {
	case rejection == nil:
		return registryID, err
	case v.config.Sandbox:
		rejection.Base = v.expectedBase(r, body, rejection)
	}
	return "", rejection
}

func (v *Verifier) check(r *http.Request, body []byte) (string, *todo.RequestError, error) {
	now := v.config.Clock()
	s, rejection := readSignature(r.Header)
	key, ok := v.config.Directory.Current().keys[s.keyID]
	if rejection == nil {
		rejection = s.timely(now, v.config.Epoch)
	}
	switch {
	case rejection != nil:
	case !ok:
		rejection = rejected(todo.KeyUnknown)
	default:
		rejection = v.prove(r, s, key, body)
		if rejection == nil && !key.until.IsZero() && !now.Before(key.until) {
			rejection = rejected(todo.KeyExpired) // said to the holder of the key only
		}
	}
	if rejection != nil {
		rejection.KeyID = key.id // a configured one: what else a request says is not logged
		return "", rejection, nil
	}
	err := v.config.Nonces.UseNonce(r.Context(), key.id, s.nonce, s.created.Add(maxAge+nonceMargin), now)
	switch {
	case err == nil:
		return key.registryID, nil, nil
	case v.config.IsReplay(err):
		rejection = rejected(todo.SignatureReplay)
		rejection.KeyID = key.id
		return "", rejection, nil
	}
	return "", nil, fmt.Errorf("using a nonce: %w", err)
}

func rejected(code string) *todo.RequestError { return &todo.RequestError{Code: code} }

func invalid(rule string) *todo.RequestError {
	return &todo.RequestError{Code: todo.SignatureInvalid, Rule: rule}
}

// prove returns why the key does not prove a request with this body.
func (v *Verifier) prove(r *http.Request, s signature, key requestKey, body []byte) *todo.RequestError {
	switch {
	case s.alg != "" && s.alg != key.alg:
		return invalid(todo.RuleSignatureAlgorithm)
	case !s.covers(requiredComponents(len(body))):
		return invalid(todo.RuleSignatureComponents)
	case !v.proven(r, key, len(body)):
		return invalid(todo.RuleSignatureMismatch)
	case !digestFits(r.Header, body):
		return rejected(todo.DigestMismatch)
	}
	return nil
}

// proven reports whether the key signed this request. It verifies a message of our
// own, because the library would write the Host header into r and trust it.
func (v *Verifier) proven(r *http.Request, key requestKey, bodyBytes int) bool {
	if v.config.Authority == "" || r.URL == nil {
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
	verifier, err := key.verifier(requiredComponents(bodyBytes))
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

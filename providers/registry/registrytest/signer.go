package registrytest

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

// Signer signs a registry's requests (R25). Safe for concurrent use.
type Signer struct {
	KeyID     string
	Key       crypto.Signer // ed25519.PrivateKey, or *ecdsa.PrivateKey on P-256
	Authority string        // of the service, as it is configured there
	Clock     func() time.Time
}

// Sign signs a request that will be sent with this body: it sets
// Content-Digest and the signature, with a fresh nonce.
func (s *Signer) Sign(r *http.Request, body []byte) error {
	if len(body) > 0 {
		r.Header.Set("Content-Digest", Digest(body))
	}
	return s.Draft(body).Apply(r, s.Key)
}

// Draft returns the signature that Sign would make, for those who want to spoil
// it first.
func (s *Signer) Draft(body []byte) Signature {
	components := []string{"@method", "@authority", "@path", "@query"}
	if len(body) > 0 {
		components = append(components, "content-digest")
	}
	return Signature{
		Label: "sig1", Components: components, Authority: s.Authority,
		Created: s.Clock(), KeyID: s.KeyID, Nonce: newNonce(),
	}
}

// Digest returns the Content-Digest field of a body (RFC 9530).
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}

func newNonce() string {
	var raw [18]byte
	_, _ = rand.Read(raw[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

package receipt

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
)

// The domains of what a receipt commits to. The number is raised when the shape of the value changes.
const (
	DomainContent     = "renzheng/content/1"
	DomainSigner      = "renzheng/signer/1" // document type, number and name
	DomainCase        = "renzheng/case/1"
	DomainPortrait    = "renzheng/portrait/1"
	DomainHandwriting = "renzheng/handwriting/1"
	DomainScan        = "renzheng/scan/1" // pages of a signed paper
)

// Problems of what is to be committed to. They never quote the value.
var (
	ErrDomain = errors.New("a domain is 1 to 64 visible ASCII characters")
	ErrSalt   = errors.New("the salt was never drawn")
	ErrValue  = errors.New("the value has no canonical JSON: repeated members, broken text or nothing that JSON can say")
)

// Commitment represents a value without revealing it.
//
// Shape: 43 characters of base64url, SHA-256; or [None] where a receipt allows it. Secrecy: public.
type Commitment string

// None says that there is nothing to commit to: no portrait, no handwriting.
const None Commitment = "none"

// Commit returns the commitment to a value: SHA-256 over the domain, a zero byte, the salt, and the RFC 8785 JSON of the
// value.
//
// The value is what encoding/json makes of it, so pass plaintext: a type that masks itself would be committed to as
// its mask. Numbers are IEEE 754 doubles, as RFC 8785 has it; write longer ones as text. Errors: [ErrDomain],
// [ErrSalt], [ErrValue].
func Commit(domain string, salt Salt, value any) (Commitment, error) {
	commitment, _, err := commit(domain, salt, value)
	return commitment, err
}

// commit returns the commitment to a value, and the canonical JSON of the value:
// canonicalizing is most of the work, and an opening needs the same JSON.
func commit(domain string, salt Salt, value any) (Commitment, []byte, error) {
	if !isDomain(domain) {
		return "", nil, ErrDomain
	}
	if salt == (Salt{}) {
		return "", nil, ErrSalt
	}
	canonical, err := canonicalJSON(value)
	if err != nil {
		return "", nil, ErrValue
	}
	digest := sha256.New()
	digest.Write([]byte(domain))
	digest.Write([]byte{0})
	digest.Write(salt[:])
	digest.Write(canonical)
	return Commitment(base64.RawURLEncoding.EncodeToString(digest.Sum(nil))), canonical, nil
}

// Opens reports whether a commitment is to this value. It compares in constant time.
func Opens(domain string, salt Salt, value any, commitment Commitment) bool {
	same, err := Commit(domain, salt, value)
	return err == nil && subtle.ConstantTimeCompare([]byte(same), []byte(commitment)) == 1
}

func (c Commitment) isDigest() bool {
	raw, err := decodeBase64(string(c))
	return err == nil && len(raw) == sha256.Size
}

func isDomain(domain string) bool {
	return isVisible(domain) && len(domain) <= 64
}

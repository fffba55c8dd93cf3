package agencytest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// signature is one to be made, right or wrong.
type signature struct {
	components []string // as they stand in Signature-Input
	created    time.Time
	keyID      string
	nonce      string
}

// requestComponents and answerComponents are those of the contract.
func requestComponents() []string {
	return []string{`"@method"`, `"@authority"`, `"@path"`, `"@query"`, `"content-digest"`}
}

func answerComponents() []string { return []string{`"@status"`, `"content-digest"`, `"signature";req`} }

func (s signature) params() string {
	return fmt.Sprintf("(%s);created=%d;keyid=%q;nonce=%q", strings.Join(s.components, " "), s.created.Unix(), s.keyID, s.nonce)
}

// apply signs the values of the components and sets both fields.
func (s signature) apply(header http.Header, values map[string]string, key crypto.Signer) error {
	raw, err := sign(key, s.base(values))
	if err != nil {
		return err
	}
	header.Set("Signature-Input", "sig1="+s.params())
	header.Set("Signature", "sig1=:"+base64.StdEncoding.EncodeToString(raw)+":")
	return nil
}

// base returns what is signed (RFC 9421, 2.5).
func (s signature) base(values map[string]string) string {
	var base strings.Builder
	for _, name := range s.components {
		base.WriteString(name + ": " + values[name] + "\n")
	}
	return base.String() + `"@signature-params": ` + s.params()
}

func requestValues(r *http.Request, authority string) map[string]string {
	return map[string]string{
		`"@method"`: r.Method, `"@authority"`: authority, `"@path"`: r.URL.EscapedPath(), `"@query"`: "?" + r.URL.RawQuery,
		`"content-digest"`: r.Header.Get("Content-Digest"),
	}
}

func answerValues(status int, digest, requestSignature string) map[string]string {
	return map[string]string{
		`"@status"`: strconv.Itoa(status), `"content-digest"`: digest, `"signature";req`: requestSignature,
	}
}

func contentDigest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}

func sign(key crypto.Signer, base string) ([]byte, error) {
	switch key := key.(type) {
	case ed25519.PrivateKey:
		return ed25519.Sign(key, []byte(base)), nil
	case *ecdsa.PrivateKey:
		hash := sha256.Sum256([]byte(base))
		r, s, err := ecdsa.Sign(rand.Reader, key, hash[:])
		if err != nil {
			return nil, fmt.Errorf("signing: %w", err)
		}
		const half = 32
		raw := make([]byte, 2*half)
		r.FillBytes(raw[:half])
		s.FillBytes(raw[half:])
		return raw, nil
	}
	return nil, errors.New("signing requires an Ed25519 or a P-256 key")
}

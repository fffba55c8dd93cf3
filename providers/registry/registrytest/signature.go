package registrytest

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

// Signature is one RFC 9421 signature, to be made right or wrong.
type Signature struct {
	Label      string   // "sig1" is the one that is considered
	Components []string // as covered, in order; without parameters
	Authority  string   // signed as @authority
	Created    time.Time
	Expires    time.Time // zero = not said
	KeyID      string
	Nonce      string
	Alg        string // "" = not said
}

// Apply signs r as it is and sets the two signature fields. The key is an
// ed25519.PrivateKey or an *ecdsa.PrivateKey on P-256.
func (s Signature) Apply(r *http.Request, key crypto.Signer) error {
	params := s.params()
	base, err := s.base(r, params)
	if err != nil {
		return err
	}
	raw, err := sign(key, []byte(base))
	if err != nil {
		return err
	}
	r.Header.Set("Signature-Input", s.Label+"="+params)
	r.Header.Set("Signature", s.Label+"=:"+base64.StdEncoding.EncodeToString(raw)+":")
	return nil
}

func (s Signature) params() string {
	quoted := make([]string, len(s.Components))
	for i, name := range s.Components {
		quoted[i] = strconv.Quote(name)
	}
	params := "(" + strings.Join(quoted, " ") + ")"
	if !s.Created.IsZero() {
		params += ";created=" + strconv.FormatInt(s.Created.Unix(), 10)
	}
	if !s.Expires.IsZero() {
		params += ";expires=" + strconv.FormatInt(s.Expires.Unix(), 10)
	}
	var paramsSb59 strings.Builder
	for _, p := range [][2]string{{"keyid", s.KeyID}, {"nonce", s.Nonce}, {"alg", s.Alg}} {
		if p[1] != "" {
			paramsSb59.WriteString(";" + p[0] + "=" + strconv.Quote(p[1]))
		}
	}
	params += paramsSb59.String()
	return params
}

// base returns what is signed (RFC 9421 §2.5).
func (s Signature) base(r *http.Request, params string) (string, error) {
	var base strings.Builder
	for _, name := range s.Components {
		var value string
		switch name {
		case "@method":
			value = r.Method
		case "@authority":
			value = s.Authority
		case "@path":
			value = r.URL.EscapedPath()
		case "@query":
			value = "?" + r.URL.RawQuery
		default:
			values := r.Header.Values(name)
			if len(values) == 0 {
				return "", errors.New("signing a field that is missing in the request")
			}
			value = strings.Join(values, ", ")
		}
		fmt.Fprintf(&base, "%q: %s\n", name, value)
	}
	return base.String() + `"@signature-params": ` + params, nil
}

func sign(key crypto.Signer, base []byte) ([]byte, error) {
	switch key := key.(type) {
	case ed25519.PrivateKey:
		return ed25519.Sign(key, base), nil
	case *ecdsa.PrivateKey:
		digest := sha256.Sum256(base)
		r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
		if err != nil {
			return nil, fmt.Errorf("signing a request: %w", err)
		}
		const half = 32
		raw := make([]byte, 2*half)
		r.FillBytes(raw[:half])
		s.FillBytes(raw[half:])
		return raw, nil
	default:
		return nil, errors.New("signing requires an Ed25519 or a P-256 key")
	}
}

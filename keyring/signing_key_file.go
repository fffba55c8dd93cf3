package keyring

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strconv"
	"strings"
	"time"

	"renzheng/strictjson"
)

const pemType = "PRIVATE KEY" // PKCS #8

// signingKey is a signing key of the key file, with its public half and the time from which it signs.
type signingKey struct {
	SigningKey

	public publicJWK
	from   time.Time
}

type signingKeyJSON struct {
	Private string    `json:"private"`
	UseFrom time.Time `json:"use_from"`
}

func newSigningKey(private *ecdsa.PrivateKey, from time.Time) (signingKey, error) {
	public, err := newPublicJWK(&private.PublicKey)
	if err != nil {
		return signingKey{}, err
	}
	return signingKey{SigningKey{ID: public.KeyID, Private: private}, public, from}, nil
}

func generateSigningKey(from time.Time) (signingKey, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return signingKey{}, fmt.Errorf("generating a signing key: %w", err)
	}
	return newSigningKey(private, from)
}

func (s signingKey) encode() (signingKeyJSON, error) {
	der, err := x509.MarshalPKCS8PrivateKey(s.Private)
	if err != nil {
		return signingKeyJSON{}, fmt.Errorf("encoding a signing key: %w", err)
	}
	private := pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: der})
	return signingKeyJSON{string(private), s.from}, nil
}

func (r *reader) signingKeys(raw json.RawMessage) []signingKey {
	elements := r.List(raw, "/signing")
	if len(elements) == 0 && raw != nil {
		r.Add("/signing", "has no key")
	}
	keys := make([]signingKey, 0, len(elements))
	for i, element := range elements {
		here := "/signing/" + strconv.Itoa(i)
		members := r.Object(element, here, strictjson.Names{Required: []string{"private", "use_from"}})
		if members == nil {
			continue
		}
		from, err := time.Parse(time.RFC3339, r.Text(members["use_from"], here+"/use_from"))
		if members["use_from"] != nil && err != nil {
			r.Add(here+"/use_from", "is not a time as RFC 3339 writes it")
		}
		if n := len(keys); n > 0 && from.After(keys[n-1].from) {
			r.Add(here+"/use_from", "is later than that of a key before it; the newest comes first")
		}
		s, ok := readSigningKey(r.Text(members["private"], here+"/private"), from)
		if members["private"] != nil && !ok {
			r.Add(here+"/private", "is not a private key on P-256 in PKCS #8 and PEM")
		}
		keys = append(keys, s)
	}
	return keys
}

func readSigningKey(text string, from time.Time) (signingKey, bool) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != pemType || len(block.Headers) > 0 || strings.TrimSpace(string(rest)) != "" {
		return signingKey{}, false
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, isECDSA := parsed.(*ecdsa.PrivateKey)
	if err != nil || !isECDSA {
		return signingKey{}, false
	}
	s, err := newSigningKey(private, from) // rejects other curves
	return s, err == nil
}

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

// signer is a signing key of the file and when it begins to be used.
type signer struct {
	SigningKey

	public publicJWK
	from   time.Time
}

type signerJSON struct {
	Private string    `json:"private"`
	UseFrom time.Time `json:"use_from"`
}

func newSigner(private *ecdsa.PrivateKey, from time.Time) (signer, error) {
	public, err := newPublicJWK(&private.PublicKey)
	if err != nil {
		return signer{}, err
	}
	return signer{SigningKey{KeyID: public.KeyID, Private: private}, public, from}, nil
}

func generateSigner(from time.Time) (signer, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return signer{}, fmt.Errorf("generating a signing key: %w", err)
	}
	return newSigner(private, from)
}

func (s signer) encode() (signerJSON, error) {
	der, err := x509.MarshalPKCS8PrivateKey(s.Private)
	if err != nil {
		return signerJSON{}, fmt.Errorf("encoding a signing key: %w", err)
	}
	private := pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: der})
	return signerJSON{string(private), s.from}, nil
}

func (r *reader) signers(raw json.RawMessage) []signer {
	elements := r.List(raw, "/signing")
	if len(elements) == 0 && raw != nil {
		r.Add("/signing", "has no key")
	}
	signers := make([]signer, 0, len(elements))
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
		if n := len(signers); n > 0 && from.After(signers[n-1].from) {
			r.Add(here+"/use_from", "is later than that of a key before it; the newest comes first")
		}
		s, ok := readSigner(r.Text(members["private"], here+"/private"), from)
		if members["private"] != nil && !ok {
			r.Add(here+"/private", "is not a private key on P-256 in PKCS #8 and PEM")
		}
		signers = append(signers, s)
	}
	return signers
}

func readSigner(text string, from time.Time) (signer, bool) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != pemType || len(block.Headers) > 0 || strings.TrimSpace(string(rest)) != "" {
		return signer{}, false
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, isECDSA := parsed.(*ecdsa.PrivateKey)
	if err != nil || !isECDSA {
		return signer{}, false
	}
	s, err := newSigner(private, from) // refuses other curves
	return s, err == nil
}

package main

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/go-jose/go-jose/v4"
)

const (
	reportType = "renzheng-registry-report+jws"
	secretMode = 0o600
	publicMode = 0o644
)

// signing are the flags of a command that writes a report.
type signing struct {
	Report string `help:"File of the signed report." default:"registry-report.jws" type:"path"`
	Key    string `help:"PEM file of the Ed25519 key that signs the report. It is made if it does not exist." name:"report-key" default:"registry-report.pem" type:"path"`
}

// finish prints a report, signs it, and returns an error if a clause failed.
func (s signing) finish(r report) error {
	if err := r.print(os.Stdout); err != nil {
		return err
	}
	key, err := openKey(s.Key)
	if err != nil {
		return err
	}
	text, id, err := signReport(r, key)
	if err != nil {
		return err
	}
	if err = os.WriteFile(s.Report, []byte(text), publicMode); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	fmt.Printf("report %s, signed by %s\n", s.Report, id)
	if !r.Passed {
		return errors.New("a clause is not kept")
	}
	return nil
}

// openKey reads a private key, or makes one.
func openKey(path string) (ed25519.PrivateKey, error) {
	content, err := os.ReadFile(path) //nolint:gosec // the user names the file
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the key of the report: %w", err)
	}
	signer, err := parseKey(content)
	if err != nil {
		return nil, err
	}
	key, ok := signer.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("the key of the report is not an Ed25519 key")
	}
	return key, nil
}

func makeKey(path string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making the key of the report: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encoding the key of the report: %w", err)
	}
	if err = os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), secretMode); err != nil {
		return nil, fmt.Errorf("writing the key of the report: %w", err)
	}
	return key, nil
}

// parseKey reads a private key in PKCS #8.
func parseKey(content []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, errors.New("a private key is not a PEM file")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	signer, ok := key.(crypto.Signer)
	if err != nil || !ok {
		return nil, errors.New("a private key is not in PKCS #8")
	}
	return signer, nil
}

// signReport returns the report as a compact JWS, and the RFC 7638 thumbprint of
// its key. The header has the public key, so that the report can be read without
// it; what it proves depends on whose key that is.
func signReport(r report, key ed25519.PrivateKey) (text, id string, err error) {
	payload, err := json.Marshal(r)
	if err != nil {
		return "", "", fmt.Errorf("encoding the report: %w", err)
	}
	jwk := jose.JSONWebKey{Key: key, Algorithm: string(jose.EdDSA)}
	thumbprint, err := jwk.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", "", fmt.Errorf("naming the key of the report: %w", err)
	}
	options := (&jose.SignerOptions{EmbedJWK: true}).WithType(reportType)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.EdDSA, Key: jwk}, options)
	if err != nil {
		return "", "", fmt.Errorf("preparing the signature of the report: %w", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", "", fmt.Errorf("signing the report: %w", err)
	}
	text, err = signed.CompactSerialize()
	return text, base64.RawURLEncoding.EncodeToString(thumbprint), err
}

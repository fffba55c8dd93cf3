package alipaytest

import (
	"crypto/md5" // how Alipay names certificates
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"
)

const certificateLife = 5 * 365 * 24 * time.Hour

// Certificates are what certificate mode needs, each in PEM, with the serial
// numbers that requests and answers carry.
type Certificates struct {
	App, Root, Alipay       string
	AppSN, RootSN, AlipaySN string
}

// NewCertificates issues certificates for an application's and a gateway's key.
func NewCertificates(app, gateway *rsa.PublicKey, now time.Time) (Certificates, error) {
	issuer, err := newIssuer(now)
	if err != nil {
		return Certificates{}, err
	}
	var made Certificates
	if made.App, made.AppSN, err = issuer.issue("simulated app 模拟应用", app, now); err != nil {
		return Certificates{}, err
	}
	if made.Alipay, made.AlipaySN, err = issuer.issue("simulated alipay 模拟支付宝", gateway, now); err != nil {
		return Certificates{}, err
	}
	made.Root, made.RootSN = encodeCertificate(issuer.root.Raw), serialName(issuer.root)
	return made, nil
}

type issuer struct {
	key  *rsa.PrivateKey
	root *x509.Certificate
}

func newIssuer(now time.Time) (issuer, error) {
	key, err := GenerateKey()
	if err != nil {
		return issuer{}, err
	}
	draft := draftOf("simulated root 模拟根证书", now)
	draft.IsCA, draft.BasicConstraintsValid = true, true
	made := issuer{key: key, root: draft}
	made.root, err = made.sign(draft, &key.PublicKey)
	return made, err
}

func (i issuer) issue(name string, key *rsa.PublicKey, now time.Time) (text, serial string, err error) {
	cert, err := i.sign(draftOf(name, now), key)
	if err != nil {
		return "", "", err
	}
	return encodeCertificate(cert.Raw), serialName(cert), nil
}

func (i issuer) sign(draft *x509.Certificate, key *rsa.PublicKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, draft, i.root, key, i.key)
	if err != nil {
		return nil, fmt.Errorf("issuing a certificate: %w", err)
	}
	return x509.ParseCertificate(der)
}

func draftOf(name string, now time.Time) *x509.Certificate {
	serial, _ := new(big.Int).SetString(randomID(), 16)
	return &x509.Certificate{
		SerialNumber:       serial,
		Subject:            pkix.Name{CommonName: name, Organization: []string{"Renzheng sandbox"}},
		NotBefore:          now.Add(-time.Hour),
		NotAfter:           now.Add(certificateLife),
		SignatureAlgorithm: x509.SHA256WithRSA,
	}
}

// serialName is Alipay's name of a certificate.
func serialName(cert *x509.Certificate) string {
	sum := md5.Sum([]byte(cert.Issuer.String() + cert.SerialNumber.String()))
	return hex.EncodeToString(sum[:])
}

func encodeCertificate(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

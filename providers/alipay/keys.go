package alipay

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"renzheng/setting"
)

const leastKeyBits = 2048 // what sign_type RSA2 asks

// errNoAlipayKey reports that answers could not be verified.
var errNoAlipayKey = setting.Errorf("AlipayPublicKey", "is missing, and so are the three certificates; one of the two is required")

// keys are those of a configuration, in the format that the SDK expects.
type keys struct {
	privateKey   string // PKCS #1, PEM
	alipayKey    string // PKIX, PEM; "" in certificate mode
	certificates certificates
}

type certificates struct{ app, root, alipay string } // PEM

// readKeys reads the key material of either mode. Errors name fields but not their
// content.
func (c Config) readKeys() (keys, error) {
	anyCert := c.AppCert != "" || c.RootCert != "" || c.AlipayCert != ""
	private, err := parsePrivateKey(c.PrivateKey.Reveal())
	if err != nil {
		err = setting.Wrap("PrivateKey", err)
		if c.AlipayPublicKey == "" && !anyCert {
			err = errors.Join(err, errNoAlipayKey)
		}
		return keys{}, err
	}
	k := keys{privateKey: encodePEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(private))}
	switch {
	case anyCert && c.AlipayPublicKey != "":
		return keys{}, setting.Errorf("AlipayPublicKey", "must not be set together with certificates")
	case anyCert:
		k.certificates, err = c.readCertificates(&private.PublicKey)
		return k, err
	case c.AlipayPublicKey == "":
		return keys{}, errNoAlipayKey
	}
	public, err := parsePublicKey(c.AlipayPublicKey)
	if err != nil {
		return keys{}, setting.Wrap("AlipayPublicKey", err)
	}
	if public.Equal(&private.PublicKey) {
		// The most frequent mistake: with it every answer would look forged.
		return keys{}, setting.Errorf("AlipayPublicKey", "must be the key of Alipay, not the application's own")
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return keys{}, fmt.Errorf("encoding Alipay's public key: %w", err)
	}
	k.alipayKey = encodePEM("PUBLIC KEY", der)
	return k, nil
}

func (c Config) readCertificates(own *rsa.PublicKey) (certificates, error) {
	app, appKey, appErr := readCertificate("AppCert", c.AppCert)
	alipay, _, alipayErr := readCertificate("AlipayCert", c.AlipayCert)
	root, _, rootErr := readCertificate("RootCert", c.RootCert)
	if appErr == nil && !appKey.Equal(own) {
		appErr = setting.Errorf("AppCert", "must be the certificate of the private key")
	}
	return certificates{app: app, root: root, alipay: alipay}, errors.Join(appErr, alipayErr, rootErr)
}

// readCertificate returns the PEM of a certificate or bundle and the RSA key of
// its first certificate.
func readCertificate(field, source string) (string, *rsa.PublicKey, error) {
	text, err := pathOrContent(source)
	if err != nil {
		return "", nil, setting.Errorf(field, "cannot be read")
	}
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return "", nil, setting.Errorf(field, "must be PEM")
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return "", nil, setting.Errorf(field, "must be an X.509 certificate")
	}
	key, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return "", nil, setting.Errorf(field, "must have an RSA key in its first certificate")
	}
	return text, key, nil
}

func pathOrContent(source string) (string, error) {
	if strings.Contains(source, "-----BEGIN") {
		return source, nil
	}
	text, err := os.ReadFile(source) //nolint:gosec // G304: the path is the operator's own configuration
	return string(text), err
}

func parsePrivateKey(text string) (*rsa.PrivateKey, error) {
	der, err := derOf(text)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		parsed, err8 := x509.ParsePKCS8PrivateKey(der)
		rsaKey, ok := parsed.(*rsa.PrivateKey)
		if err8 != nil || !ok {
			return nil, errors.New("must be an RSA key in PKCS #1 or #8")
		}
		key = rsaKey
	}
	if key.N.BitLen() < leastKeyBits {
		return nil, fmt.Errorf("must have %d bits or more", leastKeyBits)
	}
	return key, nil
}

func parsePublicKey(text string) (*rsa.PublicKey, error) {
	der, err := derOf(text)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParsePKIXPublicKey(der)
	key, ok := parsed.(*rsa.PublicKey)
	if err != nil || !ok {
		return nil, errors.New("must be an RSA key in PKIX")
	}
	return key, nil
}

// derOf decodes PEM, or the bare base64 that Alipay's console shows.
func derOf(text string) ([]byte, error) {
	if text == "" {
		return nil, errors.New("must be set")
	}
	if block, _ := pem.Decode([]byte(text)); block != nil {
		return block.Bytes, nil
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, errors.New("must be PEM or base64")
	}
	return der, nil
}

func encodePEM(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

package alipaytest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

func (g *Gateway) write(w http.ResponseWriter, r reply) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Header().Set("trace_id", randomID())
	_, _ = w.Write(g.Envelope(r.node, r.value)) // the client may have left
}

// Envelope signs a response value and puts it into an answer, byte for byte.
func (g *Gateway) Envelope(node string, value []byte) []byte {
	return assemble(node, value, g.sign(value), g.certSN())
}

// certSN returns the serial number of the gateway's certificate, or "" in key mode.
func (g *Gateway) certSN() string {
	if g.options.Certificates == nil {
		return ""
	}
	return g.options.Certificates.AlipaySN
}

func (g *Gateway) sign(value []byte) string {
	digest := sha256.Sum256(value)
	signature, err := rsa.SignPKCS1v15(rand.Reader, g.key, crypto.SHA256, digest[:])
	if err != nil {
		return "" // a key that New took signs
	}
	return base64.StdEncoding.EncodeToString(signature)
}

// assemble writes the answer by hand: a JSON encoder would change the bytes
// that were signed.
func assemble(node string, value []byte, signature, certSN string) []byte {
	var b strings.Builder
	b.WriteString(`{"` + node + `":`)
	b.Write(value)
	if certSN != "" {
		b.WriteString(`,"alipay_cert_sn":"` + certSN + `"`)
	}
	if signature != "" {
		b.WriteString(`,"sign":"` + signature + `"`)
	}
	b.WriteString("}")
	return []byte(b.String())
}

package alipaytest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// reply is an answer before it is signed. The zero value means "none yet".
type reply struct {
	node   string // error_response or <method>_response
	value  []byte // JSON
	silent bool   // the platform decided, and nobody hears of it
}

type fields map[string]any

func success(method string, f fields) reply {
	f["code"], f["msg"] = "10000", "Success"
	return answering(method, f)
}

// failure is a refusal by the call itself.
func failure(method, subCode string) reply {
	return answering(method, fields{"code": "40004", "msg": "Business Failed", "sub_code": subCode})
}

// refusal returns an error of the gateway, before the call is made. It is in the
// node of the call, or in error_response for an unknown call and for the exchange
// of a code.
func refusal(method, code, subCode string) reply {
	node := "error_response"
	switch method {
	case methodProfile, methodInitialize, methodCertify, methodQuery:
		node = nodeOf(method)
	}
	return encoded(node, fields{"code": code, "msg": "Refused", "sub_code": subCode})
}

func answering(method string, f fields) reply {
	return encoded(nodeOf(method), f)
}

func nodeOf(method string) string { return strings.ReplaceAll(method, ".", "_") + "_response" }

func encoded(node string, f fields) reply {
	value, err := json.Marshal(f)
	if err != nil {
		value = []byte("{}") // strings and booleans only: it does not happen
	}
	return reply{node: node, value: value}
}

// dispatch runs a call that the gateway let through.
func (g *Gateway) dispatch(method string, p url.Values) reply {
	if refused := g.check(p); refused.node != "" {
		return refused
	}
	switch method {
	case methodToken:
		return g.token(p)
	case methodProfile:
		return g.profile(p)
	case methodInitialize:
		return g.initialize(p)
	case methodQuery:
		return g.query(p)
	}
	return refusal(method, "40002", "isv.invalid-method")
}

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

package agencytest

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"net/http"
	"regexp"
	"time"
)

var nonceInInput = regexp.MustCompile(`;nonce="([^"]*)"`)

// sealed signs an answer as the contract says, but for its breach. Where the
// request had no signature there is nothing to bind to, and none is made.
func (g *Gateway) sealed(r *http.Request, a spoken, body []byte) kept {
	k := kept{status: a.status, header: http.Header{}, body: body}
	requestSignature := r.Header.Get("Signature")
	if requestSignature == "" || a.fate.Breach == Unsigned {
		return k
	}
	s := signature{components: answerComponents(), created: g.options.Clock(), keyID: g.options.Keys.GatewayID}
	if found := nonceInInput.FindStringSubmatch(r.Header.Get("Signature-Input")); found != nil {
		s.nonce = found[1]
	}
	key, status := g.key, a.status
	apply(a.fate.Breach, map[Breach]func(){
		WrongKey:     func() { key = strangersKey() },
		UnknownKey:   func() { s.keyID = "nobody" },
		Late:         func() { s.created = s.created.Add(-2 * time.Minute) },
		Early:        func() { s.created = s.created.Add(2 * time.Minute) },
		OtherNonce:   func() { s.nonce = "another-nonce-than-the-request" },
		Unbound:      func() { s.components = []string{`"@status"`, `"content-digest"`} },
		Undigested:   func() { s.components = []string{`"@status"`, `"signature";req`} },
		StatusDiffer: func() { status++ },
	})
	k.header.Set("Content-Digest", contentDigest(body))
	if err := s.apply(k.header, answerValues(status, k.header.Get("Content-Digest"), requestSignature), key); err != nil {
		panic(http.ErrAbortHandler)
	}
	apply(a.fate.Breach, map[Breach]func(){
		Altered:     func() { k.body = bytes.Replace(body, []byte(`{`), []byte(`{ `), 1) },
		TwoSignings: func() { k.header.Set("Signature", "sig1=:AAAA:, "+k.header.Get("Signature")) },
	})
	return k
}

func strangersKey() crypto.Signer {
	seed := sha256.Sum256([]byte("another key"))
	return ed25519.NewKeyFromSeed(seed[:])
}

// apply does what a breach is, if it is among these.
func apply(b Breach, ways map[Breach]func()) {
	if way, ok := ways[b]; ok {
		way()
	}
}

// falsify breaks what is signed.
func falsify(b Breach, body map[string]any) {
	apply(b, map[Breach]func(){
		OtherAttempt: func() { body["attempt_id"] = "att_of_somebody_else" },
		Lifeless:     func() { delete(body, "liveness") },
		Spoof:        func() { body["liveness"] = "failed" },
		OtherPerson: func() {
			if document, ok := body["document"].(map[string]any); ok {
				document["name"] = "另一人"
			}
		},
		OtherAccount: func() { body["account"] = map[string]any{"kind": "open_id", "id": "somebody-else"} },
		OtherPage:    func() { body["page_url"] = "https://elsewhere.example.org/face/x" },
	})
}

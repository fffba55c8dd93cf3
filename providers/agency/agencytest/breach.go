package agencytest

import (
	"bytes"
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
	switch a.fate.Breach {
	case WrongKey:
		other := sha256.Sum256([]byte("another key"))
		key = ed25519.NewKeyFromSeed(other[:])
	case UnknownKey:
		s.keyID = "nobody"
	case Late:
		s.created = s.created.Add(-2 * time.Minute)
	case Early:
		s.created = s.created.Add(2 * time.Minute)
	case OtherNonce:
		s.nonce = "another-nonce-than-the-request"
	case Unbound:
		s.components = []string{`"@status"`, `"content-digest"`}
	case Undigested:
		s.components = []string{`"@status"`, `"signature";req`}
	case StatusDiffer:
		status++
	default: // the others break what is signed, or after it
	}
	k.header.Set("Content-Digest", contentDigest(body))
	if err := s.apply(k.header, answerValues(status, k.header.Get("Content-Digest"), requestSignature), key); err != nil {
		panic(http.ErrAbortHandler)
	}
	switch a.fate.Breach {
	case Altered:
		k.body = bytes.Replace(body, []byte(`{`), []byte(`{ `), 1)
	case TwoSignings:
		k.header.Set("Signature", k.header.Get("Signature")+", sig1=:AAAA:")
	default:
	}
	return k
}

// falsify breaks what is signed.
func falsify(b Breach, body map[string]any) {
	switch b {
	case OtherAttempt:
		body["attempt_id"] = "att_of_somebody_else"
	case Lifeless:
		delete(body, "liveness")
	case Spoof:
		body["liveness"] = "failed"
	case OtherPerson:
		if document, is := body["document"].(map[string]any); is {
			document["name"] = "另一人"
		}
	case OtherAccount:
		body["account"] = map[string]any{"kind": "open_id", "id": "somebody-else"}
	case OtherPage:
		body["page_url"] = "https://elsewhere.example.org/face/x"
	default: // the others break the signature
	}
}

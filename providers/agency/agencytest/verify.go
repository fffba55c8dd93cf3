package agencytest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/yaronf/httpsign"
)

const label = "sig1"

// said is what a signature says of itself.
type said struct {
	created time.Time
	keyID   string
	nonce   string
}

// exchange is a request and, where there is one, its answer.
type exchange struct {
	method    string
	url       *url.URL // with the authority that is signed
	header    http.Header
	status    int
	answer    http.Header
	authority string
}

// verifyRequest reports whether the key signed the request as the contract says.
func (e exchange) verifyRequest(key crypto.PublicKey) (said, error) {
	fields := httpsign.Headers("@method", "@authority", "@path", "@query", "content-digest")
	message, err := httpsign.NewMessage(httpsign.NewMessageConfig().
		WithMethod(e.method).WithURL(e.url).WithHeaders(e.header).WithAuthority(e.authority).WithScheme(e.url.Scheme))
	if err != nil {
		return said{}, err
	}
	return verify(message, key, fields)
}

// verifyAnswer reports whether the key signed the answer to this very request.
func (e exchange) verifyAnswer(key crypto.PublicKey) (said, error) {
	fields := *httpsign.NewFields().AddHeader("@status").AddHeader("content-digest").
		AddHeaderExt("signature", false, false, true, false)
	message, err := httpsign.NewMessage(httpsign.NewMessageConfig().
		WithStatusCode(e.status).WithHeaders(e.answer).
		WithAssociatedRequest(e.method, e.url, e.header, e.authority, e.url.Scheme))
	if err != nil {
		return said{}, err
	}
	return verify(message, key, fields)
}

// verify leaves the time to the caller: the library's own clock cannot be set.
func verify(message *httpsign.Message, key crypto.PublicKey, fields httpsign.Fields) (said, error) {
	config := httpsign.NewVerifyConfig().SetVerifyCreated(false).SetRejectExpired(false)
	var verifier *httpsign.Verifier
	var err error
	switch public := key.(type) {
	case ed25519.PublicKey:
		verifier, err = httpsign.NewEd25519Verifier(public, config, fields)
	case *ecdsa.PublicKey:
		verifier, err = httpsign.NewP256Verifier(*public, config, fields)
	default:
		err = errors.New("no verifier for a key")
	}
	if err != nil {
		return said{}, err
	}
	details, err := message.Verify(label, *verifier)
	if err != nil {
		return said{}, err
	}
	if details.Created == nil || details.KeyID == "" || details.Nonce == nil {
		return said{}, errors.New("created, keyid or nonce is missing")
	}
	return said{*details.Created, details.KeyID, *details.Nonce}, nil
}

// digestFits reports whether Content-Digest is that of the body.
func digestFits(header http.Header, body []byte) bool {
	reader := io.NopCloser(bytes.NewReader(body))
	return httpsign.ValidateContentDigestHeader(header.Values("Content-Digest"), &reader, []string{httpsign.DigestSha256}) == nil
}

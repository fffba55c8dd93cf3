package registry

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/yaronf/httpsign"

	"renzheng/strictjson"
)

// The algorithms by which a registry may sign, as RFC 9421 names them. Both are
// asymmetric, so that nothing that this service stores can sign a request.
const (
	algEd25519 = "ed25519"
	algP256    = "ecdsa-p256-sha256"
)

var keyShape = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestKey is a public key by which one registry signs requests, with its only
// algorithm.
type requestKey struct {
	id         string
	registryID string
	alg        string
	until      time.Time        // when its requests are no longer believed; zero = never
	public     crypto.PublicKey // ed25519.PublicKey or *ecdsa.PublicKey, as alg says
}

// place is the position of a key in the file.
type place struct{ registryID, at string }

func (b *Directory) addKey(r *reader, raw []byte, p place) {
	object := r.Object(raw, p.at, strictjson.Names{Required: []string{"id", "alg", "public_key"}, Optional: []string{"until"}})
	if object == nil {
		return
	}
	key := requestKey{
		id: r.shaped(object["id"], p.at+"/id", keyShape), registryID: p.registryID,
		alg: r.Text(object["alg"], p.at+"/alg"),
	}
	if object["until"] != nil {
		key.until = r.moment(object["until"], p.at+"/until")
	}
	if _, twice := b.keys[key.id]; twice && key.id != "" {
		r.Add(p.at+"/id", "is another key's")
	}
	if object["alg"] != nil && key.alg != algEd25519 && key.alg != algP256 {
		r.Add(p.at+"/alg", "must be "+algEd25519+" or "+algP256)
		return
	}
	if object["public_key"] == nil || object["alg"] == nil {
		return
	}
	text, ok := r.publicText(object["public_key"], p.at+"/public_key")
	if !ok {
		return
	}
	if key.public, ok = readPublic(text, key.alg); !ok {
		r.Add(p.at+"/public_key", "is not one PEM block PUBLIC KEY with a key for "+key.alg)
		return
	}
	for _, other := range b.keys {
		if key.equal(other) {
			r.Add(p.at+"/public_key", "is in the file twice")
		}
	}
	b.keys[key.id] = key
}

// publicText returns a text that is not secret and is given here or in a file, which
// every user of the machine may read.
func (r *reader) publicText(raw []byte, at string) (text string, ok bool) {
	text = r.Text(raw, at)
	path, isFile := strings.CutPrefix(text, filePrefix)
	if !isFile {
		return text, true
	}
	r.files = append(r.files, path)
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		r.unread(at, err)
		return "", false
	}
	return string(content), true
}

// readPublic returns the key of a PEM text if it is one for the algorithm.
func readPublic(text, alg string) (crypto.PublicKey, bool) {
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != "PUBLIC KEY" || strings.TrimSpace(string(rest)) != "" {
		return nil, false
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, false
	}
	switch key := public.(type) {
	case ed25519.PublicKey:
		return key, alg == algEd25519
	case *ecdsa.PublicKey:
		return key, alg == algP256 && key.Curve == elliptic.P256()
	default:
		return nil, false
	}
}

func (k requestKey) equal(other requestKey) bool {
	switch public := k.public.(type) {
	case ed25519.PublicKey:
		return public.Equal(other.public)
	case *ecdsa.PublicKey:
		return public.Equal(other.public)
	default:
		return false
	}
}

// verifier returns a verifier of signatures over at least these components. It
// does not use the library's own clock, which cannot be set.
func (k requestKey) verifier(components []string) (*httpsign.Verifier, error) {
	config := httpsign.NewVerifyConfig().SetVerifyCreated(false).SetRejectExpired(false).SetKeyID(k.id)
	fields := httpsign.Headers(components...)
	switch public := k.public.(type) {
	case ed25519.PublicKey:
		return httpsign.NewEd25519Verifier(public, config, fields)
	case *ecdsa.PublicKey:
		return httpsign.NewP256Verifier(*public, config, fields)
	default:
		return nil, errors.New("no verifier for the algorithm of a key")
	}
}

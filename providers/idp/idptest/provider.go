package idptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const (
	codeLife  = time.Minute
	tokenLife = 5 * time.Minute
)

// Options of a Provider. All are required.
type Options struct {
	Issuer       string // address under which the handler is reached, without a slash at its end
	ClientID     string
	ClientSecret string
	Redirects    []string // exact
	SignedOut    string   // the only post_logout_redirect_uri
	Logouts      string   // where logout tokens are sent
	Members      []Member
	Clock        func() time.Time
}

// Member is somebody who can sign in.
type Member struct {
	Subject  string
	Name     string
	Roles    []string
	Office   string // "" = no claim
	Document string // number of the resident ID; "" = no claim
	Explain  string // what the member may do, for the page
}

// Provider is the simulated identity provider. Safe for concurrent use.
type Provider struct {
	options Options
	mux     *http.ServeMux
	client  *http.Client

	mu     sync.Mutex // guards what follows
	key    *ecdsa.PrivateKey
	keyID  string
	codes  map[string]grant
	change func(claims map[string]any)
	sids   map[string]string // sub by sid
}

// grant is a code that was issued.
type grant struct {
	member    Member
	sid       string
	redirect  string
	challenge string
	nonce     string
	factor    bool
	aged      bool // max_age was sent
	at        time.Time
	used      bool
}

// New returns a provider with a key of its own.
func New(o Options) (*Provider, error) {
	p := &Provider{options: o, codes: map[string]grant{}, sids: map[string]string{}, client: &http.Client{Timeout: 5 * time.Second}}
	if err := p.Rotate(); err != nil {
		return nil, err
	}
	p.mux = http.NewServeMux()
	p.mux.HandleFunc("GET /.well-known/openid-configuration", p.serveMetadata)
	p.mux.HandleFunc("GET /jwks", p.serveKeys)
	p.mux.HandleFunc("GET /authorize", p.serveAuthorize)
	p.mux.HandleFunc("POST /authorize", p.serveChosen)
	p.mux.HandleFunc("POST /token", p.serveToken)
	p.mux.HandleFunc("GET /end-session", p.serveEndSession)
	return p, nil
}

// ServeHTTP serves the provider at its issuer's path.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

// Rotate replaces the signing key.
func (p *Provider) Rotate() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key, p.keyID = key, rand.Text()
	return nil
}

// Change makes every ID token pass through a function, which may spoil it. nil = none.
func (p *Provider) Change(change func(claims map[string]any)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.change = change
}

func (p *Provider) signer() (jose.Signer, error) {
	p.mu.Lock()
	key := jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: p.key, KeyID: p.keyID}}
	p.mu.Unlock()
	signer, err := jose.NewSigner(key, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return nil, fmt.Errorf("making a signer: %w", err)
	}
	return signer, nil
}

func (p *Provider) member(subject string) (Member, bool) {
	for _, m := range p.options.Members {
		if m.Subject == subject {
			return m, true
		}
	}
	return Member{}, false
}

// Issuer returns the provider's issuer.
func (p *Provider) Issuer() string { return p.options.Issuer }

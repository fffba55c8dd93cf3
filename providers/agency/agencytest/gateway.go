package agencytest

import (
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"

	"renzheng/providers/fakes"
)

const (
	maxSkew     = 60 * time.Second
	sessionTime = 10 * time.Minute
)

// Options of a Gateway. Keys and Clock are required.
type Options struct {
	Keys     Keys
	Clock    func() time.Time
	PageBase string                  // where its face pages are reached, without a slash at the end; "" = where the call came
	Fate     func(Call, Person) Fate // nil: everything passes
}

// Gateway is an authority's gateway. Safe for concurrent use.
type Gateway struct {
	options Options
	client  crypto.PublicKey
	key     crypto.Signer
	routes  http.Handler

	mu       sync.Mutex
	nonces   map[string]time.Time
	checks   map[string]check    // by attempt id
	sessions map[string]*session // by attempt id
	last     map[Call]kept
}

// kept is an answer, for Replayed.
type kept struct {
	status int
	header http.Header
	body   []byte
}

var _ http.Handler = (*Gateway)(nil)

// New returns a gateway, or says what its options lack.
func New(o Options) (*Gateway, error) {
	client, clientErr := readPublic(o.Keys.ClientPublic)
	key, keyErr := readPrivate(o.Keys.GatewayKey)
	if err := errors.Join(clientErr, keyErr); err != nil {
		return nil, fmt.Errorf("agencytest: %w", err)
	}
	if o.Clock == nil {
		return nil, errors.New("agencytest: requires a clock")
	}
	if o.Fate == nil {
		o.Fate = func(Call, Person) Fate { return Fate{} }
	}
	g := &Gateway{
		options: o, client: client, key: key, nonces: map[string]time.Time{}, checks: map[string]check{},
		sessions: map[string]*session{}, last: map[Call]kept{},
	}
	routes := http.NewServeMux()
	routes.HandleFunc("PUT /v1/document-checks/{attempt}", g.serveDocument)
	routes.HandleFunc("PUT /v1/face-sessions/{attempt}", g.serveStart)
	routes.HandleFunc("GET /v1/face-sessions/{attempt}", g.serveQuery)
	routes.HandleFunc("GET /face/{token}", g.servePage)
	routes.HandleFunc("POST /face/{token}", g.serveFace)
	g.routes = routes
	return g, nil
}

// ServeHTTP answers calls and shows face pages.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.routes.ServeHTTP(w, r) }

// spoken is an answer before it is signed.
type spoken struct {
	status int
	body   map[string]any
	fate   Fate
	call   Call
}

func refusal(status int, code string) spoken {
	return spoken{status: status, body: map[string]any{"code": code}}
}

// admit reads the body of a request whose signature holds, or returns the refusal.
func (g *Gateway) admit(w http.ResponseWriter, r *http.Request) ([]byte, *spoken) {
	body, err := fakes.ReadBody(w, r)
	code := "request_invalid"
	if err == nil {
		code = g.distrust(r, body)
	}
	switch code {
	case "":
		return body, nil
	case "request_invalid":
		refused := refusal(http.StatusUnprocessableEntity, code)
		return nil, &refused
	}
	refused := refusal(http.StatusUnauthorized, code)
	return nil, &refused
}

// distrust returns the contract's code for what is wrong with a signature, or "".
func (g *Gateway) distrust(r *http.Request, body []byte) string {
	if r.Header.Get("Signature") == "" || r.Header.Get("Signature-Input") == "" {
		return "signature_missing"
	}
	target := *r.URL
	target.Scheme, target.Host = "http", r.Host
	e := exchange{method: r.Method, url: &target, header: r.Header, authority: r.Host}
	claim, err := e.verifyRequest(g.client)
	switch {
	case err != nil:
		return "signature_invalid"
	case claim.keyID != g.options.Keys.ClientID:
		return "key_unknown"
	case !digestFits(r.Header, body):
		return "digest_mismatch"
	case g.options.Clock().Sub(claim.created).Abs() > maxSkew:
		return "signature_stale"
	case !g.useNonce(claim.nonce, claim.created):
		return "signature_replayed"
	}
	return ""
}

// useNonce forgets nonces that no time would let pass again.
func (g *Gateway) useNonce(nonce string, created time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for old, since := range g.nonces {
		if g.options.Clock().Sub(since) > 2*maxSkew {
			delete(g.nonces, old)
		}
	}
	if _, ok := g.nonces[nonce]; ok || nonce == "" {
		return false
	}
	g.nonces[nonce] = created
	return true
}

// answer lets an answer go its way.
func (g *Gateway) answer(w http.ResponseWriter, r *http.Request, a spoken) {
	fakes.Hold(r, a.fate.Delay)
	switch a.fate.Delivery {
	case fakes.Hung:
		fakes.Hang(r)
	case fakes.Cut:
		panic(http.ErrAbortHandler)
	case fakes.Answered, fakes.Garbled, fakes.Lost:
	}
	a.body["reference"] = fakes.UUID()
	body, err := json.Marshal(a.body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if a.fate.Delivery == fakes.Garbled {
		body = body[:len(body)/2]
	}
	g.write(w, g.sealed(r, a, body), a)
}

func (g *Gateway) write(w http.ResponseWriter, k kept, a spoken) {
	g.mu.Lock()
	before, ok := g.last[a.call]
	g.last[a.call] = k
	g.mu.Unlock()
	if a.fate.Breach == Replayed && ok {
		k = before
	}
	maps.Copy(w.Header(), k.header)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(k.status)
	_, _ = w.Write(k.body) // the caller may have left
}

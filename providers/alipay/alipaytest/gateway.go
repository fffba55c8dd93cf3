package alipaytest

import (
	"crypto/rsa"
	"errors"
	"net/http"
	"sync"

	"renzheng/providers/fakes"
)

// Gateway is the simulated platform. Safe for concurrent use.
type Gateway struct {
	options   Options
	key       *rsa.PrivateKey
	faults    fakes.Faults[Fault]
	publicKey string

	mu      sync.Mutex
	codes   map[string]*authCode
	tokens  map[string]accessToken
	orders  map[string]bool
	certs   map[string]*certification
	faces   map[string]int // how many faces were shown for a name and number
	counted map[string]int
}

// New makes a gateway. Errors: a required option is missing.
func New(options Options) (*Gateway, error) {
	if options.AppID == "" || options.AppKey == nil || options.Clock == nil {
		return nil, errors.New("alipaytest: app id, app key and clock are required")
	}
	if options.Persons == nil {
		options.Persons = func(string) (Person, bool) { return Person{}, false }
	}
	if options.Fate == nil {
		options.Fate = func(string, string) fakes.FaceFate { return fakes.FaceFate{} }
	}
	if options.Key == nil {
		key, err := GenerateKey()
		if err != nil {
			return nil, err
		}
		options.Key = key
	}
	publicKey, err := EncodePublicKey(&options.Key.PublicKey)
	if err != nil {
		return nil, err
	}
	return &Gateway{
		options: options, key: options.Key, publicKey: publicKey,
		codes: map[string]*authCode{}, tokens: map[string]accessToken{},
		orders: map[string]bool{}, certs: map[string]*certification{}, faces: map[string]int{},
		counted: map[string]int{},
	}, nil
}

// PublicKey returns the gateway's key in the form of Alipay's console.
func (g *Gateway) PublicKey() string { return g.publicKey }

// Handler serves:
//
//	POST /gateway.do    the calls
//	GET  /gateway.do    the face page, for the signed link
//	POST /sandbox/face  what the person did there: certify_id, open_id, action
//	POST /sandbox/code  an authorization code: open_id, scope → {"auth_code"}
func (g *Gateway) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /gateway.do", g.serveCall)
	mux.HandleFunc("GET /gateway.do", g.servePage)
	mux.HandleFunc("POST /sandbox/face", g.serveFace)
	mux.HandleFunc("POST /sandbox/code", g.serveCode)
	return mux
}

// serveCall answers one call. What the call does happens before a fault of its
// method spoils the answer: the worst order, and the one that real faults have.
func (g *Gateway) serveCall(w http.ResponseWriter, r *http.Request) {
	p, err := parameters(w, r)
	if err != nil {
		g.write(w, refusal("", "40002", "isv.invalid-parameter"))
		return
	}
	method := p.Get("method")
	g.mu.Lock()
	g.counted[method]++
	g.mu.Unlock()
	result := g.dispatch(method, p)
	if fault, ok := g.faults.Take(method); ok {
		g.spoil(w, r, result, fault)
		return
	}
	if result.silent {
		<-r.Context().Done()
		return
	}
	g.write(w, result)
}

// Calls tells how many calls of a method arrived, good or bad.
func (g *Gateway) Calls(method string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.counted[method]
}

package bff

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"renzheng/session"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// Deps is what an API needs. TrustedProxies, ProxyHeader, AdminHosts and Away are optional.
type Deps struct {
	Sessions      *session.Service
	Verifications *verification.Service
	Todos         *todo.Service
	Support       *support.Service
	Gate          RegistryGate

	JWKS  func() []byte                   // public keys of receipts, RFC 7517
	Ready func(ctx context.Context) error // an error if the database cannot serve; has its own time limit
	Away  func(err error) bool            // whether an error says that the database cannot serve for now; nil = never

	Web Web // the client in a browser; the zero value = none

	Version        string   // of the program; shown by the probes and the metrics
	Environment    string   // "production" or "sandbox"; said by the probes
	Issuer         string   // https address of this service, or sandbox://…
	TrustedProxies []string // networks (CIDR) of the proxies that are trusted to name the client; none by default
	ProxyHeader    string   // the header in which they name it: HeaderForwardedFor or HeaderForwarded; "" = the former
	AdminHosts     []string // names under which the operator reaches Admin, besides localhost and IP addresses
	RequestsPerMin int      // per client address, before 429

	Clock      func() time.Time
	Rand       io.Reader // for concurrent use, as crypto/rand.Reader is
	Logger     *slog.Logger
	Registerer *prometheus.Registry
}

// API is the HTTP edge. Safe for concurrent use.
type API struct {
	deps    Deps
	engine  *gin.Engine
	huma    huma.API
	limiter *limiter
	proxies forwarding

	readiness readiness
	metrics   metrics

	problems  map[string]problemKind // by code
	kinds     []errorKind
	rules     []ruleMessage
	templates map[string]string // of the contract, by those of the router

	headers    []fixedHeader
	languages  map[string][]string // Content-Language
	docsPolicy []string
	contract   contract
	files      map[string]webFile // of the web client
	sameOrigin *http.CrossOriginProtection
	buffers    sync.Pool
}

// New returns an API on its dependencies.
func New(d Deps) (*API, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	return build(d)
}

// check reports everything that is missing.
func (d Deps) check() error {
	var problems []error
	for name, there := range map[string]bool{
		"sessions": d.Sessions != nil, "verifications": d.Verifications != nil, "todos": d.Todos != nil,
		"support": d.Support != nil, "gate": d.Gate != nil, "key set": d.JWKS != nil, "readiness": d.Ready != nil,
		"clock": d.Clock != nil, "randomness": d.Rand != nil, "logger": d.Logger != nil,
		"metrics registry": d.Registerer != nil, "request limit": d.RequestsPerMin > 0,
		"version": d.Version != "",
	} {
		if !there {
			problems = append(problems, errors.New("no "+name))
		}
	}
	return errors.Join(append(problems, d.Web.check())...)
}

// build makes an API from what there is: for the contract alone nothing is.
func build(d Deps) (*API, error) {
	a := &API{
		deps: d, readiness: readiness{ask: d.Ready, clock: d.Clock}, problems: kindsByCode(), kinds: problemOfKind(), rules: rulesByMessage(),
		templates: map[string]string{}, headers: fixedHeaders(d.Issuer),
		languages:  map[string][]string{chinese: {chinese}, traditional: {traditional}, english: {english}},
		docsPolicy: []string{docsCSP},
	}
	a.limiter = newLimiter(d.RequestsPerMin, d.Clock)
	var err error
	if a.proxies, err = newForwarding(d.TrustedProxies, cmp.Or(d.ProxyHeader, HeaderForwardedFor)); err != nil {
		return nil, err
	}
	if a.metrics, err = newMetrics(d.Registerer, d.Version); err != nil {
		return nil, err
	}
	if a.files, err = loadWeb(d.Web.Files); err != nil {
		return nil, err
	}
	if a.sameOrigin, err = sameOriginOnly(d.Web); err != nil {
		return nil, err
	}
	a.engine = a.newEngine()
	a.huma = humagin.New(a.engine, a.config())
	a.routes()
	if a.contract, err = a.newContract(); err != nil {
		return nil, err
	}
	return a, nil
}

// newEngine gives a router without anything of its own but routing.
func (a *API) newEngine() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.HandleMethodNotAllowed = true
	engine.ForwardedByClientIP = false // forwarding reads more forms of the headers than Gin does
	engine.Use(a.edge)
	engine.NoRoute(a.elsewhere)
	engine.NoMethod(func(g *gin.Context) { a.abort(g, a.newProblem(callOf(g.Request.Context()), codeMethod)) })
	return engine
}

// Public is for everybody: the API, its contract and its documentation.
func (a *API) Public() http.Handler { return a.engine }

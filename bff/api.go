package bff

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"renzheng/appeal"
	"renzheng/appointment"
	"renzheng/bff/problem"
	"renzheng/receipt"
	"renzheng/rights"
	"renzheng/session"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// Deps is what an API needs. Subscribers, TrustedProxies, ProxyHeader, AdminHosts, Away, Fenced, Epoch and Trace are optional.
type Deps struct {
	Sessions      *session.Service
	Verifications *verification.Service
	Todos         *todo.Service
	Support       *support.Service
	Rights        *rights.Service
	Appeals       *appeal.Service
	Appointments  *appointment.Service
	Subscribers   *subscriber.Service // nil if nobody can register: then there is no route to it
	Registries    RegistryVerifier

	JWKS  func() []byte                   // public keys of receipts, RFC 7517
	Ready func(ctx context.Context) error // an error if the database cannot serve; has its own time limit
	Away  func(err error) bool            // whether an error means that the database cannot serve for now; nil = never

	// Fenced returns why no request must be served until a restart, or nil. nil = never.
	Fenced func() error

	Epoch int64 // of the database, for registries; 0 = 1, the first

	Web       Web // the client in a browser; the zero value = none
	Authority Authority

	Version        string   // of the program; in the probes and the metrics
	Environment    string   // "production" or "sandbox"
	Issuer         string   // https address of this service, or sandbox://…
	TrustedProxies []string // networks (CIDR) of the proxies that are trusted to report the client; none by default
	ProxyHeader    string   // the header in which they report it: HeaderForwardedFor or HeaderForwarded; "" = the former
	AdminHosts     []string // names under which the operator reaches Admin, besides localhost and IP addresses
	RequestsPerMin int      // per client address, before 429

	Requests RequestCounter // nil = none

	Clock      func() time.Time
	Rand       io.Reader // for concurrent use, as crypto/rand.Reader is
	Logger     *slog.Logger
	Registerer *prometheus.Registry
	Trace      trace.TracerProvider // makes spans of requests; nil = none
}

// API is the HTTP edge. It is safe for concurrent use.
type API struct {
	deps      Deps
	engine    *gin.Engine
	templates map[string]string // paths of the contract, by those of Gin
	contract  *contract
}

// New returns an API on its dependencies.
func New(d Deps) (*API, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	return build(d)
}

// OpenAPI returns the contract, OpenAPI 3.1 as YAML. It needs no services.
func OpenAPI() ([]byte, error) {
	a, err := build(Deps{
		Clock: func() time.Time { return time.Time{} }, Rand: bytes.NewReader(nil),
		Subscribers: &subscriber.Service{}, // all routes
		Logger:      slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), RequestsPerMin: 1,
	})
	if err != nil {
		return nil, err
	}
	return a.contract.yaml()
}

// Public returns the handler for everybody: the API, its contract and its documentation.
func (a *API) Public() http.Handler { return a.engine }

// check reports everything that is missing.
func (d Deps) check() error {
	var problems []error
	for name, ok := range map[string]bool{
		"sessions": d.Sessions != nil, "verifications": d.Verifications != nil, "todos": d.Todos != nil,
		"support": d.Support != nil, "rights": d.Rights != nil, "verifier of registries": d.Registries != nil, "key set": d.JWKS != nil, "readiness": d.Ready != nil,
		"clock": d.Clock != nil, "randomness": d.Rand != nil, "logger": d.Logger != nil,
		"metrics registry": d.Registerer != nil, "request limit": d.RequestsPerMin > 0,
		"version": d.Version != "", "name of the authority": d.Authority.Name.Chinese != "",
	} {
		if !ok {
			problems = append(problems, errors.New("no "+name))
		}
	}
	return errors.Join(append(problems, d.Web.check())...)
}

// build returns an API. The contract alone needs no services.
func build(d Deps) (*API, error) {
	table, err := problem.Load()
	if err != nil {
		return nil, err
	}
	schemas := newSchemas()
	problems := problems{table: table, schemas: schemas, verifications: d.Verifications, away: d.Away, sandbox: d.Environment == string(receipt.Sandbox)}
	edge, err := newEdge(d, problems)
	if err != nil {
		return nil, err
	}
	engine, err := newEngine(d, edge)
	if err != nil {
		return nil, err
	}
	web, err := newWebSession(d.Web.Address)
	if err != nil {
		return nil, err
	}
	a := &API{deps: d, engine: engine, templates: edge.templates, contract: &contract{}}
	encoder := &encoder{}
	router := &router{
		api:      humagin.New(engine, humaConfig(encoder.format(), schemas, problems.replaceErrors)),
		problems: problems, templates: edge.templates,
	}
	for _, o := range operations(d.handlers(table), d.serviceHandlers(a.contract), newGuards(d.Sessions, web, d.Registries)) {
		router.add(o)
	}
	*a.contract = newContract(completed(router.api))
	return a, nil
}

func (d Deps) handlers(table problem.Table) *handlers {
	return &handlers{
		sessions: d.Sessions, verifications: d.Verifications, todos: d.Todos, support: d.Support, rights: d.Rights, appeals: d.Appeals, appointments: d.Appointments, subscribers: d.Subscribers,
		jwks: d.JWKS, web: d.Web, authority: d.Authority, epoch: max(d.Epoch, 1), problems: table, clock: d.Clock, rand: d.Rand,
	}
}

func (d Deps) serviceHandlers(c *contract) serviceHandlers {
	return serviceHandlers{
		probes: &probes{
			readiness: &readiness{ask: d.Ready, clock: d.Clock}, version: d.Version, environment: d.Environment, logger: d.Logger,
		},
		contract: c,
	}
}

func newEdge(d Deps, p problems) (*edge, error) {
	proxies, err := newForwarding(d.TrustedProxies, cmp.Or(d.ProxyHeader, HeaderForwardedFor))
	if err != nil {
		return nil, err
	}
	metrics, err := newMetrics(d.Registerer, d.Version)
	if err != nil {
		return nil, err
	}
	fenced := d.Fenced
	if fenced == nil {
		fenced = func() error { return nil }
	}
	return &edge{
		fenced: fenced, problems: p, templates: map[string]string{}, proxies: proxies, limiter: newLimiter[netip.Addr](d.RequestsPerMin, d.Clock), requests: d.Requests,
		metrics: metrics, traces: newTraces(d.Trace, proxies), clock: d.Clock, rand: d.Rand, logger: d.Logger, headers: fixedHeaders(d.Issuer),
		languages:  map[string][]string{chinese: {chinese}, traditional: {traditional}, english: {english}},
		docsPolicy: []string{docsCSP},
	}, nil
}

// newEngine returns a router that does nothing but route.
func newEngine(d Deps, e *edge) (*gin.Engine, error) {
	files, err := loadWeb(d.Web.Files)
	if err != nil {
		return nil, err
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.HandleMethodNotAllowed = true
	engine.ForwardedByClientIP = false // forwarding reads more forms of the headers than Gin does
	engine.Use(e.serve)
	engine.NoRoute(webClient{files: files, problems: e.problems}.serve)
	engine.NoMethod(func(g *gin.Context) { abort(g, e.problems.document(callOf(g.Request.Context()), problem.Method)) })
	return engine, nil
}

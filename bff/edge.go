package bff

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"renzheng/bff/problem"
	"renzheng/random"
)

// requestTime bounds a request. It is longer than the longest call of a provider and
// the transaction after it.
const requestTime = 35 * time.Second

const requestIDHeader = "X-Request-Id"

// edge is the outermost middleware.
type edge struct {
	problems  problems
	templates map[string]string // paths of the contract, by those of Gin
	proxies   forwarding
	limiter   *limiter[netip.Addr]
	metrics   metrics
	requests  RequestCounter // nil = none
	fenced    func() error   // see Deps.Fenced
	traces    traces

	clock  func() time.Time
	rand   io.Reader
	logger *slog.Logger

	headers    []fixedHeader
	languages  map[string][]string // Content-Language
	docsPolicy []string
}

// serve assigns an id to the request, limits the rate of its client, and writes its
// access line, whatever the other handlers do.
func (e *edge) serve(g *gin.Context) {
	c := &call{
		id:       random.RequestID(e.rand),
		language: languageOf(g.Request.Header.Values("Accept-Language")),
		started:  e.clock(),
		path:     g.Request.URL.Path,
		head:     g.Request.Method == http.MethodHead,
	}
	plain := plainPath(g.Request.URL)
	if plain {
		c.route = e.templates[g.FullPath()]
	}
	ctx, cancel := context.WithTimeout(context.WithValue(g.Request.Context(), callKey{}, c), requestTime)
	defer cancel()
	ctx, span := e.traces.begin(ctx, g.Request, c)
	g.Request = g.Request.WithContext(ctx)
	e.writeHeaders(g.Writer.Header(), g.Request.URL.Path, c)
	e.metrics.inFlight.Inc()
	defer e.metrics.inFlight.Dec()
	defer e.traces.end(g, c, span)
	defer e.record(g, c)
	defer e.recoverPanic(g, c)
	if wait := e.admit(g, c); wait > 0 {
		document := e.problems.document(c, problem.TooMany)
		document.RetryAfter = retryAfter(wait)
		abort(g, document)
		return
	}
	if !plain {
		abort(g, e.problems.document(c, problem.NotFound))
		return
	}
	if err := e.fenced(); err != nil && !isProbe(c.path) {
		abort(g, e.problems.of(c, err))
		return
	}
	g.Next()
}

func isProbe(path string) bool { return path == healthPath || path == readyPath }

// admit notes the network of the client, and returns how long the client must wait, 0 if not at all. Probes are not
// limited, because a busy process is not a dead one.
func (e *edge) admit(g *gin.Context, c *call) time.Duration {
	if isProbe(g.Request.URL.Path) {
		return 0
	}
	client, ok := e.proxies.client(g.Request)
	if !ok {
		e.metrics.unparsedClients.Inc()
	}
	c.network = subnet(client)
	return e.limiter.take(c.network)
}

// writeHeaders sets the headers of every response. All responses share the slices,
// so nothing may append to them.
func (e *edge) writeHeaders(h http.Header, path string, c *call) {
	for _, fixed := range e.headers {
		h[fixed.name] = fixed.values
	}
	h[requestIDHeader] = []string{c.id}
	h["Content-Language"] = e.languages[c.language]
	if strings.HasPrefix(path, docsPath) {
		h["Content-Security-Policy"] = e.docsPolicy
	}
}

// fixedHeader is a header of every response.
type fixedHeader struct {
	name   string
	values []string
}

// fixedHeaders returns them. Answers of the API must not be framed, executed or
// stored by a browser. The documentation and the web client have policies of their
// own.
func fixedHeaders(issuer string) []fixedHeader {
	headers := []fixedHeader{
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"no-referrer"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Content-Security-Policy", []string{"default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}},
		{"Cache-Control", []string{"no-store"}},
		{"Vary", []string{"Accept-Language"}},
	}
	if strings.HasPrefix(issuer, "https://") {
		headers = append(headers, fixedHeader{"Strict-Transport-Security", []string{"max-age=31536000"}})
	}
	return headers
}

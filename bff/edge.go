package bff

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// requestTime bounds a request. It is longer than the longest call of a
// provider with what must be written down after it.
const requestTime = 35 * time.Second

// edge is what every request passes first and last: it names the request,
// holds back floods, and writes the access line, whatever happens in between.
func (a *API) edge(g *gin.Context) {
	c := &call{
		id:       newRequestID(a.deps.Rand),
		language: languageOf(g.Request.Header.Values("Accept-Language")),
		started:  a.deps.Clock(),
		path:     g.Request.URL.Path,
		head:     g.Request.Method == http.MethodHead,
	}
	plain := plainPath(g.Request.URL)
	if plain {
		c.route = a.templates[g.FullPath()]
	}
	ctx, cancel := context.WithTimeout(context.WithValue(g.Request.Context(), callKey{}, c), requestTime)
	defer cancel()
	g.Request = g.Request.WithContext(ctx)
	a.writeHeaders(g.Writer.Header(), g.Request.URL.Path, c)
	a.metrics.inFlight.Inc()
	defer a.metrics.inFlight.Dec()
	defer a.record(g, c)
	defer a.rescue(g, c)
	if wait := a.admit(g); wait > 0 {
		p := a.newProblem(c, codeTooMany)
		p.retryAfter = seconds(wait)
		a.abort(g, p)
		return
	}
	if !plain {
		a.abort(g, a.newProblem(c, codeNotFound))
		return
	}
	g.Next()
}

// admit lets probes through: their sender must not take the process for dead
// because it is busy.
func (a *API) admit(g *gin.Context) time.Duration {
	if path := g.Request.URL.Path; path == healthPath || path == readyPath {
		return 0
	}
	client, ok := a.proxies.client(g.Request)
	if !ok {
		a.metrics.unparsedClients.Inc()
	}
	return a.limiter.take(client)
}

// writeHeaders sets what every response carries. The slices are shared by all
// responses: nobody appends to them.
func (a *API) writeHeaders(h http.Header, path string, c *call) {
	for _, fixed := range a.headers {
		h[fixed.name] = fixed.values
	}
	h[requestIDHeader] = []string{c.id}
	h["Content-Language"] = a.languages[c.language]
	if strings.HasPrefix(path, docsPath) {
		h["Content-Security-Policy"] = a.docsPolicy
	}
}

// fixedHeader is a header of every response.
type fixedHeader struct {
	name   string
	values []string
}

// fixedHeaders lists them. Only the documentation is ever shown by a browser,
// and only ours is to be framed, scripted or kept: none.
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

// abort answers with a problem and ends the request.
func (a *API) abort(g *gin.Context, p *problem) {
	callOf(g.Request.Context()).code = p.Code
	for name, values := range p.GetHeaders() {
		g.Writer.Header()[name] = values
	}
	g.Abort()
	writeJSON(g.Writer, p.Status, problemType, p)
}

package alipaytest

import (
	"net/http"
	"net/url"
)

// Handler serves:
//
//	POST /gateway.do     the calls
//	GET  /gateway.do     the face page, for the signed link
//	POST /sandbox/face   what the person did there: certify_id, open_id, action
//	POST /sandbox/code   an authorization code: open_id, scope → {"auth_code"}
//	POST /sandbox/accept agreeing to a message: open_id, template_id
func (g *Gateway) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /gateway.do", g.serveCall)
	mux.HandleFunc("GET /gateway.do", g.servePage)
	mux.HandleFunc("POST /sandbox/face", g.serveFace)
	mux.HandleFunc("POST /sandbox/code", g.serveCode)
	mux.HandleFunc("POST /sandbox/accept", g.serveAccept)
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

// dispatch runs a call that the gateway let through.
func (g *Gateway) dispatch(method string, p url.Values) reply {
	if refused := g.check(p); refused.node != "" {
		return refused
	}
	switch method {
	case methodToken:
		return g.token(p)
	case methodProfile:
		return g.profile(p)
	case methodInitialize:
		return g.initialize(p)
	case methodQuery:
		return g.query(p)
	case methodMessage:
		return g.message(p)
	}
	return refusal(method, "40002", "isv.invalid-method")
}

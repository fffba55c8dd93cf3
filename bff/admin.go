package bff

import (
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Admin serves metrics and profiles to the operator. It asks for no password, so
// it must listen where only the operator has access (R36). It leaves out pprof's
// page of the command line, which may contain passwords.
func (a *API) Admin() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.deps.Registerer, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isOwnHost(r.Host, a.deps.AdminHosts) {
			http.Error(w, "This host name is not one of BFF_ADMIN_HOSTS.", http.StatusMisdirectedRequest)
			return
		}
		if isOfAnotherSite(r) {
			http.Error(w, "Pages of other sites may not use this listener.", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// isOwnHost reports whether a Host header is an IP address, localhost or one of
// names. Every other name is rejected: a page in the operator's browser could
// point its own name to this listener (DNS rebinding) and read the answers.
func isOwnHost(hostport string, names []string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]")
	}
	if _, err = netip.ParseAddr(host); err == nil {
		return true
	}
	is := func(name string) bool { return strings.EqualFold(name, host) }
	return is("localhost") || host != "" && slices.ContainsFunc(names, is)
}

// isOfAnotherSite reports whether a browser sent a request for a page of another
// origin. Such a page cannot read the answer, but could start profiles, which cost
// time. Programs send neither header.
func isOfAnotherSite(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return true
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host
}

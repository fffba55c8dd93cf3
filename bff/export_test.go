package bff

import (
	"net/http"

	"renzheng/bff/problem"
)

// LanguageOf picks a language from an Accept-Language.
func LanguageOf(lines ...string) string { return languageOf(lines) }

// Codes lists the codes of every problem, with their status.
func Codes() map[string]int {
	codes := map[string]int{}
	for code, kind := range table() {
		codes[code] = kind.Status
	}
	return codes
}

// Routes lists what the router answers to, as METHOD /path of the contract.
func (a *API) Routes() []string {
	var routes []string
	for _, r := range a.engine.Routes() {
		if r.Method != http.MethodHead { // one for each GET
			routes = append(routes, r.Method+" "+a.templates[r.Path])
		}
	}
	return routes
}

// Texts returns title and detail of every code in every language.
func Texts() map[string][6]string {
	texts := map[string][6]string{}
	for code, kind := range table() {
		texts[code] = [6]string{
			kind.Title.Chinese, kind.Title.Traditional, kind.Title.English,
			kind.Detail.Chinese, kind.Detail.Traditional, kind.Detail.English,
		}
	}
	return texts
}

// SessionSlip returns the code of a session.
func SessionSlip(sessionID string) (string, bool) { return sessionSlip(sessionID) }

// WindowSlip returns the code for the service window.
func WindowSlip(requestID string) string { return windowSlip(requestID) }

// ClientOf returns the client of a request and whether it could be parsed.
func ClientOf(trusted []string, header string, r *http.Request) (string, bool, error) {
	proxies, err := newForwarding(trusted, header)
	if err != nil {
		return "", false, err
	}
	addr, ok := proxies.client(r)
	return addr.String(), ok, nil
}

func table() problem.Table {
	table, err := problem.Load()
	if err != nil {
		panic(err)
	}
	return table
}

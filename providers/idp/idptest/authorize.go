package idptest

import (
	"crypto/rand"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

//go:embed authorize.html
var pageText string

var page = template.Must(template.New("authorize").Parse(pageText)) //nolint:gochecknoglobals // parsed once, never changed

const sessionCookie = "idp-session"

// violation returns what is wrong with an authorization request that must not be answered by a redirect, or "".
func (p *Provider) violation(q url.Values) string {
	switch {
	case q.Get("client_id") != p.options.ClientID:
		return "unknown client_id"
	case !slices.Contains(p.options.Redirects, q.Get("redirect_uri")):
		return "redirect_uri is not registered"
	}
	return ""
}

// oauthError returns the error that the browser takes back, or "".
func oauthError(q url.Values) string {
	challenge, err := base64.RawURLEncoding.DecodeString(q.Get("code_challenge"))
	switch {
	case q.Get("response_type") != "code":
		return "unsupported_response_type"
	case !slices.Contains(strings.Fields(q.Get("scope")), "openid"):
		return "invalid_scope"
	case q.Get("code_challenge_method") != "S256" || err != nil || len(challenge) != 32, q.Get("nonce") == "", q.Get("state") == "":
		return "invalid_request"
	}
	return ""
}

func (p *Provider) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if text := p.violation(q); text != "" {
		http.Error(w, text, http.StatusBadRequest)
		return
	}
	if code := oauthError(q); code != "" {
		p.back(w, r, q, "error", code)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Frame-Options", "DENY")
	_ = page.Execute(w, struct { // the client may have left
		Members []Member
		Action  string
	}{p.options.Members, "authorize?" + r.URL.RawQuery})
}

func (p *Provider) serveChosen(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if text := p.violation(q); text != "" || oauthError(q) != "" {
		http.Error(w, "not an authorization request", http.StatusBadRequest)
		return
	}
	member, ok := p.member(r.PostFormValue("member"))
	if !ok {
		p.back(w, r, q, "error", "access_denied")
		return
	}
	sid := rand.Text()
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: sid, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	p.back(w, r, q, "code", p.issue(q, member, sid, r.PostFormValue("factor") != ""))
}

func (p *Provider) issue(q url.Values, m Member, sid string, factor bool) string {
	code := rand.Text() + rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sids[sid] = m.Subject
	p.codes[code] = grant{
		member: m, sid: sid, redirect: q.Get("redirect_uri"), challenge: q.Get("code_challenge"), nonce: q.Get("nonce"), factor: factor, aged: q.Get("max_age") != "", at: p.options.Clock(),
	}
	return code
}

// back sends the browser back to the client.
func (p *Provider) back(w http.ResponseWriter, r *http.Request, q url.Values, name, value string) {
	to, err := url.Parse(q.Get("redirect_uri"))
	if err != nil {
		http.Error(w, "redirect_uri does not parse", http.StatusBadRequest)
		return
	}
	query := to.Query()
	query.Set(name, value)
	query.Set("state", q.Get("state"))
	query.Set("iss", p.options.Issuer)
	to.RawQuery = query.Encode()
	http.Redirect(w, r, to.String(), http.StatusSeeOther)
}

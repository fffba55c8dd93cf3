package harness

import (
	_ "embed"
	"net/http"
	"net/url"
	"strings"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/people"
)

//go:embed authorize.html
var authorizeText string

var authorizeTemplate = page("authorize", authorizeText) //nolint:gochecknoglobals // parsed once, never changed

// authorizePath is the page of Alipay where people sign in on the web. In the
// sandbox they choose a sample person.
const authorizePath = "/oauth2/publicAppAuthorize.htm"

// authorizePage is the data of the template.
type authorizePage struct {
	People, Holders []people.Person
	ReturnTo, State string
}

func (s *Sandbox) serveAuthorize(out http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	if asked.Get("app_id") != appID || !s.registered(asked.Get("redirect_uri")) || asked.Get("scope") != alipaytest.ScopeBase {
		http.Error(out, "not an application of ours, or another address than it has registered 应用或回调地址不符", http.StatusBadRequest)
		return
	}
	header := out.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' "+s.API)
	now := s.clock.now()
	_ = authorizeTemplate.Execute(out, authorizePage{ // the client may have left
		People: people.Listed(now), Holders: people.Holders(now), ReturnTo: asked.Get("redirect_uri"), State: asked.Get("state"),
	})
}

// serveAuthorized sends the browser back, with a code unless the person declined.
func (s *Sandbox) serveAuthorized(out http.ResponseWriter, r *http.Request) {
	back, err := url.Parse(r.PostFormValue("redirect_uri"))
	if err != nil || !s.registered(back.String()) {
		http.Error(out, "another address than the application has registered 回调地址不符", http.StatusBadRequest)
		return
	}
	query := url.Values{"app_id": {appID}, "scope": {alipaytest.ScopeBase}, "state": {r.PostFormValue("state")}}
	openID := r.PostFormValue("open_id")
	if _, known := s.fates.account(openID); known {
		query.Set("auth_code", s.Alipay.IssueCode(openID, alipaytest.ScopeBase))
	}
	back.RawQuery = query.Encode()
	http.Redirect(out, r, back.String(), http.StatusSeeOther)
}

// registered reports whether an address is registered for the application.
func (s *Sandbox) registered(address string) bool {
	return strings.HasPrefix(address, s.API+"/v1/web/")
}

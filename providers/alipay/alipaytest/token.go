package alipaytest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// Scopes of an authorization code.
const (
	ScopeBase = "auth_base" // the account's id
	ScopeUser = "auth_user" // its owner too
)

const (
	codeLife  = 3 * time.Minute // the shortest that Alipay documents
	tokenLife = time.Hour
)

type authCode struct {
	appID, openID, scope string
	issuedAt             time.Time
	used                 bool
}

type accessToken struct {
	openID, scope string
	issuedAt      time.Time
}

// IssueCode returns what my.getAuthCode would give the person's client.
func (g *Gateway) IssueCode(openID, scope string) string {
	return g.issue(g.options.AppID, openID, scope)
}

// IssueForeignCode returns a code of another application.
func (g *Gateway) IssueForeignCode(openID, scope string) string {
	return g.issue("another-application", openID, scope)
}

func (g *Gateway) issue(appID, openID, scope string) string {
	code := randomID()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.codes[code] = &authCode{appID: appID, openID: openID, scope: scope, issuedAt: g.options.Clock()}
	return code
}

func (g *Gateway) token(p url.Values) reply {
	if p.Get("grant_type") != "authorization_code" {
		return refusal(methodToken, "40002", "isv.grant-type-invalid")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.options.Clock()
	code, ok := g.codes[p.Get("code")]
	if !ok {
		code, ok = g.adopt(p.Get("code"), now)
	}
	if !ok || code.used || code.appID != g.options.AppID || now.Sub(code.issuedAt) > codeLife {
		return refusal(methodToken, "40002", "isv.code-invalid")
	}
	person, ok := g.options.Persons(code.openID)
	if !ok {
		return refusal(methodToken, "40002", "isv.code-invalid")
	}
	code.used = true
	access := randomID()
	g.tokens[access] = accessToken{openID: code.openID, scope: code.scope, issuedAt: now}
	f := fields{"access_token": access, "expires_in": "3600", "refresh_token": randomID(), "re_expires_in": 3600}
	person.identify(f)
	return answering(methodToken, f) // a success of this call has no code
}

// adopt makes a code that a developer's tool issued one of the adopter's. Nothing tells its scope.
func (g *Gateway) adopt(value string, now time.Time) (*authCode, bool) {
	if g.options.Adopter == nil || value == "" || g.options.Adopter() == "" {
		return nil, false
	}
	code := &authCode{appID: g.options.AppID, openID: g.options.Adopter(), scope: ScopeUser, issuedAt: now}
	g.codes[value] = code
	return code, true
}

// identify writes the ids that the platform issues for an account.
func (p Person) identify(f fields) {
	if !p.UserIDOnly {
		f["open_id"] = p.OpenID
	}
	if p.UserID != "" {
		f["user_id"] = p.UserID
	}
}

func (g *Gateway) serveCode(w http.ResponseWriter, r *http.Request) {
	scope := r.PostFormValue("scope")
	if scope != ScopeUser {
		scope = ScopeBase
	}
	if _, ok := g.options.Persons(r.PostFormValue("open_id")); !ok {
		http.Error(w, "no such simulated account 没有这个模拟账号", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	code := g.IssueCode(r.PostFormValue("open_id"), scope)
	_ = json.NewEncoder(w).Encode(map[string]string{"auth_code": code}) //nolint:errchkjson // the client may have left
}

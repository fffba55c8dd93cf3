package bff_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Whoever makes a browser send a change with the session's cookie changes
// nothing, whatever the call: all that the contract has are tried.
func TestWeb_NoCallIsMadeForAnotherPage(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	back, _ := w.signIn(t, "zhang-1")
	cookie := cookieOf(t, back, "__Host-session")
	tried := 0
	for path, item := range contractDocument(t).Paths.Map() {
		for method, operation := range item.Operations() {
			bySession := len(*operation.Security) == 1 && (*operation.Security)[0]["session"] != nil
			if !bySession || method == http.MethodGet {
				continue
			}
			tried++
			for name, header := range map[string]map[string]string{
				"another site":             {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
				"a host beside ours":       {"Sec-Fetch-Site": "same-site", "Origin": "https://other.example.cn"},
				"an old browser elsewhere": {"Origin": "https://evil.example"},
				"a page without an origin": {"Origin": "null"},
				"our host over http":       {"Origin": strings.Replace(webOrigin, "https:", "http:", 1)},
				"our host at another port": {"Origin": webOrigin + ":8443"},
				"a page that says nothing": {},
			} {
				header["Idempotency-Key"] = newKey()
				got := w.browse(t, method, strings.NewReplacer("{id}", "ver_1").Replace(path), header, cookie)
				if got.status != http.StatusForbidden || got.text(t, "code") != "cross_site_request" {
					t.Errorf("%s %s by %s: got %d %s", method, path, name, got.status, got.body)
				}
			}
		}
	}
	if tried < 15 {
		t.Errorf("got %d calls that change something, want all", tried)
	}
	own := w.browse(t, http.MethodDelete, "/v1/session", map[string]string{"Origin": webOrigin}, cookie)
	if own.status != http.StatusNoContent {
		t.Errorf("our own page in an old browser: got %d %s", own.status, own.body)
	}
}

// A header that names a token is the whole proof: the cookie beside it neither
// helps nor hinders.
func TestWeb_ACookieBesideATokenCountsNothing(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	back, _ := w.signIn(t, "zhang-1")
	cookie, token := cookieOf(t, back, "__Host-session"), w.login(t, "li").token
	for authorization, want := range map[string]int{
		"Bearer wrong": 401, "Bearer": 401, "Basic eDp5": 401, cookie.Value: 401, "Bearer " + token: 200,
	} {
		got := w.browse(t, http.MethodGet, "/v1/session", map[string]string{"Authorization": authorization}, cookie)
		if got.status != want || want == http.StatusOK && got.text(t, "channel") != "alipay" {
			t.Errorf("%.8s…: got %d %s, want %d", authorization, got.status, got.body, want)
		}
	}
}

// A cookie that was planted before the sign-in opens nothing afterwards, and a
// state serves only the browser that holds it.
func TestWeb_SignsInWithNothingThatWasPlanted(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	planted := &http.Cookie{Name: "__Host-session", Value: strings.Repeat("A", 43)}
	began := w.browse(t, http.MethodGet, "/v1/web/login", nil, planted)
	login := cookieOf(t, began, "__Host-login")
	callback := "/v1/web/callback?auth_code=zhang-7&state="
	for name, state := range map[string]string{
		"no state": "", "a state of one's own": "x", "a part of it": login.Value[:20], "more than it": login.Value + "A",
	} {
		got := w.browse(t, http.MethodGet, callback+url.QueryEscape(state), nil, login, planted)
		if got.header.Get("Location") != "/?login=failed" || cookieOf(t, got, "__Host-session") != nil {
			t.Errorf("%s: got %s", name, got.header.Get("Location"))
		}
	}
	none := &http.Cookie{Name: "__Host-login"}
	if got := w.browse(t, http.MethodGet, callback, nil, none); cookieOf(t, got, "__Host-session") != nil {
		t.Error("an empty state is as good as an empty cookie")
	}
	got := w.browse(t, http.MethodGet, callback+login.Value, nil, login, planted)
	if fresh := cookieOf(t, got, "__Host-session"); fresh == nil || fresh.Value == planted.Value {
		t.Errorf("got %v, want a token of its own", fresh)
	}
	if got = w.browse(t, http.MethodGet, "/v1/session", nil, planted); got.status != http.StatusUnauthorized {
		t.Errorf("the planted cookie: got %d", got.status)
	}
}

// Nobody is sent elsewhere, whatever the address or the header says.
func TestWeb_SendsNobodyElsewhere(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for _, path := range []string{
		"//evil.example", "//evil.example/", "/%2f%2fevil.example/..", "/\\evil.example/", "/v1/session/", "/v1//session",
		"/docs/", "/V1/SESSION", "/v1/web/callback/?to=//evil.example", "/v1/web/callback?redirect=https://evil.example&state=s",
	} {
		got := w.browse(t, http.MethodGet, path, nil)
		if to := got.header.Get("Location"); to != "" && to != "/?login=failed" {
			t.Errorf("%s: got %d to %s", path, got.status, to)
		}
	}
	for _, name := range []string{"Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-Url", "Forwarded", "Referer", "Origin"} {
		got := w.browse(t, http.MethodGet, "/v1/web/login", map[string]string{name: "evil.example"})
		page, err := url.Parse(got.header.Get("Location"))
		if err != nil || page.Host != "openauth.example.cn" || page.Query().Get("redirect_uri") != webOrigin+"/v1/web/callback" {
			t.Errorf("%s: sent to %s, %v", name, page, err)
		}
	}
}

// Files that lie beside the client by mistake are nobody's, and no path leads
// out of it.
func TestWeb_ServesNothingButTheClient(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for _, path := range []string{
		"/.env", "/.git/config", "/js/.cache/secret", "/js/../.env", "/js/%2e%2e/.env", "/..%2f.env", "/%2e%2e/%2e%2e/etc/passwd",
		"/js/..%5c.env", "/./.git/config", "//.env", "/js/app.0123456789.js/../../.git/config",
	} {
		if got := w.browse(t, http.MethodGet, path, nil); strings.Contains(string(got.body), "secret of the folder") {
			t.Errorf("%s was served", path)
		}
	}
}

// Other methods get nothing, least of all leave for other pages.
func TestWeb_AnswersNoOtherMethods(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for _, method := range []string{http.MethodOptions, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodTrace, "PROPFIND"} {
		for _, path := range []string{"/", "/index.html", "/v1/session", "/v1/web/login"} {
			got := w.browse(t, method, path, map[string]string{"Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"})
			own := path == "/v1/session" && method == http.MethodDelete
			if !own && !slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed}, got.status) {
				t.Errorf("%s %s: got %d", method, path, got.status)
			}
			if len(got.header.Values("Access-Control-Allow-Origin")) > 0 || len(got.header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s %s: got %v", method, path, got.header)
			}
		}
	}
	head := w.browse(t, http.MethodHead, "/", nil)
	if head.status != http.StatusOK || len(head.body) > 0 || head.header.Get("Content-Length") == "" {
		t.Errorf("HEAD: got %d with %d bytes, %v", head.status, len(head.body), head.header)
	}
}

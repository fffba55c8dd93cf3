package bff_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"renzheng/bff"
	"renzheng/identity"
)

const webOrigin = "https://check.example.cn"

// newWebFixture serves a client and signs people in on the web.
func newWebFixture(t *testing.T) *fixture {
	t.Helper()
	authorize, err := url.Parse("https://openauth.example.cn/authorize?app_id=app")
	if err != nil {
		t.Fatal(err)
	}
	return newFixture(t, func(d *bff.Deps) {
		d.Web = bff.Web{Address: webOrigin, Authorize: authorize, Files: fstest.MapFS{
			"index.html":            {Data: []byte("<!doctype html><title>" + strings.Repeat("x", 500) + "</title>")},
			"js/app.0123456789.js":  {Data: []byte("run()")},
			"v1/session/index.html": {Data: []byte("a page that looks like a call")},
			".env":                  {Data: []byte("secret of the folder")},
			".git/config":           {Data: []byte("secret of the folder")},
			"js/.cache/secret":      {Data: []byte("secret of the folder")},
		}}
	})
}

// browse sends a request as a browser does.
func (w *fixture) browse(t *testing.T, method, target string, header map[string]string, cookies ...*http.Cookie) reply {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, webOrigin+target, http.NoBody)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	recorder := httptest.NewRecorder()
	w.api.Public().ServeHTTP(recorder, r)
	return reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

func cookieOf(t *testing.T, answer reply, name string) *http.Cookie {
	t.Helper()
	for _, line := range answer.header.Values("Set-Cookie") {
		c, err := http.ParseSetCookie(line)
		if err != nil {
			t.Fatal(err)
		}
		if c.Name == name {
			if !c.Secure || !c.HttpOnly || c.Path != "/" || c.SameSite != http.SameSiteLaxMode || c.Domain != "" {
				t.Errorf("got cookie %+v, want it for this host alone, without scripts", c)
			}
			return c
		}
	}
	return nil
}

// signIn goes to the channel's page and back, with code.
func (w *fixture) signIn(t *testing.T, code string) (reply, *http.Cookie) {
	t.Helper()
	began := w.browse(t, http.MethodGet, "/v1/web/login", nil)
	login := cookieOf(t, began, "__Host-login")
	page, err := url.Parse(began.header.Get("Location"))
	if err != nil || began.status != http.StatusSeeOther || login == nil {
		t.Fatalf("got %d, %v, %v", began.status, login, err)
	}
	asked := page.Query()
	if page.Host != "openauth.example.cn" || asked.Get("app_id") != "app" || asked.Get("redirect_uri") != webOrigin+"/v1/web/callback" {
		t.Errorf("got %s", page)
	}
	back := "/v1/web/callback?app_id=app&scope=auth_base&auth_code=" + code + "&state=" + url.QueryEscape(asked.Get("state"))
	return w.browse(t, http.MethodGet, back, nil, login), login
}

func TestWeb_SignsInByCookieOfThatBrowser(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	back, login := w.signIn(t, "zhang-1")
	cookie := cookieOf(t, back, "__Host-session")
	if back.status != http.StatusSeeOther || back.header.Get("Location") != "/" || cookie == nil {
		t.Fatalf("got %d to %s, %v", back.status, back.header.Get("Location"), cookie)
	}
	if gone := cookieOf(t, back, "__Host-login"); gone == nil || gone.MaxAge >= 0 {
		t.Error("the sign-in's cookie stays")
	}
	got := w.browse(t, http.MethodGet, "/v1/session", nil, cookie)
	if got.status != http.StatusOK || got.text(t, "channel") != "web" {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	again := w.browse(t, http.MethodGet, "/v1/web/callback?auth_code=zhang-2&state="+login.Value, nil) // another browser
	if again.header.Get("Location") != "/?login=failed" || cookieOf(t, again, "__Host-session") != nil {
		t.Errorf("another browser's sign-in: got %s", again.header.Get("Location"))
	}
	out := w.browse(t, http.MethodDelete, "/v1/session", map[string]string{"Sec-Fetch-Site": "same-origin"}, cookie)
	if gone := cookieOf(t, out, "__Host-session"); out.status != http.StatusNoContent || gone == nil || gone.MaxAge >= 0 {
		t.Errorf("got %d, %v after logging out", out.status, gone)
	}
}

func TestWeb_TakesNoChangesFromOtherSites(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	back, _ := w.signIn(t, "zhang-1")
	cookie := cookieOf(t, back, "__Host-session")
	for _, header := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
	} {
		got := w.browse(t, http.MethodDelete, "/v1/session", header, cookie)
		if got.status != http.StatusForbidden {
			t.Errorf("%v: got %d, want 403", header, got.status)
		}
	}
	got := w.browse(t, http.MethodGet, "/v1/session", nil, cookie)
	if got.status != http.StatusOK {
		t.Errorf("got %d, want the session alive", got.status)
	}
}

func TestWeb_SaysHowSigningInEnded(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	w.signIn(t, "zhang-1")
	for code, want := range map[string]string{"": "/?login=failed", "zhang-1": "/?login=failed", "unavailable": "/?login=unavailable"} {
		back, _ := w.signIn(t, code)
		if got := back.header.Get("Location"); got != want || cookieOf(t, back, "__Host-session") != nil {
			t.Errorf("code %q: got %s, want %s and no session", code, got, want)
		}
	}
	w.open(t, "web", "zhang-9").want(t, http.StatusForbidden, "channel_off") // a code that no state binds
}

func TestWeb_IsOffByDefault(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, path := range []string{"/v1/web/login", "/v1/web/callback?auth_code=c&state=s"} {
		w.send(t, request{method: http.MethodGet, path: path}).want(t, http.StatusForbidden, "channel_off")
	}
	w.send(t, request{method: http.MethodGet, path: "/"}).want(t, http.StatusNotFound, "not_found")
	cookie := &http.Cookie{Name: "__Host-session", Value: w.login(t, "zhang").token}
	if got := w.browse(t, http.MethodGet, "/v1/session", nil, cookie); got.status != http.StatusUnauthorized {
		t.Errorf("a cookie where there is no web: got %d, want 401", got.status)
	}
}

func TestWeb_ServesTheClient(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for path, want := range map[string]int{
		"/": 200, "/todos/tod_1": 200, "/js/app.0123456789.js": 200, "/js/other.js": 404, "/../index.html": 404,
		"/v1/nothing": 404, "/v1/session/index.html": 404, "/registry": 404, "/.env": 404,
	} {
		if got := w.browse(t, http.MethodGet, path, nil).status; got != want {
			t.Errorf("%s: got %d, want %d", path, got, want)
		}
	}
	first := w.browse(t, http.MethodGet, "/", map[string]string{"Accept-Encoding": "gzip, br"})
	if first.header.Get("Cache-Control") != "no-cache" || !strings.Contains(first.header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("got %v", first.header)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(first.body))
	if err != nil {
		t.Fatal(err)
	}
	if page, err := io.ReadAll(unzipped); err != nil || !strings.HasPrefix(string(page), "<!doctype html>") {
		t.Errorf("got %.40s, %v", page, err)
	}
	kept := map[string]string{"Accept-Encoding": "gzip", "If-None-Match": first.header.Get("Etag")}
	if got := w.browse(t, http.MethodGet, "/", kept).status; got != http.StatusNotModified {
		t.Errorf("got %d, want that the browser has it", got)
	}
	script := w.browse(t, http.MethodGet, "/js/app.0123456789.js", nil)
	if script.header.Get("Cache-Control") != "public, max-age=31536000, immutable" || !strings.HasPrefix(script.header.Get("Content-Type"), "text/javascript") {
		t.Errorf("got %v", script.header)
	}
}

func TestWeb_RefusesWhatCannotBeMeant(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for name, web := range map[string]bff.Web{
		"no page to sign in": {Address: webOrigin},
		"no origin":          {Address: webOrigin + "/path", Authorize: &url.URL{}},
		"no index":           {Files: fstest.MapFS{"a.js": {}}},
	} {
		deps := w.deps
		deps.Web = web
		if _, err := bff.New(deps); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
}

// open asks for a session in a channel by code.
func (w *fixture) open(t *testing.T, channel identity.Channel, code string) reply {
	t.Helper()
	return w.send(t, request{
		method: http.MethodPost, path: "/v1/sessions", key: newKey(),
		body: object{"channel": channel, "auth_code": code, "client": object{"platform": "other", "version": "1"}},
	})
}

// D-18: the code of an invitation may be scanned with any application.
func TestWeb_SignInIsRefusedWhereItsPageDoesNotOpen(t *testing.T) {
	t.Parallel()
	w := newWebFixture(t)
	for agent, refused := range map[string]bool{
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MQQBrowser/6.2 MicroMessenger/8.0.49": true,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 QQ/9.0.0.1":                true,
		"Mozilla/5.0 (Linux; Android 14) Mobile AlipayClient/10.5":                                       false,
		"Mozilla/5.0 (Linux; Android 14) MQQBrowser/14.0 Mobile Safari/537.36":                           false,
		"": false,
	} {
		got := w.browse(t, http.MethodGet, "/v1/web/login", map[string]string{"User-Agent": agent})
		to := got.header.Get("Location")
		if got.status != http.StatusSeeOther || (to == "/?login=client_unknown") != refused || (cookieOf(t, got, "__Host-login") == nil) != refused {
			t.Errorf("%s is redirected to %s", agent, to)
		}
	}
}

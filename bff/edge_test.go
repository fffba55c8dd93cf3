package bff_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/bff"
)

func TestEdge_NamesEachRequestByItself(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	given := func(id string) string {
		got := w.send(t, request{method: http.MethodGet, path: "/healthz", header: map[string]string{"X-Request-Id": id}})
		return got.header.Get("X-Request-Id")
	}
	seen := map[string]bool{}
	for range 3 {
		id := given("")
		if len(id) != 24 || seen[id] {
			t.Errorf("got %q, want a new one of ours", id)
		}
		seen[id] = true
	}
	for _, sent := range []string{
		zhangNumber, zhangPhone, zhangCard, "proxy-0123456789", "0f8fad5b-d9cb-469f-a165-70867728950e", "11010519-4912-4100-8022-000000000000",
	} {
		if got := given(sent); got == sent || strings.Contains(w.log.String(), sent) {
			t.Errorf("%s, which a client chose, reached the answer or the log", sent)
		}
	}
}

func TestEdge_SetsSecurityHeaders(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for path, cache := range map[string]string{
		"/v1/session": "no-store", "/v1/notices": "public, max-age=300", "/v1/failures": "public, max-age=300",
		"/.well-known/jwks.json": "public, max-age=3600", "/nowhere": "no-store",
	} {
		got := w.send(t, request{method: http.MethodGet, path: path})
		if got.header.Get("Cache-Control") != cache {
			t.Errorf("%s: got %s, want %s", path, got.header.Get("Cache-Control"), cache)
		}
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Language": "zh-Hans",
			"Vary": "Accept-Language",
		} {
			if got.header.Get(name) != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got.header.Get(name), value)
			}
		}
	}
}

func TestEdge_HoldsBackFloods(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *bff.Deps) { d.RequestsPerMin = 8 })
	ask := request{method: http.MethodGet, path: "/v1/failures"}
	for range 2 {
		w.send(t, ask).want(t, http.StatusOK, "")
	}
	stopped := w.send(t, ask).want(t, http.StatusTooManyRequests, "too_many_requests")
	if stopped.header.Get("Retry-After") != "8" {
		t.Errorf("got Retry-After %s, want 8", stopped.header.Get("Retry-After"))
	}
	w.send(t, request{method: http.MethodGet, path: "/healthz"}).want(t, http.StatusOK, "")
	w.pass(8 * time.Second)
	w.send(t, ask).want(t, http.StatusOK, "")
}

func TestEdge_BelievesNoForwardedAddress(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		trusted []string
		status  int
	}{
		"by default":           {nil, http.StatusTooManyRequests},
		"but a trusted proxys": {[]string{"192.0.2.0/24"}, http.StatusOK},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t, func(d *bff.Deps) { d.RequestsPerMin, d.TrustedProxies = 4, test.trusted })
			var last reply
			for _, address := range []string{"198.51.100.1", "198.51.100.2"} {
				last = w.send(t, request{
					method: http.MethodGet, path: "/v1/failures", header: map[string]string{"X-Forwarded-For": address},
				})
			}
			if last.status != test.status {
				t.Errorf("got %d, want %d", last.status, test.status)
			}
		})
	}
}

func TestEdge_SurvivesAPanic(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.third.script(func(f *thirdParties) { f.verify = func() error { panic("secret of 张三丰") } })
	got := w.registry(t, http.MethodGet, "/cases/case-1").want(t, http.StatusInternalServerError, "internal_error")
	if strings.Contains(string(got.body), "secret") || strings.Contains(w.log.String(), "secret") {
		t.Error("the panic's value got out")
	}
	if !strings.Contains(w.log.String(), "thirdParties") {
		t.Errorf("the log has no frames: %s", w.log)
	}
}

func TestEdge_WritesOneLinePerRequest(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	before := strings.Count(w.log.String(), "\n")
	p.call(t, http.MethodGet, "/v1/todos/"+shown.text(t, "id"), nil).want(t, http.StatusOK, "")
	lines := strings.Split(strings.TrimSpace(w.log.String()), "\n")
	if len(lines) != before+1 {
		t.Fatalf("got %d lines, want one", len(lines)-before)
	}
	line := lines[len(lines)-1]
	for _, part := range []string{`"route":"/v1/todos/{id}"`, `"method":"GET"`, `"status":200`, `"session_id":"ses_`, `"account_id":"`, `"duration_ms":`, `"bytes":`, `"request_id":"`} {
		if !strings.Contains(line, part) {
			t.Errorf("the line lacks %s: %s", part, line)
		}
	}
	if strings.Contains(line, shown.text(t, "id")) || strings.Contains(line, "192.0.2.1") {
		t.Errorf("the line holds what was asked for, or from where: %s", line)
	}
}

func TestEdge_LogsTheCauseOfAFailure(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.answerTo(t, errors.New("database is on fire"))
	if !strings.Contains(w.log.String(), "database is on fire") || !strings.Contains(w.log.String(), `"level":"ERROR"`) {
		t.Errorf("the operator learns nothing: %s", w.log)
	}
}

func TestEdge_TellsAClientThatLeft(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.login(t, "zhang")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sent := request{method: http.MethodGet, path: "/v1/session", token: p.token}.http(t).WithContext(ctx)
	recorder := httptest.NewRecorder()
	w.api.Public().ServeHTTP(recorder, sent)
	if recorder.Code != 499 || strings.Contains(w.log.String(), `"level":"ERROR"`) {
		t.Errorf("got %d, want 499 and no error in the log: %s", recorder.Code, w.log)
	}
}

func TestEdge_CountsWithoutNamingAnybody(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	p.openTodo(t)
	w.send(t, request{method: "BREW", path: "/" + zhangNumber})
	metrics := w.admin(t, "localhost", "/metrics")
	page := string(metrics.body)
	for _, part := range []string{`route="/v1/todos/{id}"`, `class="2xx"`, "bff_http_requests_in_flight 0", `route="unmatched"`} {
		if !strings.Contains(page, part) {
			t.Errorf("the metrics lack %s", part)
		}
	}
	if strings.Contains(page, zhangNumber) || strings.Contains(page, "tod_") || strings.Contains(page, "BREW") {
		t.Error("the metrics name what was asked for")
	}
}

func TestHealth_SaysWhetherRequestsCanBeServed(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.send(t, request{method: http.MethodGet, path: "/readyz"}).want(t, http.StatusOK, "")
	w.mu.Lock()
	w.ready = errors.New("no database at db.internal")
	w.mu.Unlock()
	w.pass(time.Second)
	got := w.send(t, request{method: http.MethodGet, path: "/readyz"}).want(t, http.StatusServiceUnavailable, "not_ready")
	if strings.Contains(string(got.body), "internal") {
		t.Errorf("it tells strangers why: %s", got.body)
	}
	w.send(t, request{method: http.MethodGet, path: "/healthz"}).want(t, http.StatusOK, "")
}

// Probes are not limited, but the queries that they cause are.
func TestHealth_AsksTheDatabaseOnceASecond(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	w := newFixture(t, func(d *bff.Deps) {
		d.Ready = func(ctx context.Context) error {
			asked.Add(1)
			return ctx.Err()
		}
	})
	ask := request{method: http.MethodGet, path: "/readyz"}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	w.serve(ask.http(t).WithContext(gone)) // a probe that has disconnected
	var probes sync.WaitGroup
	for range 50 {
		probes.Go(func() {
			if got := w.serve(ask.http(t)); got.status != http.StatusOK {
				t.Errorf("got %d %s, want 200", got.status, got.body)
			}
		})
	}
	probes.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("asked %d times, want once", n)
	}
	w.pass(time.Second)
	if w.send(t, ask).want(t, http.StatusOK, ""); asked.Load() != 2 {
		t.Errorf("asked %d times a second later, want twice", asked.Load())
	}
}

func TestDocs_NeedNoOtherServer(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for path, kind := range map[string]string{
		"/docs": "text/html", "/docs/docs.js": "text/javascript", "/docs/docs.css": "text/css",
		"/openapi.yaml": "application/openapi+yaml", "/openapi.json": "application/openapi+json",
	} {
		got := w.send(t, request{method: http.MethodGet, path: path}).want(t, http.StatusOK, "")
		if !strings.HasPrefix(got.header.Get("Content-Type"), kind) {
			t.Errorf("%s: got %s", path, got.header.Get("Content-Type"))
		}
		if strings.HasPrefix(path, "/docs") {
			if !strings.HasPrefix(got.header.Get("Content-Security-Policy"), "default-src 'self'") {
				t.Errorf("%s: got %s", path, got.header.Get("Content-Security-Policy"))
			}
			if bytes.Contains(got.body, []byte("//cdn")) || bytes.Contains(got.body, []byte("http")) && path != "/docs/docs.js" {
				t.Errorf("%s names another server", path)
			}
		}
	}
}

func TestNew_ReportsEverythingMissing(t *testing.T) {
	t.Parallel()
	_, err := bff.New(bff.Deps{})
	if err == nil || strings.Count(err.Error(), "\n") < 10 {
		t.Errorf("got %v, want all that is missing", err)
	}
}

func TestLanguageOf(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": "zh-Hans", "en": "en", "en-GB,en;q=0.9": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh-Hans", "fr, en;q=0.5": "en",
		"fr": "zh-Hans", "en;q=0.2, zh-Hant;q=0.3": "zh-Hant", "en;q=nan": "zh-Hans", "en;q=0": "zh-Hans", ";;;,,,": "zh-Hans",
		strings.Repeat("fr,", 20) + "en": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK,en;q=0.5": "zh-Hant", "zh-MO": "zh-Hant",
		"zh-Hant-HK": "zh-Hant", "ZH-hant": "zh-Hant", "zh-Hans-HK": "zh-Hans", "zh-SG": "zh-Hans", "en-HK": "en", "zh-": "zh-Hans",
	} {
		if got := bff.LanguageOf(header); got != want {
			t.Errorf("got %s for %q, want %s", got, header, want)
		}
	}
}

func TestProblem_SpeaksTheCallersLanguage(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for language, title := range map[string]string{"en": "A session is required", "zh": "请重新登录"} {
		got := w.send(t, request{method: http.MethodGet, path: "/v1/session", header: map[string]string{"Accept-Language": language}})
		if got.text(t, "title") != title {
			t.Errorf("got %s, want %s", got.text(t, "title"), title)
		}
	}
}

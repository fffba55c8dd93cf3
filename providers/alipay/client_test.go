package alipay_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
	"renzheng/session"
	"renzheng/verification"
)

// recorder notes the hosts that requests go to.
type recorder struct {
	hosts chan string
}

func (r recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.hosts <- request.URL.Host
	return http.DefaultTransport.RoundTrip(request)
}

func TestClient_reachesTheConfiguredHostOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	seen := recorder{hosts: make(chan string, 100)}
	w.config.Transport = seen
	client := w.client(t)
	if _, err := client.Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase)); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser)); err != nil {
		t.Fatal(err)
	}
	started := w.start(t, client)
	if _, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err != nil {
		t.Fatal(err)
	}
	close(seen.hosts)
	if got := len(seen.hosts); got != 5 {
		t.Errorf("got %d requests, want 5", got)
	}
	for host := range seen.hosts {
		if !strings.Contains(w.address, host) {
			t.Errorf("got a request to %s, want %s only", host, w.address)
		}
	}
	if !strings.HasPrefix(started.Call.URL, w.address+"?") {
		t.Errorf("the link does not lead to the configured gateway")
	}
}

// clockReader notes the timestamp of each request.
type clockReader struct {
	timestamps chan string
}

func (c clockReader) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := request.GetBody()
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(raw))
	c.timestamps <- form.Get("timestamp")
	return nil, errors.Join(err, errors.New("offline"))
}

func TestClient_tellsTheTimeOfBeijing(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	seen := clockReader{timestamps: make(chan string, 1)}
	w.config.Transport = seen
	if _, err := w.client(t).QueryFace(t.Context(), verification.FaceQuery{ProviderID: "0123456789abcdef"}); err == nil {
		t.Error("got an answer from nowhere")
	}
	got, err := time.Parse("2006-01-02 15:04:05", <-seen.timestamps) // as if it were UTC
	if err != nil {
		t.Fatal(err)
	}
	if ahead := got.Sub(time.Now().UTC()).Round(time.Hour); ahead != 8*time.Hour {
		t.Errorf("got a time %s ahead of UTC, want 8h", ahead)
	}
}

func TestClient_followsNoRedirect(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the request was sent on")
	}))
	t.Cleanup(elsewhere.Close)
	w := newFixture(t)
	w.gateway.Break(methodToken, alipaytest.Fault{Location: elsewhere.URL})
	_, err := w.client(t).Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
	if !errors.Is(err, session.ErrUnavailable) {
		t.Errorf("got %v, want %v", err, session.ErrUnavailable)
	}
}

// The environment is read once per process, so this needs one of its own.
func TestClient_asksNoProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	const child = "ALIPAY_TEST_CHILD"
	if os.Getenv(child) != "" {
		w := newFixture(t)
		w.config.Gateway = "https://gateway.invalid/gateway.do"
		if _, err := w.client(t).QueryFace(t.Context(), verification.FaceQuery{ProviderID: "0123456789abcdef"}); err == nil {
			t.Error("got an answer from nowhere")
		}
		return
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the proxy was asked for %s", r.Host)
	}))
	t.Cleanup(proxy.Close)
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestClient_asksNoProxyOfTheEnvironment$")
	command.Env = append(os.Environ(), child+"=1", "HTTPS_PROXY="+proxy.URL, "https_proxy="+proxy.URL)
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestClient_usesTheConfiguredProxy(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Host
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	w := newFixture(t)
	w.config.Gateway, w.config.Proxy = "https://gateway.invalid/gateway.do", proxy.URL
	if _, err := w.client(t).QueryFace(t.Context(), verification.FaceQuery{ProviderID: "0123456789abcdef"}); err == nil {
		t.Error("got an answer from nowhere")
	}
	if got := <-asked; got != "gateway.invalid:443" {
		t.Errorf("the proxy was asked for %s", got)
	}
}

func TestClient_withoutAConnectionNothingIsDone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.Transport = providerstest.Unreachable()
	if _, err := w.client(t).StartFace(t.Context(), faceStart(t)); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("got %v, want %v", err, verification.ErrNothingDone)
	}
}

func TestClient_stopsWhenTheCallerLeaves(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.gateway.Break(methodQuery, alipaytest.Fault{Hang: true})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := w.client(t).QueryFace(ctx, verification.FaceQuery{ProviderID: "0123456789abcdef"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestClient_takesPicturesWhereTheyBelongOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	padding := strings.Repeat(" ", 100<<10)
	w.gateway.Break(methodInitialize, alipaytest.Fault{Answer: `{"code":"10000","certify_id":"a"` + padding + `}`})
	_, err := client.StartFace(t.Context(), faceStart(t))
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != kit.CodeTooLong {
		t.Errorf("got %v, want too_long", err)
	}
	w.gateway.Break(methodQuery, alipaytest.Fault{Answer: `{"code":"10000","passed":"F"` + padding + `}`})
	if got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: "a"}); err != nil || got.Outcome != verification.OutcomeFailed {
		t.Errorf("got %s, %v, want failed", got.Outcome, err)
	}
}

func TestClient_certificateMode(t *testing.T) {
	t.Parallel()
	w, certificates := certificateFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
	got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
	if err != nil || got.Outcome != verification.OutcomePassed {
		t.Fatalf("got %s, %v, want passed", got.Outcome, err)
	}
	if !strings.Contains(started.Call.URL, "app_cert_sn="+certificates.AppSN) {
		t.Error("the link does not name the certificate")
	}
}

func TestClient_fetchesNoCertificateThatAnAnswerNames(t *testing.T) {
	t.Parallel()
	keyMode := newFixture(t)
	certMode, _ := certificateFixture(t)
	for name, w := range map[string]*fixture{"key mode": keyMode, "certificate mode": certMode} {
		client := w.client(t)
		started := w.start(t, client)
		w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
		w.gateway.Break(methodQuery, alipaytest.Fault{CertSN: "0123456789abcdef0123456789abcdef"})
		if got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err == nil {
			t.Errorf("%s: got %s, want an error", name, got.Outcome)
		}
		if got := w.gateway.Calls("alipay.open.app.alipaycert.download"); got != 0 {
			t.Errorf("%s: got %d downloads, want none", name, got)
		}
	}
}

func certificateFixture(t *testing.T) (*fixture, alipaytest.Certificates) {
	t.Helper()
	app, gateway := keyPair(t)
	certificates, err := alipaytest.NewCertificates(&app.PublicKey, &gateway.PublicKey, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	w := newFixtureWith(t, &certificates)
	w.config.AlipayPublicKey = ""
	w.config.AppCert, w.config.RootCert, w.config.AlipayCert = certificates.App, certificates.Root, certificates.Alipay
	return w, certificates
}

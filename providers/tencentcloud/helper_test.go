package tencentcloud_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/tencentcloud"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

const (
	secretID  = "AKIDsentinel"
	secretKey = "sentinel-secret-key"
	patience  = 10 * time.Second       // never reached
	impatient = 150 * time.Millisecond // for callers that wait in vain
)

// serve starts a fake whose source decides by fate.
func serve(t *testing.T, fate func(tencentcloudtest.Query) tencentcloudtest.Fate) (*tencentcloudtest.Fake, *httptest.Server) {
	t.Helper()
	fake, err := tencentcloudtest.New(tencentcloudtest.Options{
		SecretID: secretID, SecretKey: secretKey, Clock: time.Now, Fate: fate,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return fake, server
}

func clientOf(t *testing.T, server *httptest.Server, timeout time.Duration) *tencentcloud.Client {
	t.Helper()
	scheme, endpoint, _ := strings.Cut(server.URL, "://")
	return open(t, tencentcloud.Config{Endpoint: endpoint, Scheme: scheme, Timeout: timeout})
}

// open fills in the credentials.
func open(tb testing.TB, c tencentcloud.Config) *tencentcloud.Client {
	tb.Helper()
	c.SecretID, c.SecretKey = secretID, identity.NewSecret(secretKey)
	client, err := tencentcloud.New(c)
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func wantDecision(t *testing.T, got verification.Decision, outcome verification.Outcome, code failure.Code) {
	t.Helper()
	if got.Outcome != outcome || got.Failure != code {
		t.Errorf("decision: got %s %s, want %s %s", got.Outcome, got.Failure, outcome, code)
	}
}

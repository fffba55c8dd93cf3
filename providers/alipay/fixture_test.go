package alipay_test

import (
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alipay"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
	"renzheng/verification"
)

const (
	appID = "2021000000000001"

	methodToken      = "alipay.system.oauth.token"
	methodProfile    = "alipay.user.info.share"
	methodInitialize = "alipay.user.certify.open.initialize"
	methodQuery      = "alipay.user.certify.open.query"
	methodMessage    = "alipay.open.app.mini.templatemessage.send"

	template = "ac768fca1ce245ccae9404bb5243c49b"

	ownerName   = "欧阳建国"
	ownerNumber = "11010519491231002X"
	ownerOpenID = "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5"
	otherOpenID = "0931bDdUH2MfmyLf5yRD1ahOeJe1oyj06c6mtOqbaXZpDp6"
)

// Keys are slow to make and the same for all tests.
var (
	appKey     = sync.OnceValues(alipaytest.GenerateKey)
	gatewayKey = sync.OnceValues(alipaytest.GenerateKey)
)

func keyPair(tb testing.TB) (app, gateway *rsa.PrivateKey) {
	tb.Helper()
	app, err := appKey()
	if err != nil {
		tb.Fatal(err)
	}
	gateway, err = gatewayKey()
	if err != nil {
		tb.Fatal(err)
	}
	return app, gateway
}

// fixture is a gateway with two accounts and a client that reaches it.
type fixture struct {
	gateway *alipaytest.Gateway
	address string
	config  alipay.Config
	people  map[string]alipaytest.Person
	fate    fakes.FaceFate
	offset  atomic.Int64 // how far the gateway's clock is ahead
}

func newFixture(tb testing.TB) *fixture {
	tb.Helper()
	return newFixtureWith(tb, nil)
}

func newFixtureWith(tb testing.TB, certificates *alipaytest.Certificates) *fixture {
	tb.Helper()
	app, gateway := keyPair(tb)
	w := &fixture{people: map[string]alipaytest.Person{
		ownerOpenID: {OpenID: ownerOpenID, Name: ownerName, Number: ownerNumber, Certified: true},
		otherOpenID: {OpenID: otherOpenID, Name: "李四", Number: "440524188001010014", Certified: true},
	}}
	made, err := alipaytest.New(alipaytest.Options{
		AppID: appID, AppKey: &app.PublicKey, Key: gateway, Certificates: certificates,
		Clock:   func() time.Time { return time.Now().Add(time.Duration(w.offset.Load())) },
		Persons: func(openID string) (alipaytest.Person, bool) { p, ok := w.people[openID]; return p, ok },
		Fate:    func(string, string) fakes.FaceFate { return w.fate },

		Templates: map[string]int{template: 3},
	})
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(made.Handler())
	tb.Cleanup(server.Close)
	w.gateway, w.address = made, server.URL+"/gateway.do"
	w.config = alipay.Config{
		AppID: appID, PrivateKey: identity.NewSecret(alipaytest.EncodePrivateKey(app)), AlipayPublicKey: made.PublicKey(),
		Gateway: w.address, Timeout: 5 * time.Second, PortraitPermitted: true,
		Todo: alipay.TodoTemplate{
			ID: template, Registry: "keyword1", Arrived: "keyword2", Expires: "keyword3", Page: "pages/screen/index",
		},
	}
	return w
}

func (w *fixture) client(tb testing.TB) *alipay.Client {
	tb.Helper()
	client, err := alipay.New(w.config)
	if err != nil {
		tb.Fatalf("New: %v", err)
	}
	return client
}

// start opens a check of the owner's document by the owner's account.
func (w *fixture) start(t *testing.T, client *alipay.Client) verification.FaceStarted {
	t.Helper()
	started, err := client.StartFace(t.Context(), faceStart(t))
	if err != nil {
		t.Fatalf("StartFace: %v", err)
	}
	return started
}

func faceStart(t *testing.T) verification.FaceStart {
	t.Helper()
	document, err := identity.ParseDocument(identity.ResidentID, ownerNumber, ownerName)
	if err != nil {
		t.Fatal(err)
	}
	return verification.FaceStart{
		AttemptID: "att_0123456789abcdef0123456789ab", Document: document,
		User: identity.NewChannelUser(appID, "open_id", ownerOpenID), PortraitToo: true,
	}
}

// show opens the link on the phone of an account and acts there, and returns the
// resultStatus that the mini-program would see.
func (w *fixture) show(t *testing.T, call verification.FaceCall, openID, action string) string {
	t.Helper()
	if status, _ := do(t, mustRequest(t, http.MethodGet, call.URL, nil)); status != http.StatusOK {
		t.Fatalf("opening the link: got status %d", status)
	}
	form := url.Values{"certify_id": {call.CertifyID}, "open_id": {openID}, "action": {action}}
	address := strings.TrimSuffix(w.address, "/gateway.do") + "/sandbox/face"
	request := mustRequest(t, http.MethodPost, address, strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	var got struct{ ResultStatus string }
	_, body := do(t, request)
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	return got.ResultStatus
}

func mustRequest(t *testing.T, method, address string, body io.Reader) *http.Request {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	return request
}

func do(t *testing.T, request *http.Request) (status int, body []byte) {
	t.Helper()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	body, err = io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, body
}

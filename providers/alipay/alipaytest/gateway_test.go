package alipaytest_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
)

const (
	appID  = "2021000000000001"
	openID = "owner-open-id"
	other  = "other-open-id"
)

var appKey = sync.OnceValues(alipaytest.GenerateKey)

// app is an application that signs for itself, without any SDK.
type app struct {
	t       *testing.T
	key     *rsa.PrivateKey
	gateway *alipaytest.Gateway
	address string
	now     time.Time // of the gateway; fixed
	fate    fakes.FaceFate
	adopter string // whose the codes are that the gateway did not issue
}

func newApp(t *testing.T) *app {
	t.Helper()
	key, err := appKey()
	if err != nil {
		t.Fatal(err)
	}
	a := &app{t: t, key: key, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	a.gateway, err = alipaytest.New(alipaytest.Options{
		AppID: appID, AppKey: &key.PublicKey, Key: key, Clock: func() time.Time { return a.now },
		Persons: func(id string) (alipaytest.Person, bool) {
			return alipaytest.Person{OpenID: id, Name: "张三", Number: "11010519491231002X", Certified: true}, id == openID || id == other
		},
		Fate:    func(string, string) fakes.FaceFate { return a.fate },
		Adopter: func() string { return a.adopter },

		Templates: map[string]int{template: 3},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.gateway.Handler())
	t.Cleanup(server.Close)
	a.address = server.URL
	return a
}

// parameters are those of a call, well formed and not yet signed.
func (a *app) parameters(method, business string) url.Values {
	p := url.Values{
		"app_id": {appID}, "method": {method}, "format": {"JSON"}, "charset": {"utf-8"}, "sign_type": {"RSA2"},
		"version": {"1.0"}, "timestamp": {a.now.Add(8 * time.Hour).Format(time.DateTime)},
	}
	if business != "" {
		p.Set("biz_content", business)
	}
	return p
}

func (a *app) sign(p url.Values) url.Values {
	a.t.Helper()
	var pairs []string
	for name, values := range p {
		pairs = append(pairs, name+"="+values[0])
	}
	slices.Sort(pairs)
	digest := sha256.Sum256([]byte(strings.Join(pairs, "&")))
	signature, err := rsa.SignPKCS1v15(rand.Reader, a.key, crypto.SHA256, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	p.Set("sign", base64.StdEncoding.EncodeToString(signature))
	return p
}

// post sends parameters as they are and returns the answer's body.
func (a *app) post(path string, p url.Values) string {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.address+path, strings.NewReader(p.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
	request.Header.Set("Accept", "application/json")
	return a.do(request)
}

func (a *app) get(address string) string {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.do(request)
}

func (a *app) do(request *http.Request) string {
	a.t.Helper()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		a.t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		a.t.Fatal(err)
	}
	return string(body)
}

func (a *app) call(method, business string) string {
	a.t.Helper()
	return a.post("/gateway.do", a.sign(a.parameters(method, business)))
}

func TestGateway_signsTheExactBytesOfItsAnswers(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	body := a.call("alipay.user.certify.open.query", `{"certify_id":"x"}`)
	var answer struct {
		Value json.RawMessage `json:"alipay_user_certify_open_query_response"`
		Sign  []byte          `json:"sign"`
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	der, err := base64.StdEncoding.DecodeString(a.gateway.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		t.Fatal(err)
	}
	public, ok := key.(*rsa.PublicKey)
	if !ok {
		t.Fatalf("got a %T", key)
	}
	digest := sha256.Sum256(answer.Value)
	if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], answer.Sign); err != nil {
		t.Errorf("the answer's signature: %v", err)
	}
}

func TestGateway_refusesRequests(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	for name, tc := range map[string]struct {
		change func(url.Values) // before signing
		spoil  func(url.Values) // after it
		want   string
	}{
		"without a signature":       {spoil: func(p url.Values) { p.Del("sign") }, want: "isv.invalid-signature"},
		"changed after signing":     {spoil: func(p url.Values) { p.Set("biz_content", `{"certify_id":"y"}`) }, want: "isv.invalid-signature"},
		"extended after signing":    {spoil: func(p url.Values) { p.Set("notify_url", "http://x") }, want: "isv.invalid-signature"},
		"with a parameter twice":    {spoil: func(p url.Values) { p.Add("version", "1.0") }, want: "isv.invalid-parameter-version"},
		"of another application":    {change: func(p url.Values) { p.Set("app_id", "2021000000000002") }, want: "isv.invalid-app-id"},
		"in another charset":        {change: func(p url.Values) { p.Set("charset", "GBK") }, want: "isv.invalid-charset"},
		"of another signature type": {change: func(p url.Values) { p.Set("sign_type", "RSA") }, want: "isv.invalid-sign-type"},
		"of another version":        {change: func(p url.Values) { p.Set("version", "2.0") }, want: "isv.invalid-version"},
		"of an unknown method":      {change: func(p url.Values) { p.Set("method", "alipay.trade.pay") }, want: "isv.invalid-method"},
		"sixteen minutes old":       {change: at(a.now.Add(8*time.Hour - 16*time.Minute)), want: "isv.invalid-timestamp"},
		"from the future":           {change: at(a.now.Add(8*time.Hour + 16*time.Minute)), want: "isv.invalid-timestamp"},
		"that tell UTC":             {change: at(a.now), want: "isv.invalid-timestamp"},
	} {
		p := a.parameters("alipay.user.certify.open.query", `{"certify_id":"x"}`)
		if tc.change != nil {
			tc.change(p)
		}
		a.sign(p)
		if tc.spoil != nil {
			tc.spoil(p)
		}
		node := `{"alipay_user_certify_open_query_response":`
		if tc.want == "isv.invalid-method" {
			node = `{"error_response":`
		}
		got := a.post("/gateway.do", p)
		if !strings.HasPrefix(got, node) || !strings.Contains(got, tc.want) || !strings.Contains(got, `"sign":"`) {
			t.Errorf("%s: got %s, want %s in %s", name, got, tc.want, node)
		}
	}
}

func TestGateway_takesParametersAsEverySDKSendsThem(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	for name, change := range map[string]func(url.Values){
		"as documented":           func(url.Values) {},
		"a charset in upper case": func(p url.Values) { p.Set("charset", "UTF-8") },
		"no format":               func(p url.Values) { p.Del("format") },
		"a format in lower case":  func(p url.Values) { p.Set("format", "json") },
		"the version of an SDK":   func(p url.Values) { p.Set("alipay_sdk", "alipay-sdk-java-dynamicVersionNo") },
	} {
		p := a.parameters("alipay.user.certify.open.query", `{"certify_id":"x"}`)
		change(p)
		a.sign(p)
		address, body := url.Values{}, url.Values{}
		maps.Copy(address, p)
		address.Del("biz_content")
		body.Set("biz_content", p.Get("biz_content"))
		empty := url.Values{"notify_url": {""}, "terminal_type": {""}} // some SDKs send empty parameters, and none signs them
		for where, got := range map[string]string{
			"the form":             a.post("/gateway.do", p),
			"the address":          a.post("/gateway.do?"+p.Encode(), url.Values{}),
			"both":                 a.post("/gateway.do?"+address.Encode(), body),
			"both, with empty one": a.post("/gateway.do?"+address.Encode()+"&"+empty.Encode(), body),
		} {
			if !strings.Contains(got, "NOT_EXIST") {
				t.Errorf("%s in %s: got %s", name, where, got)
			}
		}
		if got := a.post("/gateway.do?"+address.Encode(), p); !strings.Contains(got, "isv.invalid-parameter") {
			t.Errorf("%s in the address and again in the form: got %s", name, got)
		}
	}
}

func at(when time.Time) func(url.Values) {
	return func(p url.Values) { p.Set("timestamp", when.Format(time.DateTime)) }
}

func TestNew_wantsWhatItNeeds(t *testing.T) {
	t.Parallel()
	if _, err := alipaytest.New(alipaytest.Options{AppID: appID}); err == nil {
		t.Error("got a gateway that knows no key")
	}
}

func TestGateway_countsCallsAndFaults(t *testing.T) {
	t.Parallel()
	a := newApp(t)
	const method = "alipay.user.certify.open.query"
	a.gateway.Break(method, alipaytest.Fault{Times: 2, Answer: `{"code":"10000"}`})
	for i, want := range []string{`"code":"10000"`, `"code":"10000"`, "NOT_EXIST"} {
		if got := a.call(method, `{"certify_id":"x"}`); !strings.Contains(got, want) {
			t.Errorf("call %d: got %s, want %s", i, got, want)
		}
	}
	if got := a.gateway.Calls(method); got != 3 {
		t.Errorf("got %d calls, want 3", got)
	}
}

package wechattest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/providers/fakes"
	"renzheng/providers/wechat/wechattest"
)

const (
	appID   = "wx00000000000000aa"
	secret  = "the-secret"
	service = "wx00000000000000bb"
	openID  = "owner-openid"
	other   = "other-openid"
	certify = `{"out_seq_no":"att_1","openid":"owner-openid","cert_info":{"cert_type":"IDENTITY_CARD","cert_name":"张三","cert_no":"11010519491231002X"}}`
	// certHash is that of certify's cert_info, reckoned by another program.
	certHash = "471b502b022b21f3e120c5deb08295259bd77cac82956ebffc055c6fced73ce0"
)

// app is an application that calls without any SDK.
type app struct {
	t       *testing.T
	server  *wechattest.Server
	address string
	now     time.Time // of the server; fixed
	fate    fakes.FaceFate
}

func newApp(t *testing.T) *app {
	t.Helper()
	a := &app{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	made, err := wechattest.New(wechattest.Options{
		Apps:      []wechattest.App{{ID: appID, Secret: secret}, {ID: service, Secret: secret}},
		Templates: []string{"template"},
		Clock:     func() time.Time { return a.now },
		Persons: func(id string) (wechattest.Person, bool) {
			return wechattest.Person{AppID: appID, OpenID: id, Phone: "13800138000"}, id == openID || id == other
		},
		Fate: func(string, string) fakes.FaceFate { return a.fate },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(made.Handler())
	t.Cleanup(server.Close)
	a.server, a.address = made, server.URL
	return a
}

func (a *app) do(request *http.Request) string {
	a.t.Helper()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		a.t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		a.t.Fatal(err)
	}
	return string(body)
}

func (a *app) request(method, path, contentType, body string) *http.Request {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), method, a.address+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Content-Type", contentType)
	return request
}

func (a *app) post(path, body string) string {
	a.t.Helper()
	return a.do(a.request(http.MethodPost, path, "application/json", body))
}

func (a *app) get(path string, query url.Values) string {
	a.t.Helper()
	return a.do(a.request(http.MethodGet, path+"?"+query.Encode(), "", ""))
}

func (a *app) form(path string, values url.Values) string {
	a.t.Helper()
	request := a.request(http.MethodPost, path, "application/x-www-form-urlencoded", values.Encode())
	request.Header.Set("Accept", "application/json")
	return a.do(request)
}

func (a *app) token(id, force string) string {
	a.t.Helper()
	body := a.post("/cgi-bin/stable_token",
		`{"grant_type":"client_credential","appid":"`+id+`","secret":"`+secret+`","force_refresh":`+force+`}`)
	return a.field(body, "access_token")
}

func (a *app) field(body, name string) string {
	a.t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		a.t.Fatalf("got %s, %v", body, err)
	}
	text, _ := got[name].(string)
	return text
}

func wantCode(t *testing.T, name, body, code string) {
	t.Helper()
	if !strings.Contains(body, `"errcode":`+code+`,`) {
		t.Errorf("%s: got %s, want errcode %s", name, body, code)
	}
}

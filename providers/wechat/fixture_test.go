package wechat_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
	"renzheng/verification"
)

const (
	appID      = "wx00000000000000aa"
	appSecret  = "5ecre7000000000000000000000000aa"
	serviceID  = "wx00000000000000bb"
	serviceKey = "5ecre7000000000000000000000000bb"
	account    = "gh_0123456789ab"
	pushToken  = "PushToken5ecre7"
	aesKey     = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	template   = "todo-template-1"

	callSession   = "sns/jscode2session"
	callToken     = "cgi-bin/stable_token"
	callVerifyID  = "cityservice/face/identify/getverifyid"
	callVerifyRet = "cityservice/face/identify/queryverifyinfo"
	callImage     = "cityservice/face/identify/getimage"
	callSubscribe = "cgi-bin/message/subscribe/send"
	callQR        = "cgi-bin/qrcode/create"
	callQRPicture = "cgi-bin/showqrcode"
	callMenu      = "cgi-bin/menu/create"

	ownerName     = "欧阳建国"
	ownerNumber   = "11010519491231002X"
	ownerOpenID   = "oMini-0000000000000000000001"
	otherOpenID   = "oMini-0000000000000000000002"
	supportOpenID = "oServ-0000000000000000000001" // of the owner, towards the service account
	attemptID     = "att_0123456789abcdef0123456789ab"
)

// fixture is a WeChat with two accounts and the configurations that reach it.
type fixture struct {
	server  *wechattest.Server
	address string
	memory  *wechattest.Memory
	config  wechat.Config
	service wechat.ServiceConfig
	people  map[string]wechattest.Person
	fate    fakes.FaceFate
	arrived chan string  // the paths of requests
	offset  atomic.Int64 // how far the clock is ahead; ours and WeChat's are one
}

func newFixture(tb testing.TB) *fixture {
	tb.Helper()
	w := &fixture{arrived: make(chan string, 16), memory: &wechattest.Memory{}, people: map[string]wechattest.Person{
		ownerOpenID:            {AppID: appID, OpenID: ownerOpenID, Phone: "13800138000"},
		otherOpenID:            {AppID: appID, OpenID: otherOpenID, Phone: "91234567", Country: "852"},
		supportOpenID:          {AppID: serviceID, OpenID: supportOpenID},
		"open-id-of-the-suite": {AppID: appID, OpenID: "open-id-of-the-suite"},
	}}
	made, err := wechattest.New(wechattest.Options{
		Apps:      []wechattest.App{{ID: appID, Secret: appSecret}, {ID: serviceID, Secret: serviceKey}},
		Templates: []string{template}, Clock: w.clock,
		Persons: func(openID string) (wechattest.Person, bool) { p, ok := w.people[openID]; return p, ok },
		Fate:    func(string, string) fakes.FaceFate { return w.fate },
	})
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(w.announcing(made.Handler()))
	tb.Cleanup(server.Close)
	w.server, w.address = made, server.URL
	w.config = wechat.Config{
		App: wechat.App{
			AppID: appID, AppSecret: identity.NewSecret(appSecret), API: w.address, Timeout: 5 * time.Second,
			Tokens: w.memory, Leases: w.memory, Clock: w.clock,
		},
		PortraitPermitted: true,
		Todo: wechat.TodoTemplate{
			ID: template, Registry: "thing1", Arrived: "time2", Expires: "time3", Page: "pages/todos/index",
		},
	}
	w.service = wechat.ServiceConfig{
		App: w.config.App, PushToken: identity.NewSecret(pushToken), EncodingAESKey: identity.NewSecret(aesKey), Nonces: w.memory,
		IsReplay: func(err error) bool { return errors.Is(err, wechattest.ErrReplay) },
	}
	w.service.AppID, w.service.AppSecret = serviceID, identity.NewSecret(serviceKey)
	return w
}

// announcing sends the path of each request to arrived before it is handled.
func (w *fixture) announcing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		select {
		case w.arrived <- strings.TrimPrefix(r.URL.Path, "/"):
		default: // nobody waits, and the buffer is full
		}
		next.ServeHTTP(out, r)
	})
}

// await returns when a request for a path has arrived. It fails the test if the
// call ends before.
func (w *fixture) await(t *testing.T, path string, ended <-chan error) {
	t.Helper()
	for {
		select {
		case got := <-w.arrived:
			if got == path {
				return
			}
		case err := <-ended:
			t.Fatalf("the call of %s ended before it arrived: %v", path, err)
		}
	}
}

func (w *fixture) clock() time.Time { return time.Now().Add(time.Duration(w.offset.Load())) }

func (w *fixture) pass(d time.Duration) { w.offset.Add(int64(d)) }

func (w *fixture) client(tb testing.TB) *wechat.Client {
	tb.Helper()
	client, err := wechat.New(w.config)
	if err != nil {
		tb.Fatalf("New: %v", err)
	}
	return client
}

func (w *fixture) serviceAccount(tb testing.TB) *wechat.ServiceAccount {
	tb.Helper()
	made, err := wechat.NewServiceAccount(w.service)
	if err != nil {
		tb.Fatalf("NewServiceAccount: %v", err)
	}
	return made
}

func document(tb testing.TB) identity.Document {
	tb.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, ownerNumber, ownerName)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func faceStart(tb testing.TB) verification.FaceStart {
	tb.Helper()
	return verification.FaceStart{
		AttemptID: attemptID, Document: document(tb),
		User: identity.NewChannelUser(appID, "open_id", ownerOpenID), PortraitToo: true,
	}
}

// anotherFace returns a start with an attempt id of its own, because WeChat accepts
// an order number only once.
func anotherFace(tb testing.TB) verification.FaceStart {
	tb.Helper()
	s := faceStart(tb)
	s.AttemptID = "att_" + rand.Text()
	return s
}

func faceQuery(tb testing.TB, providerID string) verification.FaceQuery {
	tb.Helper()
	s := faceStart(tb)
	return verification.FaceQuery{
		ProviderID: providerID, AttemptID: s.AttemptID, StartedAt: time.Now(), Document: s.Document, User: s.User,
	}
}

// start opens a check of the owner's document by the owner's account.
func (w *fixture) start(tb testing.TB, client *wechat.Client) verification.FaceStarted {
	tb.Helper()
	started, err := client.StartFace(tb.Context(), faceStart(tb))
	if err != nil {
		tb.Fatalf("StartFace: %v", err)
	}
	return started
}

// show is what an account does on the face page. It returns the errCode that the
// mini-program would see.
func (w *fixture) show(t *testing.T, verifyID, openID, action string) int {
	t.Helper()
	form := url.Values{"verify_id": {verifyID}, "openid": {openID}, "action": {action}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.address+"/sandbox/face", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ ErrCode int }
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close(), json.Unmarshal(body, &got)); err != nil {
		t.Fatal(err)
	}
	return got.ErrCode
}

// canned answers every call of a path with the same bytes. It answers a call for a
// token even if it has no bytes for it.
type canned map[string][]byte

func (c canned) RoundTrip(request *http.Request) (*http.Response, error) {
	path := strings.TrimPrefix(request.URL.Path, "/")
	body, ok := c[path]
	if path == callToken && !ok {
		body = []byte(`{"access_token":"t","expires_in":7200}`)
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: request, Body: io.NopCloser(bytes.NewReader(body)),
	}, nil
}

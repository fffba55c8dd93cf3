package bff_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/bff"
	"renzheng/identity"
	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
	"renzheng/sql/store"
	"renzheng/sql/storetest"
	"renzheng/support"
)

const (
	serviceApp    = "wx00000000000000bb"
	serviceSecret = "5ecre7000000000000000000000000bb"
	serviceName   = "gh_0123456789ab"
	pushToken     = "PushToken5ecre7"
	aesKey        = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	follower      = "oServ-0000000000000000000001"
	otherFollower = "oServ-0000000000000000000002"
)

// supportFixture is a fixture with a service account, served by replicas on one database.
type supportFixture struct {
	*fixture

	wechat   *wechattest.Server
	accounts []wechat.SupportClient
	apis     []*bff.API
	urls     []string // of the replicas' call-back
	pushes   *wechattest.Pusher
}

func newSupportFixture(tb testing.TB) *supportFixture {
	tb.Helper()
	d := &supportFixture{fixture: newFixture(tb)}
	var err error
	d.wechat, err = wechattest.New(wechattest.Options{
		Apps: []wechattest.App{{ID: serviceApp, Secret: serviceSecret}}, Clock: d.clock,
		Persons: func(openID string) (wechattest.Person, bool) {
			return wechattest.Person{AppID: serviceApp, OpenID: openID}, openID == follower || openID == otherFollower
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	far := httptest.NewServer(d.wechat.Handler())
	tb.Cleanup(far.Close)
	memory := &wechattest.Memory{} // tokens only: what must hold over replicas is in the database
	d.addReplica(tb, far.URL, memory, d.rows)
	d.addReplica(tb, far.URL, memory, storetest.OpenOn(tb, "sqlite:"+d.path, d.ring))
	d.api = d.apis[0]
	d.pushes = d.pusherTo(tb, d.urls[0])
	return d
}

func (d *supportFixture) addReplica(tb testing.TB, far string, memory *wechattest.Memory, rows *store.Store) {
	tb.Helper()
	account, err := wechat.NewServiceAccount(wechat.ServiceConfig{
		App: wechat.App{
			AppID: serviceApp, AppSecret: identity.NewSecret(serviceSecret), API: far, Timeout: 5 * time.Second,
			Tokens: memory, Leases: memory, Clock: d.clock,
		},
		PushToken: identity.NewSecret(pushToken), EncodingAESKey: identity.NewSecret(aesKey), Nonces: rows,
		IsReplay: func(err error) bool { return errors.Is(err, store.ErrReplay) },
	})
	if err != nil {
		tb.Fatal(err)
	}
	deps := d.deps
	deps.Support = d.support(tb, rows, support.Deps{Account: wechat.NewSupportClient(account)})
	deps.Registerer = prometheus.NewRegistry()
	api, err := bff.New(deps)
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(api.Public())
	tb.Cleanup(server.Close)
	d.accounts, d.apis = append(d.accounts, wechat.NewSupportClient(account)), append(d.apis, api)
	d.urls = append(d.urls, server.URL+"/callbacks/wechat")
}

// with returns an API with another support service.
func (d *supportFixture) with(tb testing.TB, s support.Deps) *bff.API {
	tb.Helper()
	deps := d.deps
	deps.Support, deps.Registerer = d.support(tb, d.rows, s), prometheus.NewRegistry()
	api, err := bff.New(deps)
	if err != nil {
		tb.Fatal(err)
	}
	return api
}

// breakCodes lets WeChat make no QR codes.
func (d *supportFixture) breakCodes() {
	d.wechat.Break("cgi-bin/qrcode/create", wechattest.Fault{Status: http.StatusBadGateway})
}

func (d *supportFixture) pusherTo(tb testing.TB, url string) *wechattest.Pusher {
	tb.Helper()
	made, err := d.wechat.Pusher(wechattest.PushConfig{
		AppID: serviceApp, Account: serviceName, URL: url, Token: pushToken, EncodingAESKey: aesKey,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return made
}

// pushed makes the signed request of a message, which a test may spoil.
func (d *supportFixture) pushed(tb testing.TB, message []byte) *http.Request {
	tb.Helper()
	r, err := d.pushes.Request(tb.Context(), message)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// post sends a request of WeChat's and holds the answer against the contract.
func (d *supportFixture) post(tb testing.TB, r *http.Request) reply {
	tb.Helper()
	recorder := httptest.NewRecorder()
	d.api.Public().ServeHTTP(recorder, r)
	got := reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
	r.Body = io.NopCloser(http.NoBody)
	inContract(tb, r, got)
	return got
}

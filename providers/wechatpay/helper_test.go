package wechatpay_test

import (
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/wechatpay"
	"renzheng/providers/wechatpay/wechatpaytest"
)

const (
	appID  = "wx0123456789abcdef"
	mchID  = "1230000109"
	key    = "0123456789abcdef0123456789ABCDEF"
	openID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
	number = "11010519491231002X"
)

// fixture is a client of a simulated WeChat Pay, with a clock that the test moves.
type fixture struct {
	*wechatpay.Client

	pay    *wechatpaytest.Server
	server *httptest.Server
	mu     sync.Mutex
	now    time.Time
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{now: time.Unix(1_790_000_000, 0)}
	var err error
	f.pay, err = wechatpaytest.New(wechatpaytest.Options{
		AppID: appID, MchID: mchID, Key: key, Clock: f.clock,
		Owners: func(id string) (wechatpaytest.Owner, bool) {
			switch id {
			case openID:
				return wechatpaytest.Owner{Name: "张三", Number: number}, true
			case "traveller":
				return wechatpaytest.Owner{Name: "张三", Type: "2", Number: "E12345678"}, true
			case "unverified":
				return wechatpaytest.Owner{}, true
			}
			return wechatpaytest.Owner{}, false
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	f.server = httptest.NewServer(f.pay.Handler())
	t.Cleanup(f.server.Close)
	if f.Client, err = wechatpay.New(configOf(f.server.URL)); err != nil {
		t.Fatal(err)
	}
	return f
}

func configOf(url string) wechatpay.Config {
	return wechatpay.Config{AppID: appID, MchID: mchID, Key: identity.NewSecret(key), API: url}
}

func (f *fixture) clock() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

func (f *fixture) pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

func user(id string) identity.ChannelUser { return identity.NewChannelUser(appID, "open_id", id) }

// consent is what the person's client does between the two calls.
func (f *fixture) consent(t *testing.T, id string) string {
	t.Helper()
	call, err := f.OwnerCall(user(id))
	if err != nil {
		t.Fatal(err)
	}
	code, problem := f.pay.Consent(call.Data)
	if problem != "" {
		t.Fatalf("WeChat Pay rejects the client's data: %s", problem)
	}
	return code
}

func document(t *testing.T, kind identity.DocumentType, number, name string) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(kind, number, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

package wechat_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

// supportFixture is a service account behind an address that WeChat pushes to.
type supportFixture struct {
	*fixture

	service *wechat.ServiceAccount
	pusher  *wechattest.Pusher
	answer  func(p wechat.Push) ([]byte, error) // nil = nothing to say
	got     []wechat.Push
	errs    []error
}

func newSupportFixture(t *testing.T) *supportFixture {
	t.Helper()
	w := newFixture(t)
	o := &supportFixture{fixture: w, service: w.serviceAccount(t)}
	server := httptest.NewServer(http.HandlerFunc(o.serve))
	t.Cleanup(server.Close)
	o.pusher = o.push(t, wechattest.PushConfig{AppID: serviceID, Token: pushToken, EncodingAESKey: aesKey, URL: server.URL})
	return o
}

func (o *supportFixture) push(t *testing.T, config wechattest.PushConfig) *wechattest.Pusher {
	t.Helper()
	config.Account, config.Patience = account, time.Second
	made, err := o.server.Pusher(config)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (o *supportFixture) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		echo, err := o.service.Echo(r.URL.Query())
		if err != nil {
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = io.WriteString(w, echo)
		return
	}
	p, err := o.service.Receive(r.Context(), r.URL.Query(), r.Body)
	if err != nil {
		o.errs = append(o.errs, err)
		w.WriteHeader(http.StatusForbidden)
		return
	}
	o.got = append(o.got, p)
	if o.answer == nil {
		_, _ = io.WriteString(w, wechat.NoReply)
		return
	}
	body, err := o.answer(p)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
	_, _ = w.Write(body)
}

package harness

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"renzheng/providers/wechat/wechattest"
	"renzheng/test/people"
)

// The service account of technical support. Each sample person follows it, with an
// openid of its own.
const (
	serviceAppID   = "wx0000000000000002"
	serviceName    = "gh_sandbox000001"
	followerPrefix = "support-"
)

// SupportAnswer is the answer of the server to one event of WeChat.
type SupportAnswer struct {
	Tries int    `json:"tries"`
	Kind  string `json:"kind"` // "text", "transfer_customer_service", or "" for none
	Text  string `json:"text"`
}

// wechatPerson returns what WeChat knows of an account of either application.
func (s *Sandbox) wechatPerson(openID string) (wechattest.Person, bool) {
	owner, follows := strings.CutPrefix(openID, followerPrefix)
	if !follows {
		return s.fates.wechatAccount(openID)
	}
	_, found := people.ByOpenID(owner, s.clock.now())
	return wechattest.Person{AppID: serviceAppID, OpenID: openID}, found
}

// supportSettings returns the settings of the service account.
func (s *Sandbox) supportSettings() Settings {
	return Settings{
		"BFF_SUPPORT_APP_ID":           serviceAppID,
		"BFF_SUPPORT_APP_SECRET":       s.secretKey,
		"BFF_SUPPORT_PUSH_TOKEN":       s.secretKey,
		"BFF_SUPPORT_ENCODING_AES_KEY": s.encodingKey(),
		"BFF_SUPPORT_API":              s.URL,
		"BFF_SUPPORT_TIMEOUT":          "4s",
	}
}

// encodingKey returns the 43 letters and digits that WeChat's console requires.
func (s *Sandbox) encodingKey() string {
	const length = 43
	return strings.Repeat(s.secretKey, 2)[:length]
}

// serveSupport performs an action of a person at the service account. The form has
// open_id of the mini-program's account, do (scan, subscribe, menu or text), and with.
func (s *Sandbox) serveSupport(out http.ResponseWriter, r *http.Request) {
	pusher, err := s.WeChat.Pusher(wechattest.PushConfig{
		AppID: serviceAppID, Account: serviceName, URL: s.API + "/callbacks/wechat",
		Token: s.secretKey, EncodingAESKey: s.encodingKey(),
	})
	var got wechattest.Delivery
	if err == nil {
		got, err = act(r.Context(), pusher, r)
	}
	answer(out, SupportAnswer{Tries: got.Tries, Kind: got.Kind, Text: got.Text}, err)
}

var errNoAct = errors.New("there is nothing of that name to do with the service account")

func act(ctx context.Context, p *wechattest.Pusher, r *http.Request) (wechattest.Delivery, error) {
	follower, with := followerPrefix+r.FormValue("open_id"), r.FormValue("with")
	switch r.FormValue("do") {
	case "scan":
		return p.Scan(ctx, follower, with)
	case "subscribe":
		return p.Subscribe(ctx, follower, with)
	case "menu":
		return p.Click(ctx, follower, with)
	case "text":
		return p.Write(ctx, follower, with)
	}
	return wechattest.Delivery{}, errNoAct
}

package wechat

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/setting"
)

// The addresses of the real WeChat.
const (
	OfficialAPI   = "https://api.weixin.qq.com"
	OfficialPages = "https://mp.weixin.qq.com" // pictures of QR codes
)

const (
	defaultTimeout = 8 * time.Second  // a person waits; WeChat answers within one
	longestTimeout = 30 * time.Second // beyond it the person's client has given up
)

// App describes an application and how to reach WeChat. A mini-program and a
// service account are two applications with secrets of their own.
type App struct {
	AppID     string          // "wx" and 16 letters and digits, as the console shows it
	AppSecret identity.Secret // 16 to 64 letters and digits

	API     string        // "" = OfficialAPI. http only to loopback.
	Pages   string        // "" = OfficialPages, or API where that is another one
	Proxy   string        // "" = none, the environment is not asked
	Timeout time.Duration // of one call with its token and its retry; 0 = 8 s, at most 30 s

	Tokens TokenStore       // shared by all replicas
	Leases Leases           // likewise
	Clock  func() time.Time // of our server

	Transport http.RoundTripper // nil = our own; another one has its own proxy
}

// Validate returns a setting.Error for each field that is invalid, joined. It does
// not check Tokens, Leases and Clock, which no operator sets; New does.
func (a App) Validate() error {
	_, err := a.withDefaults().prepare()
	return err
}

// Official reports whether calls go to the real WeChat and nowhere else (R35). A
// proxy on another host is not official.
func (a App) Official() bool {
	full := a.withDefaults()
	return isOrigin(full.API, OfficialAPI) && isOrigin(full.Pages, OfficialPages)
}

func isOrigin(raw, want string) bool {
	origin, err := kit.ReadOrigin(raw)
	return err == nil && origin.String() == want
}

// wired returns an error unless the program has set the fields that no operator
// sets.
func (a App) wired() error {
	return errors.Join(
		setting.Require(a.Tokens != nil, "Tokens", "must be set"),
		setting.Require(a.Leases != nil, "Leases", "must be set"),
		setting.Require(a.Clock != nil, "Clock", "must be set"),
	)
}

func (a App) withDefaults() App {
	if a.API == "" {
		a.API = OfficialAPI
	}
	if a.Pages == "" {
		a.Pages = OfficialPages
		if !isOrigin(a.API, OfficialAPI) {
			a.Pages = a.API // one simulated WeChat plays both
		}
	}
	if a.Timeout == 0 {
		a.Timeout = defaultTimeout
	}
	return a
}

// prepared are the addresses of a valid configuration.
type prepared struct {
	api, pages *url.URL
	proxy      *url.URL // nil = none
}

func (a App) prepare() (prepared, error) {
	var p prepared
	var problems [3]error
	p.api, problems[0] = kit.ReadOrigin(a.API)
	if p.pages, problems[1] = kit.ReadOrigin(a.Pages); a.Pages == a.API {
		problems[1] = nil // reported as that of API, from which it was taken
	}
	p.proxy, problems[2] = kit.ReadProxy(a.Proxy)
	err := errors.Join(
		setting.Require(len(a.AppID) == 18 && a.AppID[:2] == "wx" && kit.WellFormed(a.AppID, 18, ""), "AppID", `must be "wx" and 16 letters and digits`),
		setting.Require(len(a.AppSecret.Reveal()) >= 16 && kit.WellFormed(a.AppSecret.Reveal(), 64, ""), "AppSecret", "must be 16 to 64 letters and digits"),
		setting.Wrap("API", problems[0]),
		setting.Wrap("Pages", problems[1]),
		setting.Wrap("Proxy", problems[2]),
		setting.Require(a.Timeout >= 0 && a.Timeout <= longestTimeout, "Timeout", fmt.Sprintf("must be more than 0 and at most %s", longestTimeout)),
	)
	if err != nil {
		return prepared{}, err
	}
	return p, nil
}

package wechat

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"renzheng/identity"
	"renzheng/setting"
)

// Where the real WeChat is reached.
const (
	OfficialAPI   = "https://api.weixin.qq.com"
	OfficialPages = "https://mp.weixin.qq.com" // pictures of QR codes
)

const (
	defaultTimeout = 8 * time.Second  // a person waits; WeChat answers within one
	longestTimeout = 30 * time.Second // beyond it the person's client has given up
)

// App says which application we are and how WeChat is reached. A mini-program
// and a service account are two applications, with secrets of their own.
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

// Validate returns a setting.Error for each field that is invalid, joined.
func (a App) Validate() error {
	_, err := a.withDefaults().prepare()
	return err
}

// Official tells whether calls go to the real WeChat and nowhere else (R35).
// Another host, even one that passes calls on, is not official.
func (a App) Official() bool {
	full := a.withDefaults()
	return full.API == OfficialAPI && full.Pages == OfficialPages
}

func (a App) withDefaults() App {
	if a.API == "" {
		a.API = OfficialAPI
	}
	if a.Pages == "" {
		a.Pages = OfficialPages
		if a.API != OfficialAPI {
			a.Pages = a.API // one simulated WeChat plays both
		}
	}
	if a.Timeout == 0 {
		a.Timeout = defaultTimeout
	}
	return a
}

// prepared are the addresses of a configuration that was found right.
type prepared struct {
	api, pages *url.URL
	proxy      *url.URL // nil = none
}

func (a App) prepare() (prepared, error) {
	var p prepared
	var problems [3]error
	p.api, problems[0] = baseURL("API", a.API)
	p.pages, problems[1] = baseURL("Pages", a.Pages)
	p.proxy, problems[2] = proxyURL(a.Proxy)
	err := errors.Join(
		setting.Require(len(a.AppID) == 18 && a.AppID[:2] == "wx" && wellFormed(a.AppID, 18, ""), "AppID", `must be "wx" and 16 letters and digits`),
		setting.Require(len(a.AppSecret.Reveal()) >= 16 && wellFormed(a.AppSecret.Reveal(), 64, ""), "AppSecret", "must be 16 to 64 letters and digits"),
		errors.Join(problems[:]...),
		setting.Require(a.Timeout >= 0 && a.Timeout <= longestTimeout, "Timeout", fmt.Sprintf("must be more than 0 and at most %s", longestTimeout)),
		setting.Require(a.Tokens != nil, "Tokens", "must be set"),
		setting.Require(a.Leases != nil, "Leases", "must be set"),
		setting.Require(a.Clock != nil, "Clock", "must be set"),
	)
	if err != nil {
		return prepared{}, err
	}
	return p, nil
}

// baseURL reads an address of ours: a scheme and a host. Its value is not
// repeated in errors, since a password may have been put into it.
func baseURL(field, raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, setting.Errorf(field, "must be an absolute address")
	}
	if u.User != nil || u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, setting.Errorf(field, "must be scheme and host only")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, setting.Errorf(field, "must be https, or http to loopback")
	}
	return u, nil
}

func proxyURL(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, setting.Errorf("Proxy", "must be an http or https address")
	}
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

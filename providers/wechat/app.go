package wechat

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"renzheng/identity"
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

// Validate reports all that is wrong with the configuration, together.
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
	var problems [6]error
	if len(a.AppID) != 18 || a.AppID[:2] != "wx" || !wellFormed(a.AppID, 18, "") {
		problems[0] = errors.New(`app id: want "wx" and 16 letters and digits`)
	}
	if len(a.AppSecret.Reveal()) < 16 || !wellFormed(a.AppSecret.Reveal(), 64, "") {
		problems[1] = errors.New("app secret: want 16 to 64 letters and digits")
	}
	p.api, problems[2] = baseURL("api", a.API)
	p.pages, problems[3] = baseURL("pages", a.Pages)
	p.proxy, problems[4] = proxyURL(a.Proxy)
	switch {
	case a.Timeout < 0 || a.Timeout > longestTimeout:
		problems[5] = fmt.Errorf("timeout: want more than 0 and at most %s", longestTimeout)
	case a.Tokens == nil || a.Leases == nil || a.Clock == nil:
		problems[5] = errors.New("tokens, leases, clock: want all")
	}
	if err := errors.Join(problems[:]...); err != nil {
		return prepared{}, fmt.Errorf("wechat configuration: %w", err)
	}
	return p, nil
}

// baseURL reads an address of ours: a scheme and a host. Its value is not
// repeated in errors, since a password may have been put into it.
func baseURL(field, raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%s: want an absolute address", field)
	}
	if u.User != nil || u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, fmt.Errorf("%s: want scheme and host only", field)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, fmt.Errorf("%s: want https, or http to loopback", field)
	}
	return u, nil
}

func proxyURL(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("proxy: want an http or https address")
	}
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

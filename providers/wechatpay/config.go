package wechatpay

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

// The addresses of the real WeChat Pay.
const (
	OfficialAPI    = "https://api.mch.weixin.qq.com"
	OfficialVerify = "https://fraud.mch.weixin.qq.com"
)

const (
	defaultTimeout = 8 * time.Second  // a person waits
	longestTimeout = 30 * time.Second // beyond it the person's client has given up
	longestMchID   = 32
	keyLength      = 32
)

// Config describes a merchant and how to reach WeChat Pay.
type Config struct {
	AppID string          // of the mini-program whose accounts are checked
	MchID string          // the merchant's number, digits
	Key   identity.Secret // the merchant's key of the second version: 32 letters and digits

	API     string        // "" = OfficialAPI; http only to loopback
	Verify  string        // "" = OfficialVerify, or API if that is set to another address
	Proxy   string        // "" = none; the environment is ignored
	Timeout time.Duration // of one call; 0 = 8 s, at most 30 s

	Transport http.RoundTripper // nil = our own; another one has its own proxy
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c Config) Validate() error {
	_, err := c.withDefaults().prepare()
	return err
}

// Official reports whether calls go to the real WeChat Pay and nowhere else (R35).
func (c Config) Official() bool {
	full := c.withDefaults()
	return isOrigin(full.API, OfficialAPI) && isOrigin(full.Verify, OfficialVerify)
}

func isOrigin(raw, want string) bool {
	origin, err := kit.ReadOrigin(raw)
	return err == nil && origin.String() == want
}

func (c Config) withDefaults() Config {
	if c.API == "" {
		c.API = OfficialAPI
	}
	if c.Verify == "" {
		c.Verify = OfficialVerify
		if !isOrigin(c.API, OfficialAPI) {
			c.Verify = c.API // a simulated WeChat Pay serves both
		}
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	return c
}

// prepared are the addresses of a valid configuration.
type prepared struct {
	api, verify *url.URL
	proxy       *url.URL // nil = none
}

func (c Config) prepare() (prepared, error) {
	var p prepared
	var problems [3]error
	p.api, problems[0] = kit.ReadOrigin(c.API)
	if p.verify, problems[1] = kit.ReadOrigin(c.Verify); c.Verify == c.API {
		problems[1] = nil // reported as that of API, from which it was taken
	}
	p.proxy, problems[2] = kit.ReadProxy(c.Proxy)
	key := c.Key.Reveal()
	err := errors.Join(
		setting.Require(kit.WellFormed(c.AppID, longestMchID, ""), "AppID", "must be the id of the mini-program"),
		setting.Require(digits(c.MchID), "MchID", "must be the merchant's number: up to 32 digits"),
		setting.Require(len(key) == keyLength && kit.WellFormed(key, keyLength, ""), "Key", "must be 32 letters and digits"),
		setting.Wrap("API", problems[0]),
		setting.Wrap("Verify", problems[1]),
		setting.Wrap("Proxy", problems[2]),
		setting.Require(c.Timeout >= 0 && c.Timeout <= longestTimeout, "Timeout", fmt.Sprintf("must be more than 0 and at most %s", longestTimeout)),
	)
	if err != nil {
		return prepared{}, err
	}
	return p, nil
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != "" && len(s) <= longestMchID
}

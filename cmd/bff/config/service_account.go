package config

import (
	"time"

	"renzheng/providers/wechat"
)

// ServiceAccount configures the WeChat service account of technical support
// (docs/support.md). It is disabled if nothing is set.
type ServiceAccount struct {
	AppID          string        `help:"Application id of the service account. The account is disabled if nothing of this group is set." env:"BFF_SUPPORT_APP_ID"`
	AppSecret      Secret        `help:"The service account's secret." env:"BFF_SUPPORT_APP_SECRET"`
	PushToken      Secret        `help:"Token of the server push, as set in WeChat's console." env:"BFF_SUPPORT_PUSH_TOKEN"`
	EncodingAESKey Secret        `help:"EncodingAESKey of the server push; the console must be set to the safe mode." env:"BFF_SUPPORT_ENCODING_AES_KEY"`
	API            string        `help:"Address of WeChat's calls." default:"https://api.weixin.qq.com" env:"BFF_SUPPORT_API"`
	Proxy          string        `help:"Proxy for these calls. The proxy of the environment is not used." env:"BFF_SUPPORT_PROXY"`
	Timeout        time.Duration `help:"Timeout of one call." default:"8s" env:"BFF_SUPPORT_TIMEOUT"`
}

// Adapter returns the configuration of the adapter, without the stores of tokens,
// leases and nonces.
func (s ServiceAccount) Adapter() wechat.ServiceConfig {
	return wechat.ServiceConfig{
		App: wechat.App{
			AppID: s.AppID, AppSecret: s.AppSecret.Secret, API: s.API, Proxy: s.Proxy, Timeout: s.Timeout,
			Clock: time.Now,
		},
		PushToken: s.PushToken.Secret, EncodingAESKey: s.EncodingAESKey.Secret,
	}
}

// IsSet reports whether anything of this group is set.
func (s ServiceAccount) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil
// if nothing of the group is set.
func (s ServiceAccount) Check() error {
	if !s.IsSet() {
		return nil
	}
	return s.Adapter().Validate()
}

func (s ServiceAccount) official() bool { return !s.IsSet() || s.Adapter().Official() }

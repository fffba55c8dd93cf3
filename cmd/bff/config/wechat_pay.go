package config

import (
	"errors"
	"time"

	"renzheng/providers/wechatpay"
	"renzheng/setting"
)

// WeChatPay configures the owner check of WeChat accounts. It is disabled if nothing is
// set.
type WeChatPay struct {
	MchID   string        `help:"Number of the authority's WeChat Pay merchant, which needs the permission for real-name verification. The owner check is disabled if nothing of this group is set." env:"BFF_WECHAT_PAY_MCH_ID"`
	Key     Secret        `help:"The merchant's API key, of version 2." env:"BFF_WECHAT_PAY_KEY"`
	API     string        `help:"Address where codes are exchanged." default:"https://api.mch.weixin.qq.com" env:"BFF_WECHAT_PAY_API"`
	Verify  string        `help:"Address where documents are compared. By default WeChat Pay's, or BFF_WECHAT_PAY_API if that is set to another address." env:"BFF_WECHAT_PAY_VERIFY"`
	Proxy   string        `help:"Proxy for these calls. The proxy of the environment is not used." env:"BFF_WECHAT_PAY_PROXY"`
	Timeout time.Duration `help:"Timeout of one call." default:"8s" env:"BFF_WECHAT_PAY_TIMEOUT"`
}

// Adapter returns the configuration of the adapter for a mini-program.
func (s WeChatPay) Adapter(appID string) wechatpay.Config {
	return wechatpay.Config{
		AppID: appID, MchID: s.MchID, Key: s.Key.Secret, API: s.API, Verify: s.Verify, Proxy: s.Proxy, Timeout: s.Timeout,
	}
}

// IsSet reports whether anything of this group is set.
func (s WeChatPay) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil if
// nothing of the group is set.
func (s WeChatPay) Check(wechat WeChat) error {
	if !s.IsSet() {
		return nil
	}
	const anyApp = "wx0000000000000000" // that of the mini-program is checked with its group
	return errors.Join(
		setting.Require(wechat.IsSet(), "MchID", "needs WeChat, which is not configured"),
		s.Adapter(anyApp).Validate(),
	)
}

func (s WeChatPay) official() bool { return !s.IsSet() || s.Adapter("").Official() }

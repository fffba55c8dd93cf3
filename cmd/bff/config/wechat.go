package config

import (
	"time"

	"renzheng/providers/wechat"
)

// WeChat reaches WeChat, a channel and its face check. Untouched, there is
// none.
type WeChat struct {
	AppID     string         `help:"Application id of the mini-program. With none of this group set, the channel is off." env:"BFF_WECHAT_APP_ID"`
	AppSecret Secret         `help:"The mini-program's secret." env:"BFF_WECHAT_APP_SECRET"`
	API       string         `help:"Address of WeChat's calls." default:"https://api.weixin.qq.com" env:"BFF_WECHAT_API"`
	Proxy     string         `help:"Proxy on the way there; the environment's is not used." env:"BFF_WECHAT_PROXY"`
	Timeout   time.Duration  `help:"Longest wait for one answer." default:"8s" env:"BFF_WECHAT_TIMEOUT"`
	Face      bool           `help:"The application has WeChat's face check." default:"true" negatable:"" env:"BFF_WECHAT_FACE"`
	Template  WeChatTemplate `embed:"" prefix:"template." field:"Todo"`
	Portrait  bool           `help:"The authority has the permission to receive the captured picture." env:"BFF_WECHAT_PORTRAIT"`
}

// WeChatTemplate is the subscribe message that tells of a todo. Untouched, there
// is none.
type WeChatTemplate struct {
	ID       string `help:"Template of the message that a todo has arrived; none is sent where it is empty." env:"BFF_WECHAT_TEMPLATE_ID"`
	Registry string `help:"Its field for the registry's name, e.g. thing1." env:"BFF_WECHAT_TEMPLATE_REGISTRY"`
	Arrived  string `help:"Its field for the time of arrival, e.g. time2." env:"BFF_WECHAT_TEMPLATE_ARRIVED"`
	Expires  string `help:"Its field for the end of the window, e.g. time3." env:"BFF_WECHAT_TEMPLATE_EXPIRES"`
	Page     string `help:"Page of the mini-program that the message opens, e.g. pages/screen/index." env:"BFF_WECHAT_TEMPLATE_PAGE"`
	State    string `help:"Version of the mini-program that it opens: formal, trial or developer." env:"BFF_WECHAT_TEMPLATE_STATE"`
}

// Adapter returns the configuration of the adapter, without the store of tokens and
// leases.
func (s WeChat) Adapter() wechat.Config {
	return wechat.Config{
		App: wechat.App{
			AppID: s.AppID, AppSecret: s.AppSecret.Secret,
			API: s.API, Proxy: s.Proxy, Timeout: s.Timeout,
			Clock: time.Now,
		},
		PortraitPermitted: s.Portrait, Todo: wechat.TodoTemplate(s.Template),
	}
}

// IsSet reports whether anything of this group is set.
func (s WeChat) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil
// if nothing of the group is set.
func (s WeChat) Check() error {
	if !s.IsSet() {
		return nil
	}
	return s.Adapter().Validate()
}

func (s WeChat) official() bool { return !s.IsSet() || s.Adapter().Official() }

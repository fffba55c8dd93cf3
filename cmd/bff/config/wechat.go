package config

import (
	"time"

	"renzheng/providers/wechat"
)

// WeChat configures WeChat, a channel and its face check. It is disabled if nothing
// is set.
type WeChat struct {
	AppID     string         `help:"Application id of the mini-program. The channel is off if nothing of this group is set." env:"BFF_WECHAT_APP_ID"`
	AppSecret Secret         `help:"The mini-program's secret." env:"BFF_WECHAT_APP_SECRET"`
	API       string         `help:"Address of WeChat's calls." default:"https://api.weixin.qq.com" env:"BFF_WECHAT_API"`
	Proxy     string         `help:"Proxy for these calls. The proxy of the environment is not used." env:"BFF_WECHAT_PROXY"`
	Timeout   time.Duration  `help:"Timeout of one call." default:"8s" env:"BFF_WECHAT_TIMEOUT"`
	Face      bool           `help:"Whether the application has WeChat's face check." default:"true" negatable:"" env:"BFF_WECHAT_FACE"`
	Template  WeChatTemplate `embed:"" prefix:"template." field:"Todo"`
	Portrait  bool           `help:"Whether the authority may receive the captured picture." env:"BFF_WECHAT_PORTRAIT"`
}

// WeChatTemplate configures the subscribe message for a new todo. None is sent if
// nothing is set.
type WeChatTemplate struct {
	ID       string `help:"Template of the message that a todo has arrived. None is sent if it is empty." env:"BFF_WECHAT_TEMPLATE_ID"`
	Registry string `help:"Field of the template for the registry's name, such as thing1." env:"BFF_WECHAT_TEMPLATE_REGISTRY"`
	Arrived  string `help:"Field of the template for the time of arrival, such as time2." env:"BFF_WECHAT_TEMPLATE_ARRIVED"`
	Expires  string `help:"Field of the template for the end of the time to answer, such as time3." env:"BFF_WECHAT_TEMPLATE_EXPIRES"`
	Page     string `help:"Page of the mini-program that the message opens, such as pages/screen/index." env:"BFF_WECHAT_TEMPLATE_PAGE"`
	State    string `help:"Version of the mini-program that the message opens: formal, trial or developer." env:"BFF_WECHAT_TEMPLATE_STATE"`
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

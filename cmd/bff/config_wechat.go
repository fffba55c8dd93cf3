package main

import (
	"time"

	"renzheng/providers/wechat"
	"renzheng/sql/store"
)

// WeChatConfig reaches WeChat, a channel and its face check. Untouched, there is
// none.
type WeChatConfig struct {
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

func (t WeChatTemplate) template() wechat.TodoTemplate { return wechat.TodoTemplate(t) }

// wechat gives the adapter its part; tokens and leases are rows, so that all
// replicas share them.
func (c *Config) wechat(db *store.Store) wechat.Config {
	return wechat.Config{
		App: wechat.App{
			AppID: c.WeChat.AppID, AppSecret: c.WeChat.AppSecret.Secret,
			API: c.WeChat.API, Proxy: c.WeChat.Proxy, Timeout: c.WeChat.Timeout,
			Tokens: wechatTokens{db}, Leases: db, Clock: time.Now,
		},
		PortraitPermitted: c.WeChat.Portrait, Todo: c.WeChat.Template.template(),
	}
}

package identity

// Channel is where a person comes from.
type Channel string

// The channels. Web is off by default (R36).
const (
	Alipay Channel = "alipay"
	WeChat Channel = "wechat"
	Web    Channel = "web"
)

package wechat

const (
	kindOpenID = "open_id"
	longestID  = 128 // WeChat's own have 28
)

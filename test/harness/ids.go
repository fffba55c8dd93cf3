package harness

// Ids of the server at the simulated third parties.
const (
	appID       = "2000000000000001"
	wechatAppID = "wx0000000000000001"
	merchantID  = "1230000109"           // of WeChat Pay
	templateID  = "sandbox-todo-arrived" // of the messages of Alipay and WeChat
	secretID    = "sandbox"
	accessKeyID = "sandbox"
)

package alipaytest

// The calls that the gateway answers.
const (
	methodToken      = "alipay.system.oauth.token"
	methodProfile    = "alipay.user.info.share"
	methodInitialize = "alipay.user.certify.open.initialize"
	methodCertify    = "alipay.user.certify.open.certify"
	methodQuery      = "alipay.user.certify.open.query"
	methodMessage    = "alipay.open.app.mini.templatemessage.send"
)

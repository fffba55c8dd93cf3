package harness

import (
	_ "embed"
	"net/http"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/providers/tencentcloud/tencentcloudtest"
)

// What Tencent Cloud approved for the simulated authority.
const (
	smsAppID            = "1400000001"
	smsSign             = "样例登记"
	smsRegisterTemplate = "1000001"
	smsSignInTemplate   = "1000002"
)

func (s *Sandbox) smsOptions(o tencentcloudtest.Options) tencentcloudtest.SMSOptions {
	return tencentcloudtest.SMSOptions{
		Options: o, AppID: smsAppID, Sign: smsSign,
		Templates: map[string]string{
			smsRegisterTemplate: "您正在注册，验证码{1}，{2}分钟内有效。请勿告诉任何人。",
			smsSignInTemplate:   "您正在登录，验证码{1}，{2}分钟内有效。请勿告诉任何人。",
		},
	}
}

// accountSettings let people register.
func (s *Sandbox) accountSettings(patience string) Settings {
	return Settings{
		"BFF_ACCOUNTS_PROFILE":              "phone_first",
		"BFF_ACCOUNTS_CODES_PER_NETWORK":    "60000", // all sample persons share one address
		"BFF_SMS_TENCENT":                   strings.TrimPrefix(s.URL, "http://"),
		"BFF_SMS_TENCENT_APP_ID":            smsAppID,
		"BFF_SMS_TENCENT_SIGN":              smsSign,
		"BFF_SMS_TENCENT_TEMPLATE_REGISTER": smsRegisterTemplate,
		"BFF_SMS_TENCENT_TEMPLATE_SIGN_IN":  smsSignInTemplate,
		"BFF_SMS_TIMEOUT":                   patience,
	}
}

//go:embed inbox.html
var inboxText string

var inboxTemplate = page("inbox", inboxText) //nolint:gochecknoglobals // parsed once, never changed

// Inbox is what a phone got, newest first.
type Inbox struct {
	Phone    string       `json:"phone"`
	Messages []SMSMessage `json:"messages"`
}

// SMSMessage is a message that arrived.
type SMSMessage struct {
	At   string `json:"at"` // in Beijing
	Text string `json:"text"`
}

// serveInbox shows the messages of a phone: as a page, or as JSON to whoever accepts that.
func (s *Sandbox) serveInbox(out http.ResponseWriter, r *http.Request) {
	inbox := Inbox{Phone: r.URL.Query().Get("phone"), Messages: []SMSMessage{}}
	for _, m := range s.SMS.Inbox(inbox.Phone) {
		inbox.Messages = append(inbox.Messages, SMSMessage{At: m.At.In(identity.Beijing()).Format("2006-01-02 15:04:05"), Text: m.Text})
	}
	slices.Reverse(inbox.Messages)
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		answer(out, inbox, nil)
		return
	}
	header := out.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_ = inboxTemplate.Execute(out, inbox) // the client may have left
}

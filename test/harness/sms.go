package harness

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
)

// What the vendors approved for the simulated authority.
const (
	smsAppID  = "1400000001"
	smsSign   = "样例登记"
	aliSign   = "样例登记"
	register  = "您正在注册，验证码"
	signIn    = "您正在登录，验证码"
	tellNoOne = "，5分钟内有效。请勿告诉任何人。"
)

// buildSMS makes the SMS services. To a number that ends in 7, Tencent Cloud sends nothing, as if the balance were used up.
func (s *Sandbox) buildSMS(t tencentcloudtest.Options, a alibabacloudtest.Options) (err error) {
	s.TencentSMS, err = tencentcloudtest.NewSMS(tencentcloudtest.SMSOptions{
		Options: t, AppID: smsAppID, Sign: smsSign,
		Templates: map[string]string{
			"1000001": register + "{1}，{2}分钟内有效。请勿告诉任何人。", "1000002": signIn + "{1}，{2}分钟内有效。请勿告诉任何人。",
		},
		SMSFate: func(phone string) tencentcloudtest.SMSFate {
			if strings.HasSuffix(phone, "7") {
				return tencentcloudtest.SMSFate{Code: "FailedOperation.InsufficientBalanceInSmsPackage"}
			}
			return tencentcloudtest.SMSFate{}
		},
	})
	if err != nil {
		return fmt.Errorf("making Tencent Cloud's SMS: %w", err)
	}
	s.AlibabaSMS, err = alibabacloudtest.NewSMS(alibabacloudtest.SMSOptions{
		Options: a, Sign: aliSign,
		Templates: map[string]string{"SMS_1000001": register + "${code}" + tellNoOne, "SMS_1000002": signIn + "${code}" + tellNoOne},
	})
	if err != nil {
		return fmt.Errorf("making Alibaba Cloud's SMS: %w", err)
	}
	return nil
}

// accountSettings let people register.
func (s *Sandbox) accountSettings(patience string) Settings {
	return Settings{
		"BFF_ACCOUNTS_PROFILE":              "phone_first",
		"BFF_ACCOUNTS_CODES_PER_NETWORK":    "60000", // all sample persons share one address
		"BFF_SMS_SENDERS":                   "tencentcloud,alibabacloud",
		"BFF_SMS_TENCENT":                   strings.TrimPrefix(s.URL, "http://"),
		"BFF_SMS_TENCENT_APP_ID":            smsAppID,
		"BFF_SMS_TENCENT_SIGN":              smsSign,
		"BFF_SMS_TENCENT_TEMPLATE_REGISTER": "1000001",
		"BFF_SMS_TENCENT_TEMPLATE_SIGN_IN":  "1000002",
		"BFF_SMS_ALIBABA":                   s.URL,
		"BFF_SMS_ALIBABA_SIGN":              aliSign,
		"BFF_SMS_ALIBABA_TEMPLATE_REGISTER": "SMS_1000001",
		"BFF_SMS_ALIBABA_TEMPLATE_SIGN_IN":  "SMS_1000002",
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

// serveInbox shows the messages of a phone: as JSON if the request accepts that, and otherwise as a page.
func (s *Sandbox) serveInbox(out http.ResponseWriter, r *http.Request) {
	inbox := Inbox{Phone: r.URL.Query().Get("phone"), Messages: []SMSMessage{}}
	add := func(at time.Time, text string) {
		inbox.Messages = append(inbox.Messages, SMSMessage{At: at.In(identity.Beijing()).Format("2006-01-02 15:04:05.000"), Text: text})
	}
	for _, m := range s.TencentSMS.Inbox(inbox.Phone) {
		add(m.At, m.Text)
	}
	for _, m := range s.AlibabaSMS.Inbox(inbox.Phone) {
		add(m.At, m.Text)
	}
	slices.SortFunc(inbox.Messages, func(a, b SMSMessage) int { return strings.Compare(b.At, a.At) })
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

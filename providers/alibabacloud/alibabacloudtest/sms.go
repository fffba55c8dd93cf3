package alibabacloudtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"renzheng/providers/fakes"
	"renzheng/strictjson"
)

const (
	smsAction  = "SendSms"
	smsVersion = "2017-05-25"
	smsNumbers = 10_000 // messages that are kept: a sandbox may run for weeks
)

var smsPhoneShape = regexp.MustCompile(`^1[3-9][0-9]{9}$`)

// smsWindows are what the vendor allows for one number and signature.
func smsWindows() map[time.Duration]int {
	return map[time.Duration]int{time.Minute: 1, time.Hour: 5, 24 * time.Hour: 10}
}

// SMSOptions are what the operator of the account had approved. The templates are by code; ${code} is their variable.
type SMSOptions struct {
	Options

	Sign      string
	Templates map[string]string
	SMSFate   func(phone string) SMSFate // nil: every message arrives
}

// SMSFate is what happens to a message. The zero value arrives.
type SMSFate struct {
	Code     string // of the service, such as isv.AMOUNT_NOT_ENOUGH
	Gateway  string // of the gateway, such as Throttling.User
	Status   int    // with Gateway; 0 = 400
	Delivery fakes.Delivery
}

// SMSMessage is a message that arrived.
type SMSMessage struct {
	Phone string
	Text  string
	At    time.Time
}

// SMSFake is the vendor's service 短信服务. Safe for concurrent use.
type SMSFake struct {
	service *Fake
	options SMSOptions

	mu       sync.Mutex
	messages []SMSMessage
}

var _ http.Handler = (*SMSFake)(nil)

// NewSMS returns a fake, or says what its options lack.
func NewSMS(o SMSOptions) (*SMSFake, error) {
	service, err := New(o.Options)
	if err != nil {
		return nil, err
	}
	if o.SMSFate == nil {
		o.SMSFate = func(string) SMSFate { return SMSFate{} }
	}
	return &SMSFake{service: service, options: o}, nil
}

// Inbox returns the messages of a number, oldest first.
func (f *SMSFake) Inbox(phone string) []SMSMessage {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []SMSMessage
	for _, m := range f.messages {
		if m.Phone == phone {
			found = append(found, m)
		}
	}
	return found
}

// ServeHTTP answers as the vendor does: the service with status 200 whatever it says, the gateway with 400 or more.
func (f *SMSFake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := strings.ToUpper(fakes.UUID())
	say := func(status int, code string) {
		respond(w, status, map[string]any{"Code": code, "Message": "simulated", "RequestId": requestID, "BizId": "1^0"})
	}
	_, code := fakes.Admit(w, r, "RequestBodyTooLarge", f.check)
	if code != "" {
		say(http.StatusBadRequest, code)
		return
	}
	q := r.URL.Query()
	fate := f.options.SMSFate(q.Get("PhoneNumbers"))
	switch {
	case fate.Delivery == fakes.Hung:
		fakes.Hang(r)
	case fate.Gateway != "":
		status := fate.Status
		if status == 0 {
			status = http.StatusBadRequest
		}
		say(status, fate.Gateway)
		return
	}
	result := fate.Code
	if result == "" {
		result = f.deliver(q.Get("PhoneNumbers"), q.Get("SignName"), q.Get("TemplateCode"), q.Get("TemplateParam"))
	}
	switch fate.Delivery {
	case fakes.Lost:
		fakes.Hang(r)
	case fakes.Cut:
		panic(http.ErrAbortHandler)
	case fakes.Garbled:
		write(w, []byte(`{"Code":"O`))
	case fakes.Answered, fakes.Hung:
		say(http.StatusOK, result)
	}
}

// check returns the gateway's code for what is wrong with a request, or "".
func (f *SMSFake) check(r *http.Request, body []byte) string {
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/":
		return "UnsupportedHTTPMethod"
	case r.Header.Get("X-Acs-Action") != smsAction:
		return "InvalidAction.NotFound"
	case r.Header.Get("X-Acs-Version") != smsVersion:
		return "InvalidVersion"
	}
	if code := f.service.checkSignature(r, body); code != "" {
		return code
	}
	for name, values := range r.URL.Query() {
		if len(values) != 1 || !slices.Contains([]string{"PhoneNumbers", "SignName", "TemplateCode", "TemplateParam"}, name) {
			return "InvalidParameter"
		}
	}
	for _, name := range []string{"PhoneNumbers", "SignName", "TemplateCode"} {
		if r.URL.Query().Get(name) == "" {
			return "Missing" + name
		}
	}
	return ""
}

// deliver returns the service's code for a message, and keeps it if it arrives.
func (f *SMSFake) deliver(phone, sign, template, parameter string) string {
	text, known := f.options.Templates[template]
	variables, err := strictjson.ReadObject([]byte(parameter))
	switch {
	case sign != f.options.Sign:
		return "isv.SMS_SIGNATURE_ILLEGAL"
	case !known:
		return "isv.SMS_TEMPLATE_ILLEGAL"
	case !smsPhoneShape.MatchString(phone):
		return "isv.MOBILE_NUMBER_ILLEGAL"
	case err != nil:
		return "isv.INVALID_JSON_PARAM"
	case strings.Contains(text, "${code}") && variables.Text("code") == "":
		return "isv.TEMPLATE_MISSING_PARAMETERS"
	case len(variables.Text("code")) > 6:
		return "isv.PARAM_LENGTH_LIMIT"
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.service.options.Clock()
	for length, most := range smsWindows() {
		sent := 0
		for _, m := range f.messages {
			if m.Phone == phone && now.Sub(m.At) < length {
				sent++
			}
		}
		if sent >= most {
			return "isv.BUSINESS_LIMIT_CONTROL"
		}
	}
	if len(f.messages) == smsNumbers {
		f.messages = f.messages[1:]
	}
	f.messages = append(f.messages, SMSMessage{Phone: phone, Text: "【" + sign + "】" + strings.ReplaceAll(text, "${code}", variables.Text("code")), At: now})
	return "OK"
}

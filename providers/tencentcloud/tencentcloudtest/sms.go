package tencentcloudtest

import (
	"encoding/json"
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
	smsVersion = "2021-01-11"
	smsService = "sms"
	smsRegion  = "ap-guangzhou"
)

// What the vendor allows for one number unless an operator sets more.
const (
	smsPause   = 30 * time.Second
	smsPerHour = 5
	smsPerDay  = 10
)

const maxMessages = 10_000 // a sandbox may run for weeks

var smsPhoneShape = regexp.MustCompile(`^\+86(1[3-9][0-9]{9})$`)

// SMSOptions are what the operator of the account had approved. The templates are by id; {1} and {2} are their parameters.
type SMSOptions struct {
	Options

	AppID     string
	Sign      string
	Templates map[string]string
	SMSFate   func(phone string) SMSFate // nil: every message arrives
}

// SMSFate is what happens to a message. The zero value arrives.
type SMSFate struct {
	Code     string // of the number, such as FailedOperation.PhoneNumberInBlacklist
	Gateway  string // of the whole call, such as RequestLimitExceeded
	Delivery fakes.Delivery
}

// SMSMessage is a message that arrived.
type SMSMessage struct {
	Phone string // without the country code
	Text  string
	At    time.Time
}

// SMSFake is the vendor's service 短信. Safe for concurrent use.
type SMSFake struct {
	service Fake
	options SMSOptions

	mu       sync.Mutex
	messages []SMSMessage
}

var _ http.Handler = (*SMSFake)(nil)

// NewSMS returns a fake, or says what its options lack.
func NewSMS(o SMSOptions) (*SMSFake, error) {
	made, err := New(o.Options)
	if err != nil {
		return nil, err
	}
	if o.SMSFate == nil {
		o.SMSFate = func(string) SMSFate { return SMSFate{} }
	}
	return &SMSFake{service: Fake{options: made.options}, options: o}, nil
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

// ServeHTTP answers as the vendor does: with status 200 whatever it says.
func (f *SMSFake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	requestID := fakes.UUID()
	body, code := fakes.Admit(w, r, "RequestSizeLimitExceeded", checkSMSEnvelope, func(r *http.Request, body []byte) string {
		return f.service.checkSignatureFor(smsService, r, body)
	})
	if code != "" {
		refuse(w, code, requestID)
		return
	}
	q, code := readSMS(body)
	if code != "" {
		refuse(w, code, requestID)
		return
	}
	fate := f.options.SMSFate(strings.TrimPrefix(q.PhoneNumberSet[0], "+86"))
	switch {
	case fate.Delivery == fakes.Hung:
		fakes.Hang(r)
	case fate.Gateway != "":
		refuse(w, fate.Gateway, requestID)
		return
	}
	result := fate.Code
	if result == "" {
		result = f.deliver(q)
	}
	switch fate.Delivery {
	case fakes.Lost:
		fakes.Hang(r)
	case fakes.Cut:
		panic(http.ErrAbortHandler)
	case fakes.Garbled:
		write(w, []byte(`{"Response":{"SendStatusSet":[{"Code":"O`))
	case fakes.Answered, fakes.Hung:
		respond(w, map[string]any{"RequestId": requestID, "SendStatusSet": []any{map[string]any{
			"SerialNo": requestID, "PhoneNumber": q.PhoneNumberSet[0], "Fee": 1, "SessionContext": "", "Code": result, "Message": "simulated", "IsoCode": "CN",
		}}})
	}
}

func checkSMSEnvelope(r *http.Request, _ []byte) string {
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/" || r.URL.RawQuery != "":
		return "UnsupportedOperation"
	case r.Header.Get("X-TC-Action") != smsAction:
		return "InvalidAction"
	case r.Header.Get("X-TC-Version") != smsVersion:
		return "NoSuchVersion"
	case r.Header.Get("X-TC-Region") == "":
		return "MissingParameter"
	case r.Header.Get("X-TC-Region") != smsRegion:
		return "UnsupportedRegion"
	case r.Header.Get("Content-Type") != contentType:
		return "InvalidParameter"
	}
	return ""
}

type smsQuery struct {
	PhoneNumberSet   []string
	SmsSdkAppId      string //nolint:revive,staticcheck // the vendor's name
	SignName         string
	TemplateId       string //nolint:revive,staticcheck // likewise
	TemplateParamSet []string
}

func readSMS(body []byte) (smsQuery, string) {
	var q smsQuery
	parameters, err := strictjson.ReadObject(body)
	if err != nil {
		return q, "InvalidParameter"
	}
	for name := range parameters {
		if !slices.Contains([]string{"PhoneNumberSet", "SmsSdkAppId", "SignName", "TemplateId", "TemplateParamSet"}, name) {
			return q, "UnknownParameter"
		}
	}
	if err = json.Unmarshal(body, &q); err != nil {
		return q, "InvalidParameter"
	}
	if len(q.PhoneNumberSet) != 1 || q.SmsSdkAppId == "" || q.TemplateId == "" { // one number for a code
		return q, "MissingParameter"
	}
	return q, ""
}

// deliver returns the vendor's code for a message, and keeps it if it arrives.
func (f *SMSFake) deliver(q smsQuery) string {
	text, known := f.options.Templates[q.TemplateId]
	number := smsPhoneShape.FindStringSubmatch(q.PhoneNumberSet[0])
	switch {
	case q.SmsSdkAppId != f.options.AppID:
		return "UnauthorizedOperation.SmsSdkAppIdVerifyFail"
	case q.SignName != f.options.Sign:
		return "FailedOperation.SignatureIncorrectOrUnapproved"
	case !known:
		return "FailedOperation.TemplateIncorrectOrUnapproved"
	case strings.Count(text, "{") != len(q.TemplateParamSet):
		return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
	case number == nil:
		return "InvalidParameterValue.IncorrectPhoneNumber"
	}
	for i, parameter := range q.TemplateParamSet {
		text = strings.ReplaceAll(text, "{"+string(rune('1'+i))+"}", parameter)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.service.options.Clock()
	if code := f.limited(number[1], now); code != "" {
		return code
	}
	if len(f.messages) == maxMessages {
		f.messages = f.messages[1:]
	}
	f.messages = append(f.messages, SMSMessage{Phone: number[1], Text: "【" + q.SignName + "】" + text, At: now})
	return "Ok"
}

func (f *SMSFake) limited(phone string, now time.Time) string {
	var pause, hour, day int
	for _, m := range f.messages {
		switch age := now.Sub(m.At); {
		case m.Phone != phone || age >= 24*time.Hour:
			continue
		case age < smsPause:
			pause++
			fallthrough
		case age < time.Hour:
			hour++
			fallthrough
		default:
			day++
		}
	}
	switch {
	case pause > 0:
		return "LimitExceeded.PhoneNumberThirtySecondLimit"
	case hour >= smsPerHour:
		return "LimitExceeded.PhoneNumberOneHourLimit"
	case day >= smsPerDay:
		return "LimitExceeded.PhoneNumberDailyLimit"
	}
	return ""
}

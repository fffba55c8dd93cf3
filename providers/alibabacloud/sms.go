package alibabacloud

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"renzheng/providers/kit"
	"renzheng/setting"
	"renzheng/subscriber"
)

const (
	smsBase    = "https://dysmsapi.aliyuncs.com"
	smsAction  = "SendSms"
	smsVersion = "2017-05-25"
)

var (
	smsSignShape     = regexp.MustCompile(`^[\p{L}\p{N}._-]{2,20}$`)
	smsTemplateShape = regexp.MustCompile(`^SMS_[0-9]{1,32}$`)
)

// SMSConfig has what the vendor approved: the signature that begins a message, and the templates.
type SMSConfig struct {
	Config

	Sign string // without the brackets 【】

	// Templates are the codes of the templates by purpose. Each has one variable, ${code}: the vendor allows no other in a message with a
	// one-time code, so the text itself has to say that it is valid for five minutes.
	Templates map[subscriber.Purpose]string
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c SMSConfig) Validate() error {
	return errors.Join(
		c.Config.Validate(),
		setting.Require(smsSignShape.MatchString(c.Sign), "Sign", "must be the approved signature of 2 to 20 letters and digits, without brackets"),
		setting.Require(smsTemplateShape.MatchString(c.Templates[subscriber.ToRegister]), "TemplateRegister", "must be the code of a template, such as SMS_123456789"),
		setting.Require(smsTemplateShape.MatchString(c.Templates[subscriber.ToSignIn]), "TemplateSignIn", "must be the code of a template, such as SMS_123456789"),
	)
}

// Official reports whether messages are sent by the vendor's own host over TLS.
func (c SMSConfig) Official() bool {
	base, err := c.withSMSDefaults().base()
	return err == nil && base.String() == smsBase
}

func (c SMSConfig) withSMSDefaults() SMSConfig {
	if c.Endpoint == "" {
		c.Endpoint = smsBase
	}
	return c
}

// SMS sends messages by the vendor's service 短信服务, which has another address than that of Client. Safe for concurrent use.
type SMS struct {
	credentials credentials
	line        kit.Line
	clock       func() time.Time
	sign        string
	templates   map[subscriber.Purpose]string
}

var _ subscriber.Sender = (*SMS)(nil)

// NewSMS returns a sender, or an error for each invalid field of the configuration. It sends nothing.
func NewSMS(c SMSConfig) (*SMS, error) {
	c = c.withSMSDefaults()
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("configuring alibabacloud's SMS: %w", err)
	}
	client, err := New(c.Config)
	if err != nil {
		return nil, err
	}
	return &SMS{client.credentials, client.line, client.clock, c.Sign, c.Templates}, nil
}

// Format keeps the key out of printed senders.
func (s *SMS) Format(out fmt.State, _ rune) { _, _ = fmt.Fprint(out, "alibabacloud SMS") }

// SendCode implements [subscriber.Sender]. Errors: *kit.CallError.
func (s *SMS) SendCode(ctx context.Context, m subscriber.Message) error {
	notAsked := kit.NotAsked(provider, smsAction).With(subscriber.ErrNotSent)
	template := s.templates[m.Purpose]
	if template == "" || m.Phone.IsZero() || !subscriber.IsCode(m.Code.Reveal()) || m.Life != subscriber.CodeLife {
		return notAsked
	}
	parameter, err := json.Marshal(map[string]string{"code": m.Code.Reveal()})
	if err != nil {
		return notAsked
	}
	address := *s.line.Base
	address.Path = "/"
	address.RawQuery = url.Values{
		"PhoneNumbers": {m.Phone.Reveal()}, "SignName": {s.sign}, "TemplateCode": {template}, "TemplateParam": {string(parameter)},
	}.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), http.NoBody)
	if err != nil {
		return notAsked
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("X-Acs-Action", smsAction)
	request.Header.Set("X-Acs-Version", smsVersion)
	s.credentials.sign(request, nil, stamp{at: s.clock(), nonce: rand.Text()})
	reply, err := s.line.Send(ctx, request)
	if err != nil {
		return kit.NotAnswered(provider, smsAction, reply.Status, err).IfNoEffect(subscriber.ErrNotSent)
	}
	return readSent(reply)
}

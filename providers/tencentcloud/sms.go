package tencentcloud

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"renzheng/providers/kit"
	"renzheng/setting"
	"renzheng/subscriber"
)

const (
	smsEndpoint = "sms.tencentcloudapi.com"
	smsService  = "sms"
	smsVersion  = "2021-01-11"
	smsAction   = "SendSms"
)

var (
	smsAppShape    = regexp.MustCompile(`^[0-9]{1,32}$`)
	smsSignShape   = regexp.MustCompile(`^[\p{L}\p{N}._-]{2,20}$`)
	smsRegionShape = regexp.MustCompile(`^[a-z]{2}-[a-z]{1,32}$`)
)

// SMSConfig has what the vendor approved: the application, the signature that begins a message, and the templates.
type SMSConfig struct {
	Config

	AppID  string // SmsSdkAppId
	Sign   string // without the brackets 【】
	Region string // "" = ap-guangzhou

	// Templates are the ids of the templates by purpose. Each has two parameters: the code, and the minutes for which it is valid.
	Templates map[subscriber.Purpose]string
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c SMSConfig) Validate() error {
	c = c.withSMSDefaults()
	return errors.Join(
		c.Config.Validate(),
		setting.Require(smsAppShape.MatchString(c.AppID), "AppID", "must be the digits of SmsSdkAppId"),
		setting.Require(smsSignShape.MatchString(c.Sign), "Sign", "must be the approved signature of 2 to 20 letters and digits, without brackets"),
		setting.Require(smsRegionShape.MatchString(c.Region), "Region", "must be a region such as ap-guangzhou"),
		setting.Require(smsAppShape.MatchString(c.Templates[subscriber.ToRegister]), "TemplateRegister", "must be the digits of a template's id"),
		setting.Require(smsAppShape.MatchString(c.Templates[subscriber.ToSignIn]), "TemplateSignIn", "must be the digits of a template's id"),
	)
}

// Official reports whether messages are sent by the vendor's own host over TLS.
func (c SMSConfig) Official() bool {
	c = c.withSMSDefaults()
	return c.Config.withDefaults().Endpoint == smsEndpoint && c.Config.withDefaults().Scheme == schemeHTTPS
}

func (c SMSConfig) withSMSDefaults() SMSConfig {
	if c.Endpoint == "" {
		c.Endpoint = smsEndpoint
	}
	if c.Region == "" {
		c.Region = "ap-guangzhou"
	}
	return c
}

// SMS sends messages by the vendor's service 短信, which has another address and its own codes. Safe for concurrent use.
type SMS struct {
	sdk    *common.Client
	config SMSConfig
}

var _ subscriber.Sender = (*SMS)(nil)

// NewSMS returns a sender, or an error for each invalid field of the configuration. It sends nothing.
func NewSMS(c SMSConfig) (*SMS, error) {
	c = c.withSMSDefaults()
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("configuring tencentcloud's SMS: %w", err)
	}
	sdk, err := open(c.Config, c.Region)
	if err != nil {
		return nil, err
	}
	return &SMS{sdk, c}, nil
}

// SendCode implements [subscriber.Sender]. Errors: *kit.CallError.
func (s *SMS) SendCode(ctx context.Context, m subscriber.Message) error {
	template := s.config.Templates[m.Purpose]
	if template == "" || m.Phone.IsZero() || !subscriber.IsCode(m.Code.Reveal()) {
		return kit.NotAsked(provider, smsAction).With(subscriber.ErrNotSent)
	}
	ctx, e := withExchange(ctx)
	request := tchttp.NewCommonRequest(smsService, smsVersion, smsAction)
	request.SetContext(ctx)
	err := request.SetActionParameters(map[string]any{
		"PhoneNumberSet": []string{mainland + m.Phone.Reveal()}, "SmsSdkAppId": s.config.AppID, "SignName": s.config.Sign, "TemplateId": template,
		"TemplateParamSet": []string{m.Code.Reveal(), strconv.Itoa(int(m.Life / time.Minute))},
	})
	if err != nil {
		return kit.NotAsked(provider, smsAction).With(subscriber.ErrNotSent)
	}
	if err = s.sdk.Send(request, tchttp.NewCommonResponse()); err != nil {
		return kit.NotAnswered(provider, smsAction, e.reply.Status, e.err).IfNoEffect(subscriber.ErrNotSent)
	}
	return readSent(e.reply)
}

const mainland = "+86"

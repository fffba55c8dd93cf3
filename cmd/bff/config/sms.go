package config

import (
	"errors"
	"slices"
	"time"

	"renzheng/providers/alibabacloud"
	"renzheng/providers/tencentcloud"
	"renzheng/setting"
	"renzheng/subscriber"
)

// The services that can send messages.
const (
	tencentSMS = "tencentcloud"
	alibabaSMS = "alibabacloud"
)

// SMS configures messages to phones. None is sent if no service is set.
type SMS struct {
	Senders []string      `help:"SMS services in the order in which they are asked: tencentcloud, alibabacloud. They use the keys of the groups of these names. The next one is asked only if a message was certainly not sent. No message is sent by default." env:"BFF_SMS_SENDERS"`
	Timeout time.Duration `help:"Timeout of one call." default:"5s" env:"BFF_SMS_TIMEOUT"`

	Tencent                 string `help:"Host of Tencent Cloud's SMS service." default:"sms.tencentcloudapi.com" env:"BFF_SMS_TENCENT"`
	TencentAppID            string `help:"SmsSdkAppId of the application at Tencent Cloud." env:"BFF_SMS_TENCENT_APP_ID"`
	TencentSign             string `help:"Signature that Tencent Cloud approved, without brackets." env:"BFF_SMS_TENCENT_SIGN"`
	TencentRegion           string `help:"Region of Tencent Cloud's SMS service." default:"ap-guangzhou" env:"BFF_SMS_TENCENT_REGION"`
	TencentTemplateRegister string `help:"Id of the template that Tencent Cloud approved for a code to register. {1} is the code, {2} the minutes for which it is valid. It should say what the code is for, and not to tell it to anybody." env:"BFF_SMS_TENCENT_TEMPLATE_REGISTER"`
	TencentTemplateSignIn   string `help:"Likewise for a code to sign in." env:"BFF_SMS_TENCENT_TEMPLATE_SIGN_IN"`

	Alibaba                 string `help:"Address of Alibaba Cloud's SMS service." default:"https://dysmsapi.aliyuncs.com" env:"BFF_SMS_ALIBABA"`
	AlibabaSign             string `help:"Signature that Alibaba Cloud approved, without brackets." env:"BFF_SMS_ALIBABA_SIGN"`
	AlibabaTemplateRegister string `help:"Code of the template that Alibaba Cloud approved for a code to register, such as SMS_123456789. Its only variable is named code; it says that the code is valid for 5 minutes, what it is for, and not to tell it to anybody." env:"BFF_SMS_ALIBABA_TEMPLATE_REGISTER"`
	AlibabaTemplateSignIn   string `help:"Likewise for a code to sign in." env:"BFF_SMS_ALIBABA_TEMPLATE_SIGN_IN"`
}

// IsSet reports whether a service is named.
func (s SMS) IsSet() bool { return len(s.Senders) > 0 }

// TencentAdapter returns the configuration of Tencent Cloud's sender, with the key of its group.
func (s SMS) TencentAdapter(t TencentCloud) tencentcloud.SMSConfig {
	c := tencentcloud.SMSConfig{
		Config: t.Adapter(), AppID: s.TencentAppID, Sign: s.TencentSign, Region: s.TencentRegion,
		Templates: map[subscriber.Purpose]string{subscriber.ToRegister: s.TencentTemplateRegister, subscriber.ToSignIn: s.TencentTemplateSignIn},
	}
	c.Endpoint, c.Timeout = s.Tencent, s.Timeout
	return c
}

// AlibabaAdapter returns the configuration of Alibaba Cloud's sender, with the key of its group.
func (s SMS) AlibabaAdapter(a AlibabaCloud) alibabacloud.SMSConfig {
	c := alibabacloud.SMSConfig{
		Config: a.Adapter(), Sign: s.AlibabaSign,
		Templates: map[subscriber.Purpose]string{subscriber.ToRegister: s.AlibabaTemplateRegister, subscriber.ToSignIn: s.AlibabaTemplateSignIn},
	}
	c.Endpoint, c.Timeout = s.Alibaba, s.Timeout
	return c
}

// Check returns a setting.Error for each field that is invalid, joined, and nil if no service is named. What is wrong with the keys is
// reported with their own group.
func (s SMS) Check(t TencentCloud, a AlibabaCloud) error {
	var problems []error
	for i, name := range s.Senders {
		var isSet bool
		switch name {
		case tencentSMS:
			isSet = t.IsSet()
			problems = append(problems, smsProblems("Tencent", s.TencentAdapter(t).Validate())...)
		case alibabaSMS:
			isSet = a.IsSet()
			problems = append(problems, smsProblems("Alibaba", s.AlibabaAdapter(a).Validate())...)
		default:
			problems = append(problems, setting.Errorf("Senders", "each must be tencentcloud or alibabacloud"))
			continue
		}
		problems = append(problems, setting.Require(isSet, "Senders", "names a vendor whose key is not set"),
			setting.Require(!slices.Contains(s.Senders[:i], name), "Senders", "names a vendor twice"))
	}
	return errors.Join(problems...)
}

// smsProblems returns what is wrong with an adapter's settings, by the names of this group.
func smsProblems(vendor string, err error) []error {
	var problems []error
	for _, problem := range setting.Split(err) {
		field, ok := errors.AsType[*setting.Error](problem)
		if !ok {
			continue
		}
		switch field.Field {
		case "Endpoint":
			problems = append(problems, setting.Wrap(vendor, field.Err))
		case "Timeout":
			problems = append(problems, field)
		case "AppID", "Sign", "Region", "TemplateRegister", "TemplateSignIn":
			problems = append(problems, setting.Wrap(vendor+field.Field, field.Err))
		}
	}
	return problems
}

// official reports whether every service that is named is reached at its vendor's own address.
func (s SMS) official(t TencentCloud, a AlibabaCloud) bool {
	return !slices.ContainsFunc(s.Senders, func(name string) bool {
		return name == tencentSMS && !s.TencentAdapter(t).Official() || name == alibabaSMS && !s.AlibabaAdapter(a).Official()
	})
}

package config

import (
	"errors"
	"time"

	"renzheng/providers/tencentcloud"
	"renzheng/setting"
	"renzheng/subscriber"
)

// SMS configures messages to phones. None is sent if nothing is set.
type SMS struct {
	Tencent                 string        `help:"Host of Tencent Cloud's SMS service, which uses the key of the group tencentcloud." default:"sms.tencentcloudapi.com" env:"BFF_SMS_TENCENT"`
	TencentAppID            string        `help:"SmsSdkAppId of the application. No message is sent if nothing of this group is set." env:"BFF_SMS_TENCENT_APP_ID"`
	TencentSign             string        `help:"Approved signature, without brackets." env:"BFF_SMS_TENCENT_SIGN"`
	TencentRegion           string        `help:"Region of the service." default:"ap-guangzhou" env:"BFF_SMS_TENCENT_REGION"`
	TencentTemplateRegister string        `help:"Id of the approved template for a code to register. {1} is the code, {2} the minutes for which it is valid. It should say what the code is for, and not to tell it to anybody." env:"BFF_SMS_TENCENT_TEMPLATE_REGISTER"`
	TencentTemplateSignIn   string        `help:"Likewise for a code to sign in." env:"BFF_SMS_TENCENT_TEMPLATE_SIGN_IN"`
	Timeout                 time.Duration `help:"Timeout of one call." default:"5s" env:"BFF_SMS_TIMEOUT"`
}

// IsSet reports whether anything of this group is set.
func (s SMS) IsSet() bool { return isSet(s) }

// TencentAdapter returns the configuration of Tencent Cloud's sender, with the key of its group.
func (s SMS) TencentAdapter(t TencentCloud) tencentcloud.SMSConfig {
	c := tencentcloud.SMSConfig{
		Config: t.Adapter(), AppID: s.TencentAppID, Sign: s.TencentSign, Region: s.TencentRegion,
		Templates: map[subscriber.Purpose]string{subscriber.ToRegister: s.TencentTemplateRegister, subscriber.ToSignIn: s.TencentTemplateSignIn},
	}
	c.Endpoint, c.Timeout = s.Tencent, s.Timeout
	return c
}

// Check returns a setting.Error for each field that is invalid, joined, and nil if nothing of the group is set. What is wrong
// with the key is reported with its own group.
func (s SMS) Check(t TencentCloud) error {
	if !s.IsSet() {
		return nil
	}
	problems := []error{setting.Require(t.IsSet(), "TencentAppID", "needs the key of the group tencentcloud, which is not set")}
	fields := map[string]string{
		"Endpoint": "Tencent", "Timeout": "Timeout", "AppID": "TencentAppID", "Sign": "TencentSign", "Region": "TencentRegion",
		"TemplateRegister": "TencentTemplateRegister", "TemplateSignIn": "TencentTemplateSignIn",
	}
	for _, problem := range setting.Split(s.TencentAdapter(t).Validate()) {
		if field, ok := errors.AsType[*setting.Error](problem); ok && fields[field.Field] != "" {
			problems = append(problems, setting.Wrap(fields[field.Field], field.Err))
		}
	}
	return errors.Join(problems...)
}

func (s SMS) official(t TencentCloud) bool { return !s.IsSet() || s.TencentAdapter(t).Official() }

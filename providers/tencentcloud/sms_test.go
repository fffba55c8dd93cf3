package tencentcloud_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/tencentcloud"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/subscriber"
)

const smsPhone = "13800138000"

func smsFake(t *testing.T, fate tencentcloudtest.SMSFate) (*tencentcloudtest.SMSFake, tencentcloud.SMSConfig) {
	t.Helper()
	fake, err := tencentcloudtest.NewSMS(tencentcloudtest.SMSOptions{
		Options: tencentcloudtest.Options{SecretID: secretID, SecretKey: secretKey, Clock: time.Now}, AppID: "1400000000", Sign: "样例登记",
		Templates: map[string]string{"1": "注册验证码{1}，{2}分钟内有效。", "2": "登录验证码{1}，{2}分钟内有效。", "3": "没有参数"},
		SMSFate:   func(string) tencentcloudtest.SMSFate { return fate },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	scheme, endpoint, _ := strings.Cut(server.URL, "://")
	return fake, tencentcloud.SMSConfig{
		Config: tencentcloud.Config{SecretID: secretID, SecretKey: identity.NewSecret(secretKey), Endpoint: endpoint, Scheme: scheme, Timeout: impatient},
		AppID:  "1400000000", Sign: "样例登记",
		Templates: map[subscriber.Purpose]string{subscriber.ToRegister: "1", subscriber.ToSignIn: "2"},
	}
}

func message(t *testing.T, p subscriber.Purpose) subscriber.Message {
	t.Helper()
	phone, err := identity.ParsePhone(smsPhone)
	if err != nil {
		t.Fatal(err)
	}
	return subscriber.Message{Purpose: p, Phone: phone, Code: identity.NewSecret("048213"), Life: 5 * time.Minute}
}

func senderOf(t *testing.T, c tencentcloud.SMSConfig) *tencentcloud.SMS {
	t.Helper()
	sender, err := tencentcloud.NewSMS(c)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// Each purpose has its own words, so that nobody reads out a code for something else.
func TestSMS_SendsTheTemplateOfThePurpose(t *testing.T) {
	t.Parallel()
	for purpose, want := range map[subscriber.Purpose]string{
		subscriber.ToRegister: "【样例登记】注册验证码048213，5分钟内有效。", subscriber.ToSignIn: "【样例登记】登录验证码048213，5分钟内有效。",
	} {
		fake, config := smsFake(t, tencentcloudtest.SMSFate{})
		config.Timeout = patience
		if err := senderOf(t, config).SendCode(t.Context(), message(t, purpose)); err != nil {
			t.Fatal(err)
		}
		if got := fake.Inbox(smsPhone); len(got) != 1 || got[0].Text != want {
			t.Errorf("%s: got %+v, want %s", purpose, got, want)
		}
	}
}

// Only what the vendor certainly did not send is given back, and only a number that never gets messages is one.
func TestSMS_SaysWhatCertainlyWasNotSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fate                 tencentcloudtest.SMSFate
		notSent, unreachable bool
	}{
		"blacklist":          {tencentcloudtest.SMSFate{Code: "FailedOperation.PhoneNumberInBlacklist"}, true, true},
		"not a number":       {tencentcloudtest.SMSFate{Code: "InvalidParameterValue.IncorrectPhoneNumber"}, true, true},
		"balance":            {tencentcloudtest.SMSFate{Code: "FailedOperation.InsufficientBalanceInSmsPackage"}, true, false},
		"flow control":       {tencentcloudtest.SMSFate{Code: "LimitExceeded.PhoneNumberDailyLimit"}, true, false},
		"busy gateway":       {tencentcloudtest.SMSFate{Gateway: "RequestLimitExceeded"}, true, false},
		"key":                {tencentcloudtest.SMSFate{Gateway: "AuthFailure.SignatureFailure"}, true, false},
		"internal error":     {tencentcloudtest.SMSFate{Gateway: "InternalError.RequestTimeException"}, false, false},
		"unknown":            {tencentcloudtest.SMSFate{Gateway: "FailedOperation"}, false, false},
		"not documented":     {tencentcloudtest.SMSFate{Code: "Somewhere.Else"}, false, false},
		"no answer":          {tencentcloudtest.SMSFate{Delivery: fakes.Lost}, false, false},
		"broken connection":  {tencentcloudtest.SMSFate{Delivery: fakes.Cut}, false, false},
		"half an answer":     {tencentcloudtest.SMSFate{Delivery: fakes.Garbled}, false, false},
		"hangs before a try": {tencentcloudtest.SMSFate{Delivery: fakes.Hung}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, config := smsFake(t, c.fate)
			err := senderOf(t, config).SendCode(t.Context(), message(t, subscriber.ToSignIn))
			if err == nil || errors.Is(err, subscriber.ErrNotSent) != c.notSent || errors.Is(err, subscriber.ErrUnreachable) != c.unreachable {
				t.Errorf("got %v, want not sent %t, unreachable %t", err, c.notSent, c.unreachable)
			}
			if err != nil && (strings.Contains(err.Error(), smsPhone) || strings.Contains(err.Error(), "048213")) {
				t.Errorf("the error names number or code: %v", err)
			}
		})
	}
}

// The fake rejects what the vendor rejects.
func TestSMS_IsRejectedForWhatWasNotApproved(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*tencentcloud.SMSConfig){
		"UnauthorizedOperation.SmsSdkAppIdVerifyFail":              func(c *tencentcloud.SMSConfig) { c.AppID = "1400000001" },
		"FailedOperation.SignatureIncorrectOrUnapproved":           func(c *tencentcloud.SMSConfig) { c.Sign = "别的登记" },
		"FailedOperation.TemplateIncorrectOrUnapproved":            func(c *tencentcloud.SMSConfig) { c.Templates[subscriber.ToSignIn] = "9" },
		"FailedOperation.TemplateParamSetNotMatchApprovedTemplate": func(c *tencentcloud.SMSConfig) { c.Templates[subscriber.ToSignIn] = "3" },
		"UnsupportedRegion":            func(c *tencentcloud.SMSConfig) { c.Region = "ap-nowhere" },
		"AuthFailure.SignatureFailure": func(c *tencentcloud.SMSConfig) { c.SecretKey = identity.NewSecret("another") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, config := smsFake(t, tencentcloudtest.SMSFate{})
			config.Timeout = patience
			change(&config)
			err := senderOf(t, config).SendCode(t.Context(), message(t, subscriber.ToSignIn))
			if !errors.Is(err, subscriber.ErrNotSent) || !strings.Contains(err.Error(), name) || len(fake.Inbox(smsPhone)) != 0 {
				t.Errorf("got %v, want %s and no message", err, name)
			}
		})
	}
}

// Two messages to one number within 30 seconds are one too many for the vendor.
func TestSMS_MeetsTheFlowControlOfTheVendor(t *testing.T) {
	t.Parallel()
	fake, config := smsFake(t, tencentcloudtest.SMSFate{})
	config.Timeout = patience
	sender := senderOf(t, config)
	first, second := sender.SendCode(t.Context(), message(t, subscriber.ToSignIn)), sender.SendCode(t.Context(), message(t, subscriber.ToSignIn))
	if first != nil || !errors.Is(second, subscriber.ErrNotSent) || len(fake.Inbox(smsPhone)) != 1 {
		t.Errorf("got %v, %v", first, second)
	}
}

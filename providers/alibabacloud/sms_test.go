package alibabacloud_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
	"renzheng/subscriber"
)

const (
	smsPhone  = "13800138000"
	smsKeyID  = "LTAIsms"
	smsSecret = "sms-secret-key"
)

func smsFake(t *testing.T, fate alibabacloudtest.SMSFate) (*alibabacloudtest.SMSFake, alibabacloud.SMSConfig) {
	t.Helper()
	fake, err := alibabacloudtest.NewSMS(alibabacloudtest.SMSOptions{
		Options: alibabacloudtest.Options{AccessKeyID: smsKeyID, AccessKeySecret: smsSecret, Clock: time.Now}, Sign: "样例登记",
		Templates: map[string]string{"SMS_1": "注册验证码${code}，5分钟内有效。", "SMS_2": "登录验证码${code}，5分钟内有效。"},
		SMSFate:   func(string) alibabacloudtest.SMSFate { return fate },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	return fake, alibabacloud.SMSConfig{
		Config:    alibabacloud.Config{AccessKeyID: smsKeyID, AccessKeySecret: identity.NewSecret(smsSecret), Endpoint: server.URL, Timeout: 300 * time.Millisecond, Clock: time.Now},
		Sign:      "样例登记",
		Templates: map[subscriber.Purpose]string{subscriber.ToRegister: "SMS_1", subscriber.ToSignIn: "SMS_2"},
	}
}

func message(t *testing.T, p subscriber.Purpose) subscriber.Message {
	t.Helper()
	phone, err := identity.ParsePhone(smsPhone)
	if err != nil {
		t.Fatal(err)
	}
	return subscriber.Message{Purpose: p, Phone: phone, Code: identity.NewSecret("048213"), Life: subscriber.CodeLife}
}

func senderOf(t *testing.T, c alibabacloud.SMSConfig) *alibabacloud.SMS {
	t.Helper()
	sender, err := alibabacloud.NewSMS(c)
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
		fake, config := smsFake(t, alibabacloudtest.SMSFate{})
		config.Timeout = 10 * time.Second
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
		fate                 alibabacloudtest.SMSFate
		notSent, unreachable bool
	}{
		"not a number":      {alibabacloudtest.SMSFate{Code: "isv.MOBILE_NUMBER_ILLEGAL"}, true, true},
		"balance":           {alibabacloudtest.SMSFate{Code: "isv.AMOUNT_NOT_ENOUGH"}, true, false},
		"flow control":      {alibabacloudtest.SMSFate{Code: "isv.BUSINESS_LIMIT_CONTROL"}, true, false},
		"busy gateway":      {alibabacloudtest.SMSFate{Gateway: "Throttling.User"}, true, false},
		"system error":      {alibabacloudtest.SMSFate{Code: "isp.SYSTEM_ERROR"}, false, false},
		"no right to send":  {alibabacloudtest.SMSFate{Code: "isp.RAM_PERMISSION_DENY"}, true, false},
		"broken gateway":    {alibabacloudtest.SMSFate{Gateway: "ServiceUnavailable", Status: http.StatusServiceUnavailable}, false, false},
		"unknown":           {alibabacloudtest.SMSFate{Code: "SomethingElse"}, false, false},
		"no answer":         {alibabacloudtest.SMSFate{Delivery: fakes.Lost}, false, false},
		"broken connection": {alibabacloudtest.SMSFate{Delivery: fakes.Cut}, false, false},
		"half an answer":    {alibabacloudtest.SMSFate{Delivery: fakes.Garbled}, false, false},
		"hangs":             {alibabacloudtest.SMSFate{Delivery: fakes.Hung}, false, false},
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
	for name, change := range map[string]func(*alibabacloud.SMSConfig){
		"isv.SMS_SIGNATURE_ILLEGAL":   func(c *alibabacloud.SMSConfig) { c.Sign = "别的登记" },
		"isv.SMS_TEMPLATE_ILLEGAL":    func(c *alibabacloud.SMSConfig) { c.Templates[subscriber.ToSignIn] = "SMS_9" },
		"SignatureDoesNotMatch":       func(c *alibabacloud.SMSConfig) { c.AccessKeySecret = identity.NewSecret("another") },
		"InvalidAccessKeyId.NotFound": func(c *alibabacloud.SMSConfig) { c.AccessKeyID = "LTAIother" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fake, config := smsFake(t, alibabacloudtest.SMSFate{})
			config.Timeout = 10 * time.Second
			change(&config)
			err := senderOf(t, config).SendCode(t.Context(), message(t, subscriber.ToSignIn))
			if !errors.Is(err, subscriber.ErrNotSent) || !strings.Contains(err.Error(), name) || len(fake.Inbox(smsPhone)) != 0 {
				t.Errorf("got %v, want %s and no message", err, name)
			}
		})
	}
}

// Two messages to one number in a minute are one too many for the vendor.
func TestSMS_MeetsTheFlowControlOfTheVendor(t *testing.T) {
	t.Parallel()
	fake, config := smsFake(t, alibabacloudtest.SMSFate{})
	config.Timeout = 10 * time.Second
	sender := senderOf(t, config)
	first, second := sender.SendCode(t.Context(), message(t, subscriber.ToSignIn)), sender.SendCode(t.Context(), message(t, subscriber.ToSignIn))
	if first != nil || !errors.Is(second, subscriber.ErrNotSent) || len(fake.Inbox(smsPhone)) != 1 {
		t.Errorf("got %v, %v", first, second)
	}
}

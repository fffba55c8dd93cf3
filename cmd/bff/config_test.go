package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"renzheng/cmd/bff/config"
	"renzheng/test/harness"
)

// settingsOf reads settings as `bff serve --config FILE` does, with flags over them.
func settingsOf(t *testing.T, settings harness.Settings, flags ...string) (*config.Config, error) {
	t.Helper()
	file, err := settings.File()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "settings.json")
	if err = os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := parse(append([]string{"serve", "--config", path}, flags...))
	if err != nil {
		return nil, err
	}
	return &c.Serve.Config, nil
}

// validSettings returns valid settings.
func validSettings(t *testing.T) harness.Settings {
	t.Helper()
	sandbox, err := harness.New(t.Context(), harness.Options{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	return sandbox.Settings.With(harness.Settings{"BFF_LISTEN": "127.0.0.1:8080"})
}

// wantError checks that err is an error that contains each of the words.
func wantError(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("got no error, want one with %q", words)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("got %q, want %q in it", err, word)
		}
	}
}

func TestParse_AllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	_, _, err := parse([]string{
		"serve", "--requests-per-min=0", "--portrait-days=30", "--trusted-proxies=10.0.0.1", "--limits.face=0", "--retention.proof-days=1094", "--retention.event-days=36501", "--tencentcloud.timeout=2m",
		"--alipay.portrait", "--wechat.api=http://192.0.2.1", "--alibabacloud.access-key-id=a b", "--agency.gateway-keys=nowhere.pem",
		"--keys=nowhere.json", "--policy=nowhere.json", "--notices=nowhere.json", "--database=oracle:" + sentinel,
	})
	wantError(t, err, "BFF_ISSUER: must be set", "BFF_REGISTRIES: must be set", "BFF_REQUESTS_PER_MIN", "BFF_PORTRAIT_DAYS", "BFF_TRUSTED_PROXIES",
		"BFF_LIMITS_FACE: must be at least", "BFF_RETENTION_PROOF_DAYS: must be at least 1095", "BFF_RETENTION_EVENT_DAYS: must be at least 30 and at most 36500 days",
		"BFF_ALIPAY_APP_ID", "BFF_ALIPAY_PRIVATE_KEY", "BFF_TENCENTCLOUD_SECRET_ID",
		"BFF_TENCENTCLOUD_SECRET_KEY", "BFF_TENCENTCLOUD_TIMEOUT", "BFF_WECHAT_APP_ID: must", "BFF_WECHAT_APP_SECRET: must", "BFF_WECHAT_API: must",
		"BFF_ALIBABACLOUD_ACCESS_KEY_ID: must", "BFF_ALIBABACLOUD_ACCESS_KEY_SECRET: must", "BFF_AGENCY_URL:", "BFF_AGENCY_KEY:",
		"BFF_AGENCY_KEY_ID: must", "BFF_AGENCY_GATEWAY_KEYS: must each be ID=PATH", "BFF_KEYS", "BFF_POLICY", "BFF_NOTICES", "BFF_DATABASE")
	if strings.Contains(err.Error(), sentinel) {
		t.Errorf("the error repeats a value: %q", err)
	}
}

// without returns the settings without those of some groups.
func without(settings harness.Settings, groups ...string) harness.Settings {
	left := settings.With(nil)
	for name := range settings {
		for _, group := range groups {
			if strings.HasPrefix(name, group) {
				delete(left, name)
			}
		}
	}
	return left
}

func TestParse_WhoIsNotConfiguredIsNotAsked(t *testing.T) {
	t.Parallel()
	const (
		alipay, wechat, tencent, alibaba, agency = "BFF_ALIPAY_", "BFF_WECHAT_", "BFF_TENCENTCLOUD_", "BFF_ALIBABACLOUD_", "BFF_AGENCY_"
		web, photos, accounts, sms               = "BFF_WEB_ADDRESS", "BFF_PHOTO_", "BFF_ACCOUNTS_", "BFF_SMS_"
	)
	settings := validSettings(t)
	for _, tt := range []struct {
		name            string
		leftOut         []string
		channels, faces []string
	}{
		{name: "all of them", channels: []string{"alipay", "web", "wechat"}, faces: []string{"agency", "alipay", "wechat"}},
		{name: "a province with WeChat alone", leftOut: []string{alipay, alibaba, agency, web, photos, accounts, sms}, channels: []string{"wechat"}, faces: []string{"wechat"}},
		{name: "a province with Alipay alone", leftOut: []string{wechat, tencent, agency, web, photos, accounts, sms}, channels: []string{"alipay"}, faces: []string{"alipay"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := settingsOf(t, without(settings, tt.leftOut...))
			if err != nil {
				t.Fatal(err)
			}
			third, err := openThirdParties(c, nil)
			if err != nil {
				t.Fatal(err)
			}
			channels, faces := third.channels(), slices.Sorted(maps.Keys(third.faces))
			if !slices.Equal(channels, tt.channels) || !slices.Equal(faces, tt.faces) {
				t.Errorf("got channels %v and faces by %v, want %v and %v", channels, faces, tt.channels, tt.faces)
			}
		})
	}
	_, err := settingsOf(t, without(settings, alipay, wechat))
	wantError(t, err, "no channel is configured", "BFF_WEB_ADDRESS: people sign in by Alipay")
	_, err = settingsOf(t, without(settings, alibaba))
	wantError(t, err, "BFF_PHOTO_RECOGNIZERS: names a vendor whose key is not set")
	_, err = settingsOf(t, settings.With(harness.Settings{"BFF_PHOTO_RECOGNIZERS": "tencentcloud,tencentcloud,camera", "BFF_PHOTO_TENCENT": "https://ocr", "BFF_PHOTO_TIMEOUT": "2m"}))
	wantError(t, err, "BFF_PHOTO_RECOGNIZERS: names a vendor twice", "BFF_PHOTO_RECOGNIZERS: each must be", "BFF_PHOTO_TENCENT: must be host", "BFF_PHOTO_TIMEOUT: must be more than 0")
	_, err = settingsOf(t, without(settings, web, agency, sms))
	wantError(t, err, "BFF_ACCOUNTS_PROFILE: needs an SMS service", "BFF_ACCOUNTS_PROFILE: needs BFF_WEB_ADDRESS", "BFF_ACCOUNTS_PROFILE: needs BFF_AGENCY_URL")
	_, err = settingsOf(t, without(settings, tencent))
	wantError(t, err, "BFF_SMS_SENDERS: names a vendor whose key is not set")
	_, err = settingsOf(t, settings.With(harness.Settings{
		"BFF_SMS_SENDERS": "alibabacloud,alibabacloud,pigeon", "BFF_SMS_ALIBABA": "http://sms.example", "BFF_SMS_ALIBABA_SIGN": "", "BFF_SMS_ALIBABA_TEMPLATE_REGISTER": "1", "BFF_SMS_ALIBABA_TEMPLATE_SIGN_IN": "",
	}))
	wantError(t, err, "BFF_SMS_SENDERS: names a vendor twice", "BFF_SMS_SENDERS: each must be", "BFF_SMS_ALIBABA: must", "BFF_SMS_ALIBABA_SIGN: must",
		"BFF_SMS_ALIBABA_TEMPLATE_REGISTER: must", "BFF_SMS_ALIBABA_TEMPLATE_SIGN_IN: must")
	_, err = settingsOf(t, settings.With(harness.Settings{
		"BFF_SMS_TENCENT": "https://sms", "BFF_SMS_TENCENT_APP_ID": "app", "BFF_SMS_TENCENT_SIGN": "【样例】", "BFF_SMS_TENCENT_REGION": "guangzhou",
		"BFF_SMS_TENCENT_TEMPLATE_REGISTER": "", "BFF_SMS_TENCENT_TEMPLATE_SIGN_IN": "SMS_1", "BFF_SMS_TIMEOUT": "2m", "BFF_ACCOUNTS_CODES_PER_NETWORK": "0",
	}))
	wantError(t, err, "BFF_SMS_TENCENT: must be host", "BFF_SMS_TENCENT_APP_ID: must", "BFF_SMS_TENCENT_SIGN: must", "BFF_SMS_TENCENT_REGION: must",
		"BFF_SMS_TENCENT_TEMPLATE_REGISTER: must", "BFF_SMS_TENCENT_TEMPLATE_SIGN_IN: must", "BFF_SMS_TIMEOUT: must", "BFF_ACCOUNTS_CODES_PER_NETWORK: must")
	c, err := settingsOf(t, settings.With(harness.Settings{"BFF_WECHAT_FACE": "false"}))
	if err != nil || c.WeChat.Face {
		t.Errorf("got %v, want a WeChat without its face check", err)
	}
}

func TestParse_FileOfRegistries(t *testing.T) {
	t.Parallel()
	_, err := settingsOf(t, validSettings(t).With(harness.Settings{"BFF_REGISTRIES": "nowhere.json", "BFF_REQUESTS_PER_MIN": "0"}))
	wantError(t, err, "BFF_REGISTRIES: reading", "BFF_REQUESTS_PER_MIN")
}

func TestConfig_Sandbox(t *testing.T) {
	t.Parallel()
	settings := validSettings(t)
	official := harness.Settings{
		"BFF_WECHAT_API": "https://api.weixin.qq.com", "BFF_WECHAT_PAY_API": "https://api.mch.weixin.qq.com", "BFF_ALIBABACLOUD_ENDPOINT": "https://cloudauth.aliyuncs.com",
		"BFF_AGENCY_URL":     "https://gateway.example.gov.cn/renzheng",
		"BFF_SUPPORT_API":    "https://api.weixin.qq.com",
		"BFF_ALIPAY_GATEWAY": "https://openapi.alipay.com/gateway.do", "BFF_ALIPAY_PUBLIC_GATEWAY": "",
		"BFF_TENCENTCLOUD_ENDPOINT": "faceid.tencentcloudapi.com", "BFF_TENCENTCLOUD_SCHEME": "https",
		"BFF_PHOTO_TENCENT": "ocr.tencentcloudapi.com", "BFF_PHOTO_ALIBABA": "https://ocr-api.cn-hangzhou.aliyuncs.com", "BFF_SMS_TENCENT": "sms.tencentcloudapi.com", "BFF_SMS_ALIBABA": "https://dysmsapi.aliyuncs.com",
		"BFF_WEB_ADDRESS": "https://renzheng.example", "BFF_WEB_AUTHORIZE": "https://openauth.alipay.com/oauth2/publicAppAuthorize.htm",
		"BFF_ISSUER": "https://renzheng.example", "BFF_LISTEN": ":8080",
	}
	for _, tt := range []struct {
		name    string
		over    harness.Settings
		want    string // "" = it holds
		sandbox bool
	}{
		{name: "a sandbox on loopback", sandbox: true},
		{name: "a sandbox on localhost", over: harness.Settings{"BFF_LISTEN": "localhost:8080", "BFF_ADMIN": "[::1]:9090"}, sandbox: true},
		{name: "a sandbox on every address", over: harness.Settings{"BFF_LISTEN": ":8080"}, want: "BFF_LISTEN: must be a loopback", sandbox: true},
		{name: "a sandbox on the network", over: harness.Settings{"BFF_LISTEN": "192.0.2.1:8080"}, want: "BFF_LISTEN: must be a loopback", sandbox: true},
		{name: "a sandbox's metrics on the network", over: harness.Settings{"BFF_ADMIN": "0.0.0.0:9090"}, want: "BFF_ADMIN: must be a loopback", sandbox: true},
		{name: "a sandbox that seals as a real service", over: harness.Settings{"BFF_ISSUER": "https://renzheng.example"}, want: "must begin with sandbox://", sandbox: true},
		{name: "an issuer that is none", over: harness.Settings{"BFF_ISSUER": "renzheng"}, want: "BFF_ISSUER: must be", sandbox: true},
		{name: "a real service", over: official},
		{name: "a real service that seals as a sandbox", over: official.With(harness.Settings{"BFF_ISSUER": harness.Issuer}), want: "the third parties are real"},
		{name: "a real service whose clock can be moved", over: official.With(harness.Settings{"BFF_CLOCK_FILE": "clock"}), want: "BFF_CLOCK_FILE: is for a sandbox"},
		{name: "a real service without TLS", over: official.With(harness.Settings{"BFF_ISSUER": "http://renzheng.example"}), want: "must be an https address"},
		{
			name: "simulated messages", over: official.With(harness.Settings{"BFF_SMS_ALIBABA": "https://sms.example"}),
			want: "BFF_LISTEN: must be a loopback", sandbox: true,
		},
		{
			name: "one simulated recognition of photos", over: official.With(harness.Settings{"BFF_PHOTO_ALIBABA": "https://ocr.example"}),
			want: "BFF_LISTEN: must be a loopback", sandbox: true,
		},
		{
			name: "one simulated third party", over: official.With(harness.Settings{"BFF_TENCENTCLOUD_ENDPOINT": "faceid.example"}),
			want: "BFF_LISTEN: must be a loopback", sandbox: true,
		},
		{
			name: "a link that leads elsewhere", over: official.With(harness.Settings{"BFF_ALIPAY_PUBLIC_GATEWAY": "https://alipay.example/gateway.do"}),
			want: "must begin with sandbox://", sandbox: true,
		},
		{name: "a simulated WeChat", over: official.With(harness.Settings{"BFF_WECHAT_API": "http://127.0.0.1:1"}), want: "BFF_LISTEN: must be a loopback", sandbox: true},
		{name: "a simulated WeChat Pay", over: official.With(harness.Settings{"BFF_WECHAT_PAY_VERIFY": "http://127.0.0.1:1"}), want: "BFF_LISTEN: must be a loopback", sandbox: true},
		{name: "WeChat Pay without a key", over: harness.Settings{"BFF_WECHAT_PAY_KEY": ""}, want: "BFF_WECHAT_PAY_KEY: must be 32 letters and digits", sandbox: true},
		{name: "a simulated Alibaba Cloud", over: official.With(harness.Settings{"BFF_ALIBABACLOUD_ENDPOINT": "https://cloudauth.example"}), want: "must begin with sandbox://", sandbox: true},
		{name: "a simulated sign-in on the web", over: official.With(harness.Settings{"BFF_WEB_AUTHORIZE": "https://openauth.example"}), want: "must begin with sandbox://", sandbox: true},
		{name: "an authority's gateway on this machine", over: official.With(harness.Settings{"BFF_AGENCY_URL": "http://127.0.0.1:1"}), want: "must begin with sandbox://", sandbox: true},
		{name: "a gateway without TLS", over: harness.Settings{"BFF_ALIPAY_GATEWAY": "http://192.0.2.1/gateway.do"}, want: "http to loopback", sandbox: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := settingsOf(t, settings.With(tt.over))
			if tt.want != "" {
				wantError(t, err, tt.want)
				return
			}
			if err != nil || c.Sandbox() != tt.sandbox {
				t.Errorf("got %v, want settings that hold", err)
			}
		})
	}
}

func TestParse_UnknownVariable(t *testing.T) {
	t.Setenv("BFF_ISUER", sentinel)
	t.Setenv("BFF_TEST_ANYTHING", "of the tests")
	_, _, err := parse([]string{"serve"})
	wantError(t, err, "BFF_ISUER: is not a setting")
	if strings.Contains(err.Error(), sentinel) || strings.Contains(err.Error(), "BFF_TEST_ANYTHING") {
		t.Errorf("got %q", err)
	}
}

func TestParse_UnknownMember(t *testing.T) {
	t.Parallel()
	settings := validSettings(t)
	_, err := settingsOf(t, settings.With(harness.Settings{"BFF_ALIPAY_APPID": sentinel, "BFF_ISUER": sentinel}))
	wantError(t, err, `"alipay.appid" in the file`, `"isuer" in the file`)
	if strings.Contains(err.Error(), sentinel) {
		t.Errorf("the error repeats a value: %q", err)
	}
}

// A flag wins over a variable, a variable over the file, the file over the default.
func TestParse_Precedence(t *testing.T) {
	settings := validSettings(t).With(harness.Settings{"BFF_REQUESTS_PER_MIN": "301", "BFF_LIMITS_FACE": "6", "BFF_SHUTDOWN": "21s"})
	t.Setenv("BFF_REQUESTS_PER_MIN", "302")
	t.Setenv("BFF_LIMITS_FACE", "7")
	c, err := settingsOf(t, settings, "--requests-per-min=303")
	if err != nil {
		t.Fatal(err)
	}
	if c.RequestsPerMin != 303 {
		t.Errorf("got %d requests, want the flag's 303", c.RequestsPerMin)
	}
	if c.Limits.Face != 7 {
		t.Errorf("got %d faces, want the variable's 7", c.Limits.Face)
	}
	if c.Shutdown.Seconds() != 21 {
		t.Errorf("got %s, want the file's 21s", c.Shutdown)
	}
	if c.Limits.Subjects != 5 {
		t.Errorf("got %d subjects, want the default 5", c.Limits.Subjects)
	}
}

func TestWriteConfigDocs(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	if err := config.WriteDocs(&page); err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	if page.String() != string(committed) {
		t.Error("docs/configuration.md is not what config-docs writes; 'make golden' writes it anew")
	}
	for line := range strings.Lines(page.String()) {
		if strings.HasPrefix(line, "| ``") || strings.HasSuffix(line, "|  |\n") {
			t.Errorf("a setting without variable or meaning: %s", line)
		}
	}
}

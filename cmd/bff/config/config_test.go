package config_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"renzheng/cmd/bff/config"
	"renzheng/setting"
	"renzheng/window"
)

// invalid returns settings of which every group has as many problems as possible.
func invalid() *config.Config {
	const wrong = "a b/?"
	secret := config.NewSecret(wrong)
	return &config.Config{
		Listen: wrong, Admin: wrong, TrustedProxies: []string{wrong}, Issuer: wrong, Registries: wrong, Policy: wrong, Sources: wrong, Notices: wrong,
		Storage: config.Storage{Database: secret, Keys: wrong},
		Alipay: config.Alipay{
			AppID: wrong, PrivateKey: secret, PublicKey: wrong, AppCert: wrong, Gateway: wrong, PublicGateway: wrong, Timeout: time.Hour,
		},
		WeChat: config.WeChat{
			AppID: wrong, AppSecret: secret, API: wrong, Proxy: wrong, Timeout: time.Hour,
			Template: config.WeChatTemplate{ID: wrong, Registry: wrong, Arrived: wrong, Expires: wrong, Page: wrong, State: wrong},
		},
		Tencent: config.TencentCloud{SecretID: wrong, SecretKey: secret, Endpoint: wrong, Scheme: wrong, Timeout: time.Hour},
		Alibaba: config.AlibabaCloud{AccessKeyID: wrong, AccessKeySecret: secret, Endpoint: wrong, Timeout: time.Hour},
		Agency: config.Agency{
			URL: wrong, KeyID: wrong, Key: secret, GatewayKeys: []string{wrong}, PageHosts: []string{wrong}, Timeout: time.Hour,
		},
		Photo:   config.Photo{Recognizers: []string{"tencentcloud", "alibabacloud", wrong}, Tencent: wrong, Alibaba: wrong, Timeout: time.Hour},
		Support: config.Support{QRPicture: wrong, FAQ: wrong, Window: strings.Repeat("窗", 501)},
		Account: config.ServiceAccount{
			AppID: wrong, AppSecret: secret, PushToken: secret, EncodingAESKey: secret, API: wrong, Proxy: wrong, Timeout: time.Hour,
		},
		Web:        config.Web{Address: wrong, Folder: wrong, Authorize: wrong},
		Resilience: config.Resilience{Wait: -1},
	}
}

// The console's limits are those of the rules, unless they are set.
func TestConsole_HasTheLimitsOfTheWindow(t *testing.T) {
	t.Parallel()
	var c config.Config
	parser, err := kong.New(&c, config.NewDecoder().Options()...)
	if err == nil {
		_, err = parser.Parse(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Console.Limits(); got != window.DefaultLimits() {
		t.Errorf("got %+v, want %+v", got, window.DefaultLimits())
	}
}

// A problem that names no variable would leave the operator to guess which one to
// change.
func TestConfig_CheckNamesAVariableForEachProblem(t *testing.T) {
	t.Parallel()
	problems := setting.Split(invalid().Check())
	if least := 60; len(problems) < least {
		t.Errorf("got %d problems, want %d or more: %v", len(problems), least, problems)
	}
	for _, problem := range problems {
		if field, ok := errors.AsType[*setting.Error](problem); !ok || !strings.HasPrefix(field.Field, "BFF_") {
			t.Errorf("got %q, want a problem of a variable", problem)
		}
	}
}

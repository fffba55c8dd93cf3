package wechatpay_test

import (
	"maps"
	"testing"

	"renzheng/identity"
	"renzheng/providers/wechatpay"
	"renzheng/providers/wechatpay/wechatpaytest"
)

// The example of https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3.
func TestSign_IsThatOfThePublishedExample(t *testing.T) {
	t.Parallel()
	const key, want = "192006250b4c09247ec02edce69f6a2d", "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"
	parameters := map[string]string{
		"appid": "wxd930ea5d5a258f4f", "mch_id": "10000100", "device_info": "1000", "body": "test", "nonce_str": "ibuaiVcKdpRxkhJA",
		"attach": "", "sign": "is not signed",
	}
	if got := wechatpay.Sign(parameters, key); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := wechatpaytest.Sign(parameters, key); got != want {
		t.Errorf("the simulated WeChat Pay: got %s, want %s", got, want)
	}
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ openID, realName, want string }{
		{"V_OP_NM_MA", "V_NM_ID_MA", "matches"},
		{"V_OP_NM_MA", "V_NM_ID_UM", "differs"},
		{"V_OP_NM_MA", "V_NM_ID_TYPE_UM", "unknown"},
		{"V_OP_NM_UM", "", "differs"},
		{"V_OP_NA", "", "unknown"},
		{"V_OP_NM_MA;V_OP_NM_MA", "V_NM_ID_MA", "matches"},
		{"V_OP_NM_MA;V_OP_NM_UM", "V_NM_ID_MA", "unknown"},
		{"V_OP_NM_MA", "", ""},
		{"V_OP_NEW", "V_NM_ID_MA", ""},
		{"", "V_NM_ID_MA", ""},
	} {
		if got, ok := wechatpay.Verdict(tt.openID, tt.realName); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s, %s: got %q, %t, want %q", tt.openID, tt.realName, got, ok, tt.want)
		}
	}
}

func TestDecode_ReadsWhatEncodeWrites(t *testing.T) {
	t.Parallel()
	want := map[string]string{"real_name": "张三 <&>\"'", "cred_id": "1"}
	if got, err := wechatpay.Decode(wechatpay.Encode(want)); err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if got, err := wechatpay.Decode([]byte("<xml>\n<a><![CDATA[b&c]]></a>\n</xml>")); err != nil || got["a"] != "b&c" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestDecode_RejectsWhatHasTwoMeanings(t *testing.T) {
	t.Parallel()
	for _, content := range []string{
		"", "<xml/>", "<xml></xml>", "<html><a>1</a></html>", "<xml><a>1</a><a>2</a></xml>", "<xml><a><b>1</b></a></xml>",
		`<xml><a x="1">1</a></xml>`, "<xml><a>1</b></xml>", "<xml><a>1</a>", "<xml><a>1</a></xml><xml><b>2</b></xml>",
		"<!DOCTYPE xml><xml><a>1</a></xml>", "<xml>text<a>1</a></xml>", "<xml><a>1</a></xml>text", "<xml><n:a>1</n:a></xml>",
		"<xml><!-- c --><a>1</a></xml>", "<xml><a>&unknown;</a></xml>", "</xml>",
	} {
		if got, err := wechatpay.Decode([]byte(content)); err == nil {
			t.Errorf("%s: got %v", content, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		read, err := wechatpay.Decode(content)
		if err != nil {
			return
		}
		again, err := wechatpay.Decode(wechatpay.Encode(read))
		if err == nil && !maps.Equal(read, again) {
			t.Errorf("got %v after %v", again, read)
		}
	})
}

func TestConfig_Validate(t *testing.T) {
	t.Parallel()
	if err := (wechatpay.Config{AppID: appID, MchID: mchID, Key: identity.NewSecret(key)}).Validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*wechatpay.Config){
		"no merchant":       func(c *wechatpay.Config) { c.MchID = "" },
		"a merchant's name": func(c *wechatpay.Config) { c.MchID = "merchant" },
		"a short key":       func(c *wechatpay.Config) { c.Key = identity.NewSecret("short") },
		"no application":    func(c *wechatpay.Config) { c.AppID = "" },
		"http":              func(c *wechatpay.Config) { c.API = "http://pay.example.cn" },
		"a path":            func(c *wechatpay.Config) { c.Verify = "https://pay.example.cn/path" },
		"a long time":       func(c *wechatpay.Config) { c.Timeout = 1 << 40 },
	} {
		c := wechatpay.Config{AppID: appID, MchID: mchID, Key: identity.NewSecret(key)}
		change(&c)
		if _, err := wechatpay.New(c); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	c := wechatpay.Config{}
	if !c.Official() {
		t.Error("the default addresses are not official")
	}
	if c.API = "http://127.0.0.1:1"; c.Official() {
		t.Error("loopback is official")
	}
}

package harness

import (
	"path/filepath"
	"strings"

	"renzheng/providers/alipay/alipaytest"
)

// settings returns the settings of a server in the sandbox, without its addresses.
func (s *Sandbox) settings() Settings {
	alipayKey := alipaytest.EncodePrivateKey(s.appKey)
	// A simulated time-out takes this long. A busy machine needs most of it to answer.
	const patience = "4s"
	return Settings{
		"BFF_ISSUER":     Issuer,
		"BFF_DATABASE":   s.options.Database,
		"BFF_KEYS":       filepath.Join(s.options.Data, keysName),
		"BFF_REGISTRIES": filepath.Join(s.options.Data, registriesName),

		"BFF_ALIPAY_APP_ID":      appID,
		"BFF_ALIPAY_PRIVATE_KEY": alipayKey,
		"BFF_ALIPAY_PUBLIC_KEY":  s.Alipay.PublicKey(),
		"BFF_ALIPAY_GATEWAY":     s.URL + "/gateway.do",
		"BFF_ALIPAY_TIMEOUT":     patience,
		"BFF_ALIPAY_PORTRAIT":    "true",

		"BFF_ALIPAY_TEMPLATE_ID":       templateID,
		"BFF_ALIPAY_TEMPLATE_REGISTRY": "keyword1",
		"BFF_ALIPAY_TEMPLATE_ARRIVED":  "keyword2",
		"BFF_ALIPAY_TEMPLATE_EXPIRES":  "keyword3",
		"BFF_ALIPAY_TEMPLATE_PAGE":     "pages/screen/index",

		"BFF_AUTHORITY_NAME":             RegistryName,
		"BFF_AUTHORITY_NAME_TRADITIONAL": "樣例市市場監督管理局（模擬）",
		"BFF_AUTHORITY_NAME_ENGLISH":     "Sample Registration Authority (simulated)",
		"BFF_AUTHORITY_LOGO":             filepath.Join(s.options.Data, logoName),

		"BFF_WEB_ADDRESS":   s.API,
		"BFF_WEB_AUTHORIZE": s.URL + authorizePath,

		"BFF_TENCENTCLOUD_SECRET_ID":  secretID,
		"BFF_TENCENTCLOUD_SECRET_KEY": s.secretKey,
		"BFF_TENCENTCLOUD_ENDPOINT":   strings.TrimPrefix(s.URL, "http://"),
		"BFF_TENCENTCLOUD_SCHEME":     "http",
		"BFF_TENCENTCLOUD_TIMEOUT":    patience,

		"BFF_WECHAT_APP_ID":     wechatAppID,
		"BFF_WECHAT_APP_SECRET": s.secretKey,
		"BFF_WECHAT_API":        s.URL,
		"BFF_WECHAT_TIMEOUT":    patience,
		"BFF_WECHAT_PORTRAIT":   "true",

		"BFF_WECHAT_TEMPLATE_ID":       templateID,
		"BFF_WECHAT_TEMPLATE_REGISTRY": "thing1",
		"BFF_WECHAT_TEMPLATE_ARRIVED":  "time2",
		"BFF_WECHAT_TEMPLATE_EXPIRES":  "time3",
		"BFF_WECHAT_TEMPLATE_PAGE":     "pages/screen/index",

		"BFF_ALIBABACLOUD_ACCESS_KEY_ID":     accessKeyID,
		"BFF_ALIBABACLOUD_ACCESS_KEY_SECRET": s.secretKey,
		"BFF_ALIBABACLOUD_ENDPOINT":          s.URL,
		"BFF_ALIBABACLOUD_TIMEOUT":           patience,

		"BFF_AGENCY_URL":          s.URL,
		"BFF_AGENCY_KEY_ID":       s.agency.ClientID,
		"BFF_AGENCY_KEY":          "file:" + filepath.Join(s.options.Data, agencyKeyName),
		"BFF_AGENCY_GATEWAY_KEYS": s.agency.GatewayID + "=" + filepath.Join(s.options.Data, gatewayKeyName),
		"BFF_AGENCY_TIMEOUT":      patience,

		// All sample persons share one address, and the journey is faster than any person.
		"BFF_REQUESTS_PER_MIN": "60000",
	}.With(s.paySettings(patience)).With(s.photoSettings(patience)).With(s.accountSettings(patience)).With(s.supportSettings()).With(s.clockSettings()).With(s.staffSettings()).With(s.options.Settings)
}

// photoSettings are those of the recognizers of photos.
func (s *Sandbox) photoSettings(patience string) Settings {
	return Settings{
		"BFF_PHOTO_RECOGNIZERS": "tencentcloud,alibabacloud",
		"BFF_PHOTO_TENCENT":     strings.TrimPrefix(s.URL, "http://"),
		"BFF_PHOTO_ALIBABA":     s.URL,
		"BFF_PHOTO_TIMEOUT":     patience,
	}
}

// paySettings are the settings of the owner check of WeChat accounts.
func (s *Sandbox) paySettings(patience string) Settings {
	return Settings{
		"BFF_WECHAT_PAY_MCH_ID":  merchantID,
		"BFF_WECHAT_PAY_KEY":     s.merchantKey,
		"BFF_WECHAT_PAY_API":     s.URL,
		"BFF_WECHAT_PAY_TIMEOUT": patience,
	}
}

// clockSettings makes the server's rules go by the same clock.
func (s *Sandbox) clockSettings() Settings {
	if s.clock.file == "" {
		return nil
	}
	return Settings{"BFF_CLOCK_FILE": s.clock.file}
}

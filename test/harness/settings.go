package harness

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"renzheng/providers/alipay/alipaytest"
)

// Settings configure a server: BFF_ variables and their values.
type Settings map[string]string

// Issuer is the issuer of receipts in a sandbox. It is not a web address, so that
// such a receipt cannot be mistaken for a real one.
const Issuer = "sandbox://renzheng.sandbox"

// With returns the settings, overridden by others.
func (s Settings) With(others Settings) Settings {
	all := maps.Clone(s)
	maps.Copy(all, others)
	return all
}

// Environment returns the settings as environment variables, in a stable order.
func (s Settings) Environment() []string {
	pairs := make([]string, 0, len(s))
	for _, name := range slices.Sorted(maps.Keys(s)) {
		pairs = append(pairs, name+"="+s[name])
	}
	return pairs
}

// File returns the settings as the JSON file that `bff --config` reads.
// Secrecy: the file contains the keys of the sandbox.
func (s Settings) File() ([]byte, error) {
	values := make(map[string]string, len(s))
	for name, value := range s {
		key := strings.ToLower(strings.TrimPrefix(name, "BFF_"))
		for _, group := range []string{"wechat_template", "alipay", "wechat", "tencentcloud", "alibabacloud", "agency", "support", "limits", "resilience", "web"} {
			if rest, in := strings.CutPrefix(key, group+"_"); in {
				key = strings.ReplaceAll(group, "_", ".") + "." + rest
				break
			}
		}
		values[key] = value
	}
	file, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encoding the settings: %w", err)
	}
	return append(file, '\n'), nil
}

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
	}.With(s.supportSettings()).With(s.clockSettings()).With(s.options.Settings)
}

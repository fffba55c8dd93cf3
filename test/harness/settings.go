package harness

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
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
		for _, group := range []string{"wechat_template", "wechat_pay", "alipay_template", "alipay", "wechat", "tencentcloud", "alibabacloud", "agency", "photo", "sms", "accounts", "authority", "support", "limits", "resilience", "retention", "traces", "web", "console"} {
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

package wechatpaytest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

const signType = "HMAC-SHA256"

// Sign returns the signature of parameters by the rules of WeChat Pay's second version.
func Sign(parameters map[string]string, key string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		if value := parameters[name]; value != "" && name != "sign" {
			pairs = append(pairs, name+"="+value)
		}
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(strings.Join(append(pairs, "key="+key), "&")))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

func genuine(parameters map[string]string, key string) bool {
	return hmac.Equal([]byte(Sign(parameters, key)), []byte(parameters["sign"]))
}

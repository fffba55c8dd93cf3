package wechatpay

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"renzheng/identity"
)

const (
	signType  = "HMAC-SHA256"
	fieldSign = "sign"
)

// fields are the parameters of a request or an answer. Some are personal or secret.
type fields map[string]string

// sign returns the signature of the second version: the non-empty parameters but the
// signature itself, sorted by their names, with the key at their end.
// Source: https://pay.weixin.qq.com/doc/v2/merchant/4011985891
func (f fields) sign(key identity.Secret) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if name != fieldSign && f[name] != "" {
			text.WriteString(name + "=" + f[name] + "&")
		}
	}
	text.WriteString("key=" + key.Reveal())
	mac := hmac.New(sha256.New, []byte(key.Reveal()))
	mac.Write([]byte(text.String()))
	return strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
}

// signed returns f with its signature.
func (f fields) signed(key identity.Secret) fields {
	f[fieldSign] = f.sign(key)
	return f
}

// genuine reports whether f has the signature of WeChat Pay.
func (f fields) genuine(key identity.Secret) bool {
	return hmac.Equal([]byte(f.sign(key)), []byte(f[fieldSign]))
}

// nonce returns 26 random letters and digits; WeChat Pay accepts up to 32.
func nonce() string { return rand.Text() }

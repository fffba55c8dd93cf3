package wechat

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"renzheng/identity"
)

// certHash returns what identifies the document of a face check in queries: the
// SHA-256, in lower case hex, of the three values in padded standard base64, in
// this order and without escapes (WeChat's page on queryVerifyInfo, 2026-01).
func certHash(d identity.Document) string { return hashCert(d.Name.Reveal(), d.Number.Reveal()) }

func hashCert(name, number string) string {
	encode := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	text := "cert_type=" + encode(certType) +
		"&cert_name=" + encode(name) +
		"&cert_no=" + encode(number)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

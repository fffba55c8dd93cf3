package main

import (
	"time"

	"renzheng/providers/alipay"
)

// AlipayConfig reaches Alipay, a channel and its face check: key mode (public
// key) or certificate mode (three certificates). Untouched, there is none.
type AlipayConfig struct {
	AppID         string        `help:"Application id of the mini-program. With none of this group set, the channel is off." env:"BFF_ALIPAY_APP_ID"`
	PrivateKey    Secret        `help:"Our RSA2 private key, PEM or base64." env:"BFF_ALIPAY_PRIVATE_KEY"`
	PublicKey     string        `help:"Alipay's public key, PEM or base64 (key mode)." field:"AlipayPublicKey" env:"BFF_ALIPAY_PUBLIC_KEY"`
	AppCert       string        `help:"Path of our certificate (certificate mode)." type:"path" env:"BFF_ALIPAY_APP_CERT"`
	RootCert      string        `help:"Path of Alipay's root certificates (certificate mode)." type:"path" env:"BFF_ALIPAY_ROOT_CERT"`
	AlipayCert    string        `help:"Path of Alipay's certificate (certificate mode)." type:"path" env:"BFF_ALIPAY_ALIPAY_CERT"`
	Gateway       string        `help:"Gateway that this server calls." default:"https://openapi.alipay.com/gateway.do" env:"BFF_ALIPAY_GATEWAY"`
	PublicGateway string        `help:"Gateway that the person's client opens; the same where empty." env:"BFF_ALIPAY_PUBLIC_GATEWAY"`
	Timeout       time.Duration `help:"Longest wait for one answer." default:"8s" env:"BFF_ALIPAY_TIMEOUT"`
	Portrait      bool          `help:"The authority has the permission to receive the captured picture." env:"BFF_ALIPAY_PORTRAIT"`
}

// alipay gives the adapter its part.
func (c *Config) alipay() alipay.Config {
	return alipay.Config{
		AppID: c.Alipay.AppID, PrivateKey: c.Alipay.PrivateKey.Secret, AlipayPublicKey: c.Alipay.PublicKey,
		AppCert: c.Alipay.AppCert, RootCert: c.Alipay.RootCert, AlipayCert: c.Alipay.AlipayCert,
		Gateway: c.Alipay.Gateway, PublicGateway: c.Alipay.PublicGateway,
		Timeout: c.Alipay.Timeout, PortraitPermitted: c.Alipay.Portrait,
	}
}

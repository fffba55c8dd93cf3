package config

import (
	"time"

	"renzheng/providers/alipay"
)

// Alipay configures Alipay, a channel and its face check, in key mode (public key)
// or certificate mode (three certificates). It is disabled if nothing is set.
type Alipay struct {
	AppID         string        `help:"Application id of the mini-program. The channel is off if nothing of this group is set." env:"BFF_ALIPAY_APP_ID"`
	PrivateKey    Secret        `help:"Our RSA2 private key, PEM or base64." env:"BFF_ALIPAY_PRIVATE_KEY"`
	PublicKey     string        `help:"Alipay's public key, PEM or base64 (key mode)." type:"publickey" field:"AlipayPublicKey" env:"BFF_ALIPAY_PUBLIC_KEY"`
	AppCert       string        `help:"Our certificate (certificate mode): PEM, or the path of a PEM file." type:"certificate" env:"BFF_ALIPAY_APP_CERT"`
	RootCert      string        `help:"Alipay's root certificates (certificate mode): PEM, or the path of a PEM file." type:"certificate" env:"BFF_ALIPAY_ROOT_CERT"`
	AlipayCert    string        `help:"Alipay's certificate (certificate mode): PEM, or the path of a PEM file." type:"certificate" env:"BFF_ALIPAY_ALIPAY_CERT"`
	Gateway       string        `help:"Gateway that this server calls." default:"https://openapi.alipay.com/gateway.do" env:"BFF_ALIPAY_GATEWAY"`
	PublicGateway string        `help:"Gateway that the person's client opens. The default is the other gateway." env:"BFF_ALIPAY_PUBLIC_GATEWAY"`
	Timeout       time.Duration `help:"Timeout of one call." default:"8s" env:"BFF_ALIPAY_TIMEOUT"`
	Portrait      bool          `help:"Whether the authority may receive the captured picture." env:"BFF_ALIPAY_PORTRAIT"`

	Template AlipayTemplate `embed:"" prefix:"template." field:"Todo"`
}

// AlipayTemplate configures the subscription message for a new todo. None is sent if
// nothing is set.
type AlipayTemplate struct {
	ID       string `help:"Template, of one-time subscription, of the message that a todo has arrived. None is sent if it is empty." env:"BFF_ALIPAY_TEMPLATE_ID"`
	Registry string `help:"Keyword of the template for the registry's name, such as keyword1." env:"BFF_ALIPAY_TEMPLATE_REGISTRY"`
	Arrived  string `help:"Keyword of the template for the time of arrival, such as keyword2." env:"BFF_ALIPAY_TEMPLATE_ARRIVED"`
	Expires  string `help:"Keyword of the template for the end of the time to answer, such as keyword3." env:"BFF_ALIPAY_TEMPLATE_EXPIRES"`
	Page     string `help:"Page of the mini-program that the message opens, such as pages/screen/index." env:"BFF_ALIPAY_TEMPLATE_PAGE"`
}

// Adapter returns the configuration of the adapter.
func (s Alipay) Adapter() alipay.Config {
	return alipay.Config{
		AppID: s.AppID, PrivateKey: s.PrivateKey.Secret, AlipayPublicKey: s.PublicKey,
		AppCert: s.AppCert, RootCert: s.RootCert, AlipayCert: s.AlipayCert,
		Gateway: s.Gateway, PublicGateway: s.PublicGateway,
		Timeout: s.Timeout, PortraitPermitted: s.Portrait,
		Todo: alipay.TodoTemplate(s.Template),
	}
}

// IsSet reports whether anything of this group is set.
func (s Alipay) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil
// if nothing of the group is set.
func (s Alipay) Check() error {
	if !s.IsSet() {
		return nil
	}
	return s.Adapter().Validate()
}

func (s Alipay) official() bool { return !s.IsSet() || s.Adapter().Official() }

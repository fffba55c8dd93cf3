package alipay

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/setting"
)

// OfficialGateway is the address of the real Alipay.
const OfficialGateway = "https://openapi.alipay.com/gateway.do"

const (
	defaultTimeout = 8 * time.Second  // a person waits; Alipay answers within one
	longestTimeout = 30 * time.Second // beyond it the person's client has given up
)

// Config describes the application and how to reach Alipay. It must have either
// AlipayPublicKey (key mode) or the three certificates (certificate mode).
type Config struct {
	AppID      string          // 1 to 32 letters and digits
	PrivateKey identity.Secret // of the application: RSA of 2048 bits or more, PKCS #1 or #8, PEM or bare base64

	AlipayPublicKey string // Alipay's, not the application's own: PKIX, PEM or bare base64

	AppCert    string // a path, or the PEM itself
	RootCert   string // a path, or the PEM itself; the order in the file matters
	AlipayCert string // a path, or the PEM itself

	Gateway       string        // for our calls; "" = OfficialGateway. http only to loopback.
	PublicGateway string        // for the link that the person's Alipay opens; "" = Gateway
	Proxy         string        // for our calls; "" = none, the environment is not asked
	Timeout       time.Duration // of one call, all told; 0 = 8 s, at most 30 s

	PortraitPermitted bool // Alipay lets this application have the captured picture

	Todo TodoTemplate // zero = no messages

	Transport http.RoundTripper // nil = our own; another one has its own proxy
}

// Validate returns a setting.Error for each field that is invalid, joined. It
// reads the certificate files.
func (c Config) Validate() error {
	_, err := c.withDefaults().prepare()
	return err
}

// Official reports whether calls and links go to the real Alipay and nowhere else
// (R35). A proxy on another host is not official.
func (c Config) Official() bool {
	full := c.withDefaults()
	return isOfficial(full.Gateway) && isOfficial(full.PublicGateway)
}

func isOfficial(raw string) bool {
	gateway, err := kit.ReadBase(raw)
	return err == nil && gateway.String() == OfficialGateway
}

func (c Config) withDefaults() Config {
	if c.Gateway == "" {
		c.Gateway = OfficialGateway
	}
	if c.PublicGateway == "" {
		c.PublicGateway = c.Gateway
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	return c
}

// prepared is a valid configuration after parsing.
type prepared struct {
	keys
	gateway       *url.URL
	publicGateway *url.URL
	proxy         *url.URL // nil = none
}

// transport returns the transport of our calls.
func (p prepared) transport(c Config) transport {
	next := c.Transport
	if next == nil {
		next = kit.NewTransport(p.proxy)
	}
	return transport{kit.Line{Base: p.gateway, Timeout: c.Timeout, Transport: next}}
}

func (c Config) prepare() (prepared, error) {
	var p prepared
	var problems [4]error
	p.keys, problems[0] = c.readKeys()
	p.gateway, problems[1] = kit.ReadBase(c.Gateway)
	p.publicGateway, problems[2] = kit.ReadBase(c.PublicGateway)
	p.proxy, problems[3] = kit.ReadProxy(c.Proxy)
	err := errors.Join(
		setting.Require(kit.WellFormed(c.AppID, 32, ""), "AppID", "must be 1 to 32 letters and digits"),
		problems[0],
		setting.Wrap("Gateway", problems[1]),
		setting.Wrap("PublicGateway", problems[2]),
		setting.Wrap("Proxy", problems[3]),
		c.Todo.validate(),
		setting.Require(c.Timeout >= 0 && c.Timeout <= longestTimeout, "Timeout", fmt.Sprintf("must be more than 0 and at most %s", longestTimeout)),
	)
	if err != nil {
		return prepared{}, err
	}
	return p, nil
}

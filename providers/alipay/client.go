package alipay

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	sdk "github.com/smartwalle/alipay/v3"

	"renzheng/identity"
)

// The calls of this package, by Alipay's names.
const (
	callToken      = "alipay.system.oauth.token"
	callProfile    = "alipay.user.info.share"
	callInitialize = "alipay.user.certify.open.initialize"
	callCertify    = "alipay.user.certify.open.certify"
	callQuery      = "alipay.user.certify.open.query"
	callMessage    = "alipay.open.app.mini.templatemessage.send"
)

// Client makes the calls of one application. Safe for concurrent use.
type Client struct {
	appID    string
	portrait bool
	todo     TodoTemplate
	calls    *sdk.Client // knows our way to Alipay
	links    *sdk.Client // knows the person's way to Alipay; makes addresses, calls nothing
}

// New returns a client. It fails if the configuration is invalid, or if the SDK
// does not follow it.
func New(config Config) (*Client, error) {
	full := config.withDefaults()
	ready, err := full.prepare()
	if err != nil {
		return nil, err
	}
	client := &Client{appID: full.AppID, portrait: full.PortraitPermitted, todo: full.Todo}
	if client.calls, err = newSDK(full.AppID, ready.keys, ready.gateway, &http.Client{Transport: ready.transport(full)}); err != nil {
		return nil, fmt.Errorf("setting up alipay calls: %w", err)
	}
	nowhere := &http.Client{Transport: transport{}}
	if client.links, err = newSDK(full.AppID, ready.keys, ready.publicGateway, nowhere); err != nil {
		return nil, fmt.Errorf("setting up alipay links: %w", err)
	}
	return client, nil
}

// newSDK returns an SDK client that is never in production mode. In that mode the
// SDK would trust a certificate that it fetches by a serial number from the
// answer.
func newSDK(appID string, k keys, gateway *url.URL, over *http.Client) (*sdk.Client, error) {
	const production = false
	client, err := sdk.New(appID, k.privateKey, production,
		sdk.WithSandboxGateway(gateway.String()), // ignored by the SDK in production
		sdk.WithHTTPClient(over),                 // its own has no time-out
		sdk.WithTimeLocation(identity.Beijing()),
	)
	if err != nil {
		return nil, fmt.Errorf("reading the private key: %w", err)
	}
	if err := loadTrust(client, k); err != nil {
		return nil, err
	}
	return client, assertFollowed(client, k, gateway)
}

func loadTrust(client *sdk.Client, k keys) error {
	if k.alipayKey != "" {
		if err := client.LoadAliPayPublicKey(k.alipayKey); err != nil {
			return fmt.Errorf("loading Alipay's public key: %w", err)
		}
		return nil
	}
	if err := client.LoadAppCertPublicKey(k.certificates.app); err != nil {
		return fmt.Errorf("loading the app certificate: %w", err)
	}
	if err := client.LoadAliPayRootCert(k.certificates.root); err != nil {
		return fmt.Errorf("loading the root certificate: %w", err)
	}
	if err := client.LoadAlipayCertPublicKey(k.certificates.alipay); err != nil {
		return fmt.Errorf("loading the alipay certificate: %w", err)
	}
	return nil
}

// assertFollowed returns an error if the SDK would not send to the configured
// gateway. The SDK ignores unsuitable options without an error.
func assertFollowed(client *sdk.Client, k keys, gateway *url.URL) error {
	probe, err := client.BuildURL(sdk.NewPayload(callCertify))
	if err != nil {
		return fmt.Errorf("making an address: %w", err)
	}
	if probe.Scheme != gateway.Scheme || probe.Host != gateway.Host || probe.Path != gateway.Path {
		return fmt.Errorf("the SDK uses host %q in place of %q", probe.Host, gateway.Host)
	}
	query := probe.Query()
	if k.alipayKey == "" && (query.Get("app_cert_sn") == "" || query.Get("alipay_root_cert_sn") == "") {
		return errors.New("the SDK found no usable certificate")
	}
	return nil
}

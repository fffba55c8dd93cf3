package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"renzheng/providers/alipay"
	"renzheng/providers/tencentcloud"
	"renzheng/verification"
)

// Config is everything an operator sets: by environment, by a JSON file whose
// keys are the flag names, or by flags. Check reports every problem at once;
// docs/configuration.md is generated from these tags.
type Config struct {
	Listen         string        `help:"Address of the public API." default:":8080" env:"BFF_LISTEN"`
	Admin          string        `help:"Address of metrics and profiles; keep it private." default:"127.0.0.1:9090" env:"BFF_ADMIN"`
	TrustedProxies []string      `help:"Networks (CIDR) whose X-Forwarded-For is believed. None by default." env:"BFF_TRUSTED_PROXIES"`
	Issuer         string        `help:"Who seals receipts: the public https address of this service." env:"BFF_ISSUER"`
	Registries     string        `help:"JSON file of the registries: id, name, public keys, call-back address and secret." type:"path" env:"BFF_REGISTRIES"`
	Policy         string        `help:"JSON file of the verification policy; the built-in one where empty." type:"path" env:"BFF_POLICY"`
	Notices        string        `help:"JSON file of notices and consents; the built-in ones where empty." type:"path" env:"BFF_NOTICES"`
	Shutdown       time.Duration `help:"How long a stop waits for running requests." default:"20s" env:"BFF_SHUTDOWN"`
	RequestsPerMin int           `help:"Requests one client address may make in a minute, before 429. A carrier puts thousands of phones behind one address." default:"3000" env:"BFF_REQUESTS_PER_MIN"`
	LogLevel       string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"BFF_LOG_LEVEL"`

	Storage StorageConfig `embed:""`
	Alipay  AlipayConfig  `embed:"" prefix:"alipay."`
	Tencent TencentConfig `embed:"" prefix:"tencentcloud."`
	Limits  LimitsConfig  `embed:"" prefix:"limits."`
}

// StorageConfig is where rows and keys are; every command that touches them
// takes it.
type StorageConfig struct {
	Database Secret `help:"sqlite:PATH, or mysql:USER:PASSWORD@tcp(HOST:3306)/NAME." default:"sqlite:data/renzheng.db" env:"BFF_DATABASE"`
	Keys     string `help:"Key file, made by 'bff keys generate'. Read again on SIGHUP." type:"path" default:"data/keys.json" env:"BFF_KEYS"`
}

// AlipayConfig reaches Alipay: key mode (public key) or certificate mode (three
// certificates).
type AlipayConfig struct {
	AppID         string        `help:"Application id of the mini-program." env:"BFF_ALIPAY_APP_ID"`
	PrivateKey    Secret        `help:"Our RSA2 private key, PEM or base64." env:"BFF_ALIPAY_PRIVATE_KEY"`
	PublicKey     string        `help:"Alipay's public key, PEM or base64 (key mode)." env:"BFF_ALIPAY_PUBLIC_KEY"`
	AppCert       string        `help:"Path of our certificate (certificate mode)." type:"path" env:"BFF_ALIPAY_APP_CERT"`
	RootCert      string        `help:"Path of Alipay's root certificates (certificate mode)." type:"path" env:"BFF_ALIPAY_ROOT_CERT"`
	AlipayCert    string        `help:"Path of Alipay's certificate (certificate mode)." type:"path" env:"BFF_ALIPAY_ALIPAY_CERT"`
	Gateway       string        `help:"Gateway that this server calls." default:"https://openapi.alipay.com/gateway.do" env:"BFF_ALIPAY_GATEWAY"`
	PublicGateway string        `help:"Gateway that the person's client opens; the same where empty." env:"BFF_ALIPAY_PUBLIC_GATEWAY"`
	Timeout       time.Duration `help:"Longest wait for one answer." default:"8s" env:"BFF_ALIPAY_TIMEOUT"`
	Portrait      bool          `help:"The authority has the permission to receive the captured picture." env:"BFF_ALIPAY_PORTRAIT"`
}

// TencentConfig reaches Tencent Cloud FaceID, the bank-card source.
type TencentConfig struct {
	SecretID  string        `help:"API secret id." env:"BFF_TENCENTCLOUD_SECRET_ID"`
	SecretKey Secret        `help:"API secret key." env:"BFF_TENCENTCLOUD_SECRET_KEY"`
	Endpoint  string        `help:"Host of the service." default:"faceid.tencentcloudapi.com" env:"BFF_TENCENTCLOUD_ENDPOINT"`
	Scheme    string        `help:"https; http only to loopback." enum:"https,http" default:"https" env:"BFF_TENCENTCLOUD_SCHEME"`
	Timeout   time.Duration `help:"Longest wait for one answer." default:"8s" env:"BFF_TENCENTCLOUD_TIMEOUT"`
}

// LimitsConfig holds the tries a person has in 24 h (R12).
type LimitsConfig struct {
	Face              int `help:"Faces that did not pass, of one account as one person, in 24 h." default:"5" env:"BFF_LIMITS_FACE"`
	FaceStarts        int `help:"Face starts of one account in 24 h, whatever their outcome." default:"60" env:"BFF_LIMITS_FACE_STARTS"`
	FaceOfSubject     int `help:"Faces that did not pass as one person in 24 h, over all accounts that never passed as this person." default:"15" env:"BFF_LIMITS_FACE_OF_SUBJECT"`
	BankCard          int `help:"Bank cards that did not match, of one account as one person, in 24 h." default:"4" env:"BFF_LIMITS_BANK_CARD"`
	BankCardStarts    int `help:"Bank-card queries of one account in 24 h, whatever their outcome." default:"12" env:"BFF_LIMITS_BANK_CARD_STARTS"`
	BankCardOfSubject int `help:"Bank cards that did not match as one person in 24 h, over all accounts that never passed as this person." default:"8" env:"BFF_LIMITS_BANK_CARD_OF_SUBJECT"`
	Card              int `help:"Queries for one bank card in 24 h by anybody: the card networks' rule." default:"3" env:"BFF_LIMITS_CARD"`
	Subjects          int `help:"Different persons one account may try to be in a day." default:"5" env:"BFF_LIMITS_SUBJECTS"`
}

// limits gives them to the rules.
func (c LimitsConfig) limits() verification.Limits {
	const day = 24 * time.Hour
	return verification.Limits{
		Face:              verification.Limit{Tries: c.Face, Window: day},
		FaceStarts:        verification.Limit{Tries: c.FaceStarts, Window: day},
		FaceOfSubject:     verification.Limit{Tries: c.FaceOfSubject, Window: day},
		BankCard:          verification.Limit{Tries: c.BankCard, Window: day},
		BankCardStarts:    verification.Limit{Tries: c.BankCardStarts, Window: day},
		BankCardOfSubject: verification.Limit{Tries: c.BankCardOfSubject, Window: day},
		Card:              verification.Limit{Tries: c.Card, Window: day},
		Subjects:          verification.Limit{Tries: c.Subjects, Window: day},
	}
}

// Secret is a value that never shows itself. "file:PATH" reads it from a file.
type Secret string

// Format hides the value under every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalText hides the value in JSON and in logs.
func (Secret) MarshalText() ([]byte, error) { //nolint:unparam // the shape is encoding's
	return []byte(hidden), nil
}

const hidden = "[secret]"

// Reveal returns the value.
func (s Secret) Reveal() string { return string(s) }

// UnmarshalText reads the value, or the file it names.
func (s *Secret) UnmarshalText(text []byte) error {
	path, isFile := strings.CutPrefix(string(text), "file:")
	if !isFile {
		*s = Secret(text)
		return nil
	}
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("reading a secret: %w", err)
	}
	*s = Secret(strings.TrimSpace(string(content)))
	return nil
}

// Validate is called by kong after parsing; it reports all problems together.
func (c *Config) Validate() error {
	var problems []error
	need := func(value, name string) {
		if value == "" {
			problems = append(problems, fmt.Errorf("%s is not set", name))
		}
	}
	need(c.Issuer, "BFF_ISSUER")
	need(c.Registries, "BFF_REGISTRIES")
	problems = append(problems, c.networkProblems()...)
	if c.RequestsPerMin < 1 {
		problems = append(problems, errors.New("BFF_REQUESTS_PER_MIN must be at least 1"))
	}
	problems = append(problems, c.Limits.limits().Validate())
	problems = append(problems, fieldProblems("BFF_ALIPAY_", c.alipay().Validate())...)
	problems = append(problems, fieldProblems("BFF_TENCENTCLOUD_", c.tencent().Validate())...)
	problems = append(problems, c.fileProblems()...)
	problems = append(problems, unknownVariables(os.Environ())...)
	return errors.Join(problems...)
}

// networkProblems checks addresses and the rule that a sandbox listens on
// loopback only (R35).
func (c *Config) networkProblems() []error {
	var problems []error
	for _, p := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(p); err != nil {
			problems = append(problems, errors.New("BFF_TRUSTED_PROXIES holds something that is no network in CIDR form"))
		}
	}
	problems = append(problems, c.issuerProblem())
	if !c.Sandbox() {
		return problems
	}
	for _, listener := range []struct{ name, addr string }{{"BFF_LISTEN", c.Listen}, {"BFF_ADMIN", c.Admin}} {
		if !isLoopback(listener.addr) {
			problems = append(problems, fmt.Errorf("%s must be a loopback address where a third party's address is not the vendor's", listener.name))
		}
	}
	return problems
}

// issuerProblem says what is wrong with the issuer, beside that it is not set:
// nobody may take a sandbox's receipt for a real one.
func (c *Config) issuerProblem() error {
	if c.Issuer == "" {
		return nil
	}
	issuer, err := url.Parse(c.Issuer)
	if err != nil || issuer.Host == "" {
		return errors.New("BFF_ISSUER must be an https address (sandbox://… beside simulated third parties)")
	}
	switch {
	case c.Sandbox() && issuer.Scheme != "sandbox":
		return errors.New("BFF_ISSUER must begin with sandbox:// where a third party's address is not the vendor's")
	case !c.Sandbox() && issuer.Scheme == "sandbox":
		return errors.New("BFF_ISSUER names a sandbox, but the third parties are real")
	case !c.Sandbox() && issuer.Scheme != "https":
		return errors.New("BFF_ISSUER must be an https address")
	}
	return nil
}

// Sandbox reports whether any third party is not reached at its vendor's own
// address (R35).
func (c *Config) Sandbox() bool {
	return !c.alipay().Official() || !c.tencent().Official()
}

// alipay gives the adapter its part.
func (c *Config) alipay() alipay.Config {
	return alipay.Config{
		AppID: c.Alipay.AppID, PrivateKey: alipay.Secret(c.Alipay.PrivateKey), AlipayPublicKey: c.Alipay.PublicKey,
		AppCert: c.Alipay.AppCert, RootCert: c.Alipay.RootCert, AlipayCert: c.Alipay.AlipayCert,
		Gateway: c.Alipay.Gateway, PublicGateway: c.Alipay.PublicGateway,
		Timeout: c.Alipay.Timeout, PortraitPermitted: c.Alipay.Portrait,
	}
}

// tencent gives the adapter its part.
func (c *Config) tencent() tencentcloud.Config {
	return tencentcloud.Config{
		SecretID: c.Tencent.SecretID, SecretKey: tencentcloud.NewSecret(c.Tencent.SecretKey.Reveal()),
		Endpoint: c.Tencent.Endpoint, Scheme: c.Tencent.Scheme, Timeout: c.Tencent.Timeout,
	}
}

// isLoopback reports whether a listen address names a loopback host.
func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && ip.IsLoopback())
}

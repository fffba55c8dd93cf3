package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"time"

	"renzheng/todo"
)

// Config is everything an operator sets: by environment, by a JSON file whose
// keys are the flag names, or by flags. problems reports every problem at once;
// docs/configuration.md is generated from these tags.
type Config struct {
	Listen         string        `help:"Address of the public API." default:":8080" env:"BFF_LISTEN"`
	Admin          string        `help:"Address of metrics and profiles; keep it private." default:"127.0.0.1:9090" env:"BFF_ADMIN"`
	AdminHosts     []string      `help:"Host names under which clients such as a scraper reach metrics and profiles. IP addresses and localhost are always allowed." env:"BFF_ADMIN_HOSTS"`
	TrustedProxies []string      `help:"Networks (CIDR) of the proxies in front of this server, which name the client in a header. None by default." env:"BFF_TRUSTED_PROXIES"`
	ProxyHeader    string        `help:"The header that these proxies write: x-forwarded-for, or forwarded (RFC 7239). The other one is not read." enum:"x-forwarded-for,forwarded" default:"x-forwarded-for" env:"BFF_PROXY_HEADER"`
	Issuer         string        `help:"Who seals receipts: the public https address of this service." env:"BFF_ISSUER"`
	Registries     string        `help:"JSON file of the registries: id, name, public keys, call-back address and secret." type:"path" env:"BFF_REGISTRIES"`
	Policy         string        `help:"JSON file of the verification policy; the built-in one where empty." type:"path" env:"BFF_POLICY"`
	Sources        string        `help:"JSON file of the limits that data sources and card networks set; the built-in ones where empty." type:"path" env:"BFF_SOURCES"`
	Notices        string        `help:"JSON file of notices and consents; the built-in ones where empty." type:"path" env:"BFF_NOTICES"`
	Shutdown       time.Duration `help:"How long a stop waits for running requests." default:"20s" env:"BFF_SHUTDOWN"`
	RequestsPerMin int           `help:"Requests one client address may make in a minute, before 429. A carrier puts thousands of phones behind one address." default:"3000" env:"BFF_REQUESTS_PER_MIN"`
	PortraitDays   int           `help:"Days after the answer until a portrait that the registry never fetched is deleted. The registry is notified 30 days before." default:"180" env:"BFF_PORTRAIT_DAYS"`
	LogLevel       string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"BFF_LOG_LEVEL"`

	Storage StorageConfig        `embed:""`
	Alipay  AlipayConfig         `embed:"" prefix:"alipay."`
	WeChat  WeChatConfig         `embed:"" prefix:"wechat."`
	Tencent TencentConfig        `embed:"" prefix:"tencentcloud."`
	Alibaba AlibabaConfig        `embed:"" prefix:"alibabacloud."`
	Agency  AgencyConfig         `embed:"" prefix:"agency."`
	Support SupportConfig        `embed:"" prefix:"support."`
	Account ServiceAccountConfig `embed:"" prefix:"support."`
	Limits  LimitsConfig         `embed:"" prefix:"limits."`
	Web     WebConfig            `embed:"" prefix:"web."`

	Resilience ResilienceConfig `embed:"" prefix:"resilience."`
}

// StorageConfig is where rows and keys are; every command that touches them
// takes it.
type StorageConfig struct {
	Database Secret `help:"sqlite:PATH, or mysql:USER:PASSWORD@tcp(HOST:3306)/NAME." default:"sqlite:data/renzheng.db" env:"BFF_DATABASE"`
	Keys     string `help:"Key file, made by 'bff keys generate'. Read again on SIGHUP." type:"path" default:"data/keys.json" env:"BFF_KEYS"`

	ReadableSecrets bool `help:"Accept files of keys and secrets that every user of the machine can read or change. Some container platforms mount them so." env:"BFF_READABLE_SECRETS"`
}

// problems returns everything that is wrong with the decoded settings.
func (c *Config) problems() []error {
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
	if c.portraitLife() <= todo.PortraitNotice {
		problems = append(problems, errors.New("BFF_PORTRAIT_DAYS must be at least 31: the registry is notified 30 days before a portrait is deleted"))
	}
	problems = append(problems, fieldProblems("BFF_LIMITS_", c.Limits, c.Limits.limits().Validate())...)
	problems = append(problems, c.providerProblems()...)
	problems = append(problems, c.supportProblems()...)
	problems = append(problems, c.webProblems()...)
	problems = append(problems, fieldProblems("BFF_RESILIENCE_", c.Resilience, c.Resilience.settings().Validate())...)
	problems = append(problems, c.fileProblems()...)
	problems = append(problems, c.Storage.readableSecrets(*c)...)
	return append(problems, unknownVariables(os.Environ())...)
}

// portraitLife returns how long a portrait that is never fetched is kept.
func (c *Config) portraitLife() time.Duration { return time.Duration(c.PortraitDays) * 24 * time.Hour }

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
	for _, listener := range []struct{ name, addr, example string }{
		{"BFF_LISTEN", c.Listen, ":8080"}, {"BFF_ADMIN", c.Admin, "127.0.0.1:9090"},
	} {
		switch {
		case !isListenAddress(listener.addr):
			problems = append(problems, named(listener.name, errors.New("must be HOST:PORT or :PORT such as "+listener.example)))
		case c.Sandbox() && !isLoopback(listener.addr):
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

// Sandbox reports whether any third party that is configured is not reached at
// its vendor's own address (R35).
func (c *Config) Sandbox() bool {
	return !c.Web.official() || slices.ContainsFunc(c.providers(), func(p provider) bool { return !p.official })
}

// isListenAddress reports whether an address has a port that a listener can have.
func isListenAddress(addr string) bool {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
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

// Package config holds the settings of an operator: what there is to set, how it is
// read from flags, environment and file, and what makes it invalid. It has a file
// for each group of settings with the struct, its Check and the part that it makes
// for an adapter. (A method Validate would be called by the command-line parser,
// which stops at the first error.)
//
// It opens no connection and starts nothing; that is the work of cmd/bff.
package config

import (
	"errors"
	"slices"
	"time"

	"renzheng/receipt"
	"renzheng/setting"
	"renzheng/todo"
)

// Config is everything that an operator sets: by environment variables, by a JSON
// file whose keys are the flag names, or by flags. docs/configuration.md is generated from these tags.
type Config struct {
	Listen         string        `help:"Address of the public API." default:":8080" env:"BFF_LISTEN"`
	Admin          string        `help:"Address of metrics and profiles; keep it private." default:"127.0.0.1:9090" env:"BFF_ADMIN"`
	AdminHosts     []string      `help:"Host names under which clients such as a scraper reach metrics and profiles. IP addresses and localhost are always allowed." env:"BFF_ADMIN_HOSTS"`
	TrustedProxies []string      `help:"Networks (CIDR) of the proxies in front of this server, which name the client in a header." env:"BFF_TRUSTED_PROXIES"`
	ProxyHeader    string        `help:"Header in which these proxies name the client: x-forwarded-for, or forwarded (RFC 7239). The other one is ignored." enum:"x-forwarded-for,forwarded" default:"x-forwarded-for" env:"BFF_PROXY_HEADER"`
	Issuer         string        `help:"Issuer of receipts: the public https address of this service." env:"BFF_ISSUER"`
	Registries     string        `help:"JSON file of the registries: id, name, public keys, call-back address and secret. It is read again when it changes." type:"path" env:"BFF_REGISTRIES"`
	Policy         string        `help:"JSON file of the verification policy; the built-in one by default." type:"path" env:"BFF_POLICY"`
	Sources        string        `help:"JSON file of the limits that data sources and card networks set; the built-in ones by default." type:"path" env:"BFF_SOURCES"`
	Notices        string        `help:"JSON file of notices and consents; the built-in ones by default." type:"path" env:"BFF_NOTICES"`
	Shutdown       time.Duration `help:"How long the server waits for running requests when it stops." default:"20s" env:"BFF_SHUTDOWN"`
	ShutdownPause  time.Duration `help:"How long a server that stops still serves while /readyz reports that it is not ready, so that load balancers stop sending requests. Longer than the interval at which they probe, plus one second." default:"0s" env:"BFF_SHUTDOWN_PAUSE"`
	RequestsPerMin int           `help:"Requests that one client address may make in a minute before it gets 429. Thousands of phones of one carrier share an address." default:"3000" env:"BFF_REQUESTS_PER_MIN"`
	PortraitDays   int           `help:"Days after the answer until a portrait that the registry never fetched is deleted. The registry is notified 30 days before." default:"180" env:"BFF_PORTRAIT_DAYS"`
	ClockFile      string        `help:"For a sandbox only: file with the time by which the rules' clock is ahead, such as 192h. It may change while the server runs." type:"path" env:"BFF_CLOCK_FILE"`
	LogLevel       string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"BFF_LOG_LEVEL"`

	Storage   Storage        `embed:""`
	Alipay    Alipay         `embed:"" prefix:"alipay."`
	WeChat    WeChat         `embed:"" prefix:"wechat."`
	Pay       WeChatPay      `embed:"" prefix:"wechat.pay."`
	Tencent   TencentCloud   `embed:"" prefix:"tencentcloud."`
	Alibaba   AlibabaCloud   `embed:"" prefix:"alibabacloud."`
	Agency    Agency         `embed:"" prefix:"agency."`
	Photo     Photo          `embed:"" prefix:"photo."`
	SMS       SMS            `embed:"" prefix:"sms."`
	Accounts  Accounts       `embed:"" prefix:"accounts."`
	Support   Support        `embed:"" prefix:"support."`
	Account   ServiceAccount `embed:"" prefix:"support."`
	Authority Authority      `embed:"" prefix:"authority."`
	Limits    Limits         `embed:"" prefix:"limits."`
	Retention Retention      `embed:"" prefix:"retention."`
	Web       Web            `embed:"" prefix:"web."`
	Console   Console        `embed:"" prefix:"console."`
	Traces    Traces         `embed:"" prefix:"traces."`

	Resilience Resilience `embed:"" prefix:"resilience."`
}

// Check returns every problem of the settings, joined: a setting.Error with the
// variable for each that is invalid. It reads the files that the settings name, as
// the server does when it starts, so that an operator sees all problems at once.
func (c *Config) Check() error {
	return errors.Join(
		withVariables(*c, c.check()),
		withVariables(c.Storage, c.Storage.Check()),
		withVariables(c.Alipay, c.Alipay.Check()),
		withVariables(c.WeChat, c.WeChat.Check()),
		withVariables(c.Pay, c.Pay.Check(c.WeChat)),
		withVariables(c.Tencent, c.Tencent.Check()),
		withVariables(c.Alibaba, c.Alibaba.Check()),
		withVariables(c.Agency, c.Agency.Check()),
		withVariables(c.Photo, c.Photo.Check(c.Tencent, c.Alibaba)),
		withVariables(c.SMS, c.SMS.Check(c.Tencent, c.Alibaba)),
		withVariables(c.Accounts, c.Accounts.Check(c.SMS, c.Web, c.Agency)),
		withVariables(c.Support, c.Support.Check()),
		withVariables(c.Account, c.Account.Check()),
		withVariables(c.Authority, c.Authority.Check()),
		withVariables(c.Limits, c.Limits.Check()),
		withVariables(c.Retention, c.Retention.Check()),
		withVariables(c.Web, c.Web.Check()),
		withVariables(c.Console, c.Console.Check()),
		withVariables(c.Traces, c.Traces.Check()),
		withVariables(c.Resilience, c.Resilience.Check()),
		c.Storage.CheckReadable(*c),
	)
}

// check checks the settings that belong to no group, and rules across groups.
func (c *Config) check() error {
	return errors.Join(
		setting.Require(c.Issuer != "", "Issuer", "must be set"),
		setting.Require(c.Registries != "", "Registries", "must be set"),
		checkNetworks(c.TrustedProxies),
		setting.Wrap("Issuer", checkIssuer(c.Issuer, c.Sandbox())),
		setting.Wrap("Listen", checkListener(c.Listen, ":8080", c.Sandbox())),
		setting.Wrap("Admin", checkListener(c.Admin, "127.0.0.1:9090", c.Sandbox())),
		setting.Wrap("Console.Listen", c.checkConsole()),
		setting.Require(c.RequestsPerMin >= 1, "RequestsPerMin", "must be at least 1"),
		setting.Require(c.PortraitLife() > todo.PortraitNotice, "PortraitDays",
			"must be at least 31: the registry is notified 30 days before a portrait is deleted"),
		setting.Require(c.Alipay.IsSet() || c.WeChat.IsSet(), "Alipay.AppID",
			"no channel is configured: set this or BFF_WECHAT_APP_ID and the settings that belong to it"),
		setting.Require(c.Web.Address == "" || c.Alipay.IsSet(), "Web.Address", "people sign in by Alipay, which is not configured"),
		setting.Require(c.ClockFile == "" || c.Sandbox(), "ClockFile", "is for a sandbox: all third parties are real"),
		c.checkFiles(),
	)
}

// checkConsole checks the console's own listener.
func (c *Config) checkConsole() error {
	if c.Console.Listen == "" {
		return nil
	}
	return checkListener(c.Console.Listen, "127.0.0.1:8070", c.Sandbox())
}

// PortraitLife returns how long a portrait that is never fetched is kept.
func (c *Config) PortraitLife() time.Duration { return time.Duration(c.PortraitDays) * 24 * time.Hour }

// Sandbox reports whether any third party that is configured is not reached at
// its vendor's own address (R35).
func (c *Config) Sandbox() bool {
	return !c.Web.official() || slices.Contains([]bool{
		c.Alipay.official(), c.WeChat.official(), c.Pay.official(), c.Tencent.official(), c.Alibaba.official(), c.Agency.official(), c.Account.official(),
		c.Photo.official(c.Tencent, c.Alibaba), c.SMS.official(c.Tencent, c.Alibaba),
	}, false)
}

// Environment returns what receipts and pages say about where they were made (R35).
func (c *Config) Environment() string {
	if c.Sandbox() {
		return string(receipt.Sandbox)
	}
	return string(receipt.Production)
}

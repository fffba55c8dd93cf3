package harness

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/idp/idptest"
	"renzheng/providers/registry/registrytest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/providers/wechatpay/wechatpaytest"
)

// Options configure a sandbox. Data is required.
type Options struct {
	Data     string // folder for keys, registries and database; it must exist
	Listen   string // of the third parties, loopback; "" = a free address
	API      string // where the registry finds the server, loopback; "" = a free address
	Console  string // address of the console, loopback; FreeConsole = a free one; "" = the console is off
	Database string // BFF_DATABASE; "" = SQLite in Data
	Settings Settings
	Clock    func() time.Time            // nil = time.Now
	Movable  bool                        // the clock of rules and sample persons can be moved ahead; its file is in Data
	Fail     func() registrytest.Failure // failure of a push; nil = none

	Registries []byte // file of more registries, in the form of BFF_REGISTRIES; nil = the simulated one only
}

// Sandbox is the simulated third parties and the settings of a server that uses them.
// Safe for concurrent use.
type Sandbox struct {
	URL      string   // of the third parties and their pages, without a slash at the end
	API      string   // where the registry expects the server, likewise
	Console  string   // where browsers find the console, likewise; "" = it is off
	Settings Settings // of a server in this sandbox, without its own addresses

	Alipay  *alipaytest.Gateway
	WeChat  *wechattest.Server
	Pay     *wechatpaytest.Server
	Tencent *tencentcloudtest.Fake
	Alibaba *alibabacloudtest.Fake
	Agency  *agencytest.Gateway

	TencentPhotos *tencentcloudtest.PhotoFake
	AlibabaPhotos *alibabacloudtest.PhotoFake

	TencentSMS *tencentcloudtest.SMSFake
	AlibabaSMS *alibabacloudtest.SMSFake

	Registry *registrytest.Registry
	Identity *idptest.Provider    // of the authority; nil if the console is off
	Cases    *registrytest.Client // the registry, calling the server

	options   Options
	clock     *clock
	adopter   adopter
	fates     *fates
	appKey    *rsa.PrivateKey
	secretKey string // of every third party that shares a secret with the server, but WeChat Pay
	agency    agencytest.Keys

	merchantKey string // 32 letters and digits
	server      *http.Server

	mu       sync.Mutex // guards what follows
	reserved []*Address
	pushed   []pushedCase // the newest first
}

// Close ends the third parties and releases the addresses.
func (s *Sandbox) Close() error { return errors.Join(s.server.Close(), s.release()) }

// Reserve returns an address for a server, which is reserved until Close.
func (s *Sandbox) Reserve() (string, error) {
	address, err := Reserve()
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reserved = append(s.reserved, address)
	return address.String(), nil
}

func (s *Sandbox) release() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var problems []error
	for _, address := range s.reserved {
		problems = append(problems, address.Release())
	}
	s.reserved = nil
	return errors.Join(problems...)
}

// clockFile returns the file of a clock that can be moved, or "".
func (s *Sandbox) clockFile() string {
	if !s.options.Movable {
		return ""
	}
	return filepath.Join(s.options.Data, clockName)
}

func (o *Options) fill() error {
	if o.Data == "" {
		return errors.New("a sandbox needs a data folder")
	}
	var err error
	if o.Data, err = filepath.Abs(o.Data); err != nil {
		return fmt.Errorf("finding the data folder: %w", err)
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.Database == "" {
		o.Database = "sqlite:" + filepath.Join(o.Data, "renzheng.db")
	}
	return nil
}

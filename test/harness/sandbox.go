package harness

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/registry/registrytest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/providers/wechat/wechattest"
)

// Ids of the server at the simulated third parties.
const (
	appID       = "2000000000000001"
	wechatAppID = "wx0000000000000001"
	templateID  = "sandbox-todo-arrived" // of WeChat's message
	secretID    = "sandbox"
	accessKeyID = "sandbox"
)

// Options configure a sandbox. Data is required.
type Options struct {
	Data     string // folder for keys, registries and database; it must exist
	Listen   string // of the third parties, loopback; "" = a free address
	API      string // where the registry finds the server, loopback; "" = a free address
	Database string // BFF_DATABASE; "" = SQLite in Data
	Settings Settings
	Clock    func() time.Time            // nil = time.Now
	Movable  bool                        // the clock of rules and sample persons can be moved ahead; its file is in Data
	Fail     func() registrytest.Failure // failure of a push; nil = none
}

// Sandbox is the simulated third parties and the settings of a server that uses them.
// Safe for concurrent use.
type Sandbox struct {
	URL      string   // of the third parties and their pages, without a slash at the end
	API      string   // where the registry expects the server, likewise
	Settings Settings // of a server in this sandbox, without its own addresses

	Alipay   *alipaytest.Gateway
	WeChat   *wechattest.Server
	Tencent  *tencentcloudtest.Fake
	Alibaba  *alibabacloudtest.Fake
	Agency   *agencytest.Gateway
	Registry *registrytest.Registry
	Cases    *registrytest.Client // the registry, calling the server

	options   Options
	clock     *clock
	fates     *fates
	appKey    *rsa.PrivateKey
	secretKey string // of every third party that shares a secret with the server
	agency    agencytest.Keys
	server    *http.Server

	mu       sync.Mutex // guards reserved
	reserved []*Address
}

// New makes a sandbox and serves its third parties. It writes the key file,
// unless there is one, and the file of registries.
//
// Errors: an address is not loopback or taken; a file cannot be written.
func New(ctx context.Context, o Options) (*Sandbox, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	listener, err := listen(ctx, o.Listen)
	if err != nil {
		return nil, err
	}
	w := &Sandbox{URL: "http://" + listener.Addr().String(), options: o, secretKey: rand.Text()}
	if err := w.build(); err != nil {
		return nil, errors.Join(err, listener.Close(), w.release())
	}
	w.server = &http.Server{Handler: w.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = w.server.Serve(listener) }() // ends with Close
	return w, nil
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

// listen opens a listener on a loopback address. A sandbox must not be reachable by
// the network.
func listen(ctx context.Context, address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("the address %q must be HOST:PORT", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("the address %q is not loopback; the sandbox is for this machine only", address)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the address %s cannot be had, perhaps another program uses it: %w", address, err)
	}
	return listener, nil
}

func (s *Sandbox) build() error {
	var err error
	if s.clock, err = newClock(s.options.Clock, s.clockFile()); err != nil {
		return err
	}
	s.fates = &fates{clock: s.clock.now, cards: map[string]int{}}
	if s.options.API == "" {
		if s.options.API, err = s.Reserve(); err != nil {
			return err
		}
	}
	s.API = "http://" + s.options.API
	if s.appKey, err = alipaytest.GenerateKey(); err != nil {
		return fmt.Errorf("making the application's key: %w", err)
	}
	if s.Alipay, err = alipaytest.New(alipaytest.Options{
		AppID: appID, AppKey: &s.appKey.PublicKey, Clock: s.options.Clock, Persons: s.fates.account, Fate: s.fates.face,
	}); err != nil {
		return fmt.Errorf("making Alipay: %w", err)
	}
	if err = s.buildOthers(); err != nil {
		return err
	}
	if err := writeKeys(s.options.Data, s.options.Clock()); err != nil {
		return err
	}
	if err := s.buildRegistry(); err != nil {
		return err
	}
	s.Settings = s.settings()
	return nil
}

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

// Who we are to the simulated third parties.
const (
	appID       = "2000000000000001"
	wechatAppID = "wx0000000000000001"
	templateID  = "sandbox-todo-arrived" // of WeChat's message
	secretID    = "sandbox"
	accessKeyID = "sandbox"
)

// Options say what a world is like. Data is required.
type Options struct {
	Data     string // folder for keys, registries and database; it must exist
	Listen   string // of the third parties, loopback; "" = a free address
	API      string // where the registry finds the server, loopback; "" = a free address
	Database string // BFF_DATABASE; "" = SQLite in Data
	Settings Settings
	Clock    func() time.Time            // nil = time.Now
	Fail     func() registrytest.Failure // what goes wrong with a push; nil = nothing
}

// World is the third parties and what leads a server to them. Safe for
// concurrent use.
type World struct {
	URL      string   // of the third parties and their pages, without a slash at the end
	API      string   // where the registry expects the server, likewise
	Settings Settings // of a server in this world, but for its own addresses

	Alipay   *alipaytest.Gateway
	WeChat   *wechattest.Server
	Tencent  *tencentcloudtest.Fake
	Alibaba  *alibabacloudtest.Fake
	Agency   *agencytest.Gateway
	Registry *registrytest.Registry
	Cases    *registrytest.Client // the registry, calling the server

	options   Options
	fates     *fates
	appKey    *rsa.PrivateKey
	secretKey string // of every third party that shares one with us
	agency    agencytest.Keys
	server    *http.Server

	mu       sync.Mutex // guards reserved
	reserved []*Address
}

// New makes a world and serves its third parties. It writes the key file,
// unless there is one, and the file of registries.
//
// Errors: an address is not loopback or taken; a file cannot be written.
func New(ctx context.Context, o Options) (*World, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	listener, err := listen(ctx, o.Listen)
	if err != nil {
		return nil, err
	}
	w := &World{
		URL: "http://" + listener.Addr().String(), options: o,
		fates: &fates{clock: o.Clock, cards: map[string]int{}}, secretKey: rand.Text(),
	}
	if err := w.build(); err != nil {
		return nil, errors.Join(err, listener.Close(), w.release())
	}
	w.server = &http.Server{Handler: w.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = w.server.Serve(listener) }() // ends with Close
	return w, nil
}

// Close ends the third parties and releases the addresses.
func (w *World) Close() error { return errors.Join(w.server.Close(), w.release()) }

// Reserve returns an address for a server, which is reserved until Close.
func (w *World) Reserve() (string, error) {
	address, err := Reserve()
	if err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reserved = append(w.reserved, address)
	return address.String(), nil
}

func (w *World) release() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var problems []error
	for _, address := range w.reserved {
		problems = append(problems, address.Release())
	}
	w.reserved = nil
	return errors.Join(problems...)
}

func (o *Options) fill() error {
	if o.Data == "" {
		return errors.New("a world needs a data folder")
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

// listen opens a loopback address: nothing of a sandbox is for the network.
func listen(ctx context.Context, address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("the address %q wants HOST:PORT", address)
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

func (w *World) build() error {
	var err error
	if w.options.API == "" {
		if w.options.API, err = w.Reserve(); err != nil {
			return err
		}
	}
	w.API = "http://" + w.options.API
	if w.appKey, err = alipaytest.GenerateKey(); err != nil {
		return fmt.Errorf("making the application's key: %w", err)
	}
	if w.Alipay, err = alipaytest.New(alipaytest.Options{
		AppID: appID, AppKey: &w.appKey.PublicKey, Clock: w.options.Clock, Persons: w.fates.account, Fate: w.fates.face,
	}); err != nil {
		return fmt.Errorf("making Alipay: %w", err)
	}
	if err = w.buildOthers(); err != nil {
		return err
	}
	if err := writeKeys(w.options.Data, w.options.Clock()); err != nil {
		return err
	}
	if err := w.buildRegistry(); err != nil {
		return err
	}
	w.Settings = w.settings()
	return nil
}

package harness

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"renzheng/providers/alipay/alipaytest"
)

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
	w := &Sandbox{URL: "http://" + listener.Addr().String(), options: o, secretKey: rand.Text(), merchantKey: (rand.Text() + rand.Text())[:32]}
	if err := w.build(); err != nil {
		return nil, errors.Join(err, listener.Close(), w.release())
	}
	w.server = &http.Server{Handler: w.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = w.server.Serve(listener) }() // ends with Close
	return w, nil
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
		Adopter: s.adopter.account, Templates: map[string]int{templateID: 3},
	}); err != nil {
		return fmt.Errorf("making Alipay: %w", err)
	}
	if err = s.buildOthers(); err != nil {
		return err
	}
	if err = s.buildStaff(); err != nil {
		return err
	}
	if err := writeKeys(s.options.Data, s.options.Clock()); err != nil {
		return err
	}
	if err := writeSecret(filepath.Join(s.options.Data, logoName), logo); err != nil {
		return err
	}
	if err := s.buildRegistry(); err != nil {
		return err
	}
	s.Settings = s.settings()
	return nil
}

package config

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"

	"renzheng/setting"
)

// checkNetworks checks the networks of trusted proxies.
func checkNetworks(networks []string) error {
	for _, network := range networks {
		if _, err := netip.ParsePrefix(network); err != nil {
			return setting.Errorf("TrustedProxies", "must each be a network in CIDR form")
		}
	}
	return nil
}

// checkListener checks an address to listen on. A sandbox listens on loopback
// only (R35).
func checkListener(address, example string, sandbox bool) error {
	switch {
	case !isListenAddress(address):
		return errors.New("must be HOST:PORT or :PORT such as " + example)
	case sandbox && !isLoopback(address):
		return errors.New("must be a loopback address where a third party's address is not the vendor's")
	}
	return nil
}

// checkIssuer checks an issuer that is set: a receipt of a sandbox must not be
// mistaken for a real one.
func checkIssuer(issuer string, sandbox bool) error {
	if issuer == "" {
		return nil
	}
	address, err := url.Parse(issuer)
	switch {
	case err != nil || address.Host == "":
		return errors.New("must be an https address (sandbox://… with simulated third parties)")
	case sandbox && address.Scheme != "sandbox":
		return errors.New("must begin with sandbox:// where a third party's address is not the vendor's")
	case !sandbox && address.Scheme == "sandbox":
		return errors.New("names a sandbox, but the third parties are real")
	case !sandbox && address.Scheme != "https":
		return errors.New("must be an https address")
	}
	return nil
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

package kit

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

const (
	schemeHTTPS = "https"
	schemeHTTP  = "http"
)

// ReadBase parses the address of a third party. It must be https, or http to
// loopback, with a host and optionally a port and a path, and without user, query
// and fragment. The result has its scheme and host in lower case and no slash at
// its end. Errors do not repeat raw, which may hold a password.
func ReadBase(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || !hostFits(u) {
		return nil, errors.New("must be an absolute address")
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(raw, "#") {
		return nil, errors.New("must not have a user, query or fragment")
	}
	if u.RawPath != "" || strings.Contains(u.Path, "//") || strings.Contains(u.Path, "/.") {
		return nil, errors.New("must have a plain path")
	}
	base := &url.URL{Scheme: strings.ToLower(u.Scheme), Host: strings.ToLower(u.Host), Path: strings.TrimSuffix(u.Path, "/")}
	if base.Scheme != schemeHTTPS && (base.Scheme != schemeHTTP || !Loopback(base.Hostname())) {
		return nil, errors.New("must be https, or http to loopback")
	}
	return base, nil
}

// ReadOrigin is ReadBase for an address that must not have a path.
func ReadOrigin(raw string) (*url.URL, error) {
	base, err := ReadBase(raw)
	if err == nil && base.Path != "" {
		return nil, errors.New("must not have a path")
	}
	return base, err
}

// ReadProxy parses the address of an HTTP proxy. It returns nil for "".
func ReadProxy(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != schemeHTTP && u.Scheme != schemeHTTPS {
		return nil, errors.New("must be an http or https address")
	}
	return u, nil
}

func hostFits(u *url.URL) bool {
	if u.Hostname() == "" || u.Opaque != "" || strings.ContainsAny(u.Host, " ,;%") {
		return false
	}
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && port > 0
}

// Loopback reports whether a host without port is this machine.
func Loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

// Authority returns host and port as HTTP signs them: without the port that the
// scheme implies (RFC 9421, 2.2.3).
func Authority(base *url.URL) string {
	if base.Scheme == schemeHTTPS && base.Port() == "443" || base.Scheme == schemeHTTP && base.Port() == "80" {
		return strings.TrimSuffix(base.Host, ":"+base.Port())
	}
	return base.Host
}

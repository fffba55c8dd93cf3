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

// ReadBase reads where a provider is: https, or http to loopback, a host with
// perhaps a port and a path; no user, query or fragment. The result is lower
// case in scheme and host and has no slash at its end. Errors repeat nothing of
// raw, since a password may have been put into it.
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

// Loopback tells whether a host, without port, is this machine.
func Loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

// Authority gives host and port as HTTP signs them: without the port that the
// scheme implies (RFC 9421, 2.2.3).
func Authority(base *url.URL) string {
	if base.Scheme == schemeHTTPS && base.Port() == "443" || base.Scheme == schemeHTTP && base.Port() == "80" {
		return strings.TrimSuffix(base.Host, ":"+base.Port())
	}
	return base.Host
}

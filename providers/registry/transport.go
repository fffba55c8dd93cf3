package registry

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"
)

// client returns a way to one call-back and nowhere else (R26). Proxy stays
// unset: receipts do not take a way that an environment variable names, and the
// guard would see the proxy's address.
func (c DelivererConfig) client(g dialGuard) *http.Client {
	const (
		idleTimeout    = 90 * time.Second // events come in waves
		idlePerHost    = 8                // as many deliveries run at a time
		maxHeaderBytes = 16 << 10
	)
	return &http.Client{
		Transport: &http.Transport{
			DialContext:            c.dialer(g).DialContext,
			TLSClientConfig:        c.tlsConfig(),
			TLSHandshakeTimeout:    dialTimeout,
			IdleConnTimeout:        idleTimeout,
			MaxIdleConnsPerHost:    idlePerHost,
			MaxResponseHeaderBytes: maxHeaderBytes,
			DisableCompression:     true, // an answer is as long as what was received
		},
		// A redirect is an answer like any other that is not 2xx.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

const dialTimeout = 3 * time.Second // an unreachable host is told from a slow one within Timeout

// dialer connects to permitted addresses only.
func (c DelivererConfig) dialer(g dialGuard) *net.Dialer {
	return &net.Dialer{Timeout: dialTimeout, Resolver: c.Resolver, ControlContext: g.control}
}

func (c DelivererConfig) tlsConfig() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: c.RootCAs}
}

// Reasons of a refusal. They hold no text of the other side.
const (
	reasonUnknown     = "registry_unknown" // no longer configured
	reasonAddress     = "address_refused"
	reasonUnreachable = "unreachable" // no such name, or nobody listens
	reasonTLS         = "tls"         // somebody listens, but not with a certificate for this host
	reasonTimeout     = "timeout"
	reasonCancelled   = "cancelled"
	reasonBroken      = "connection_broken"
	reasonTooLarge    = "answer_too_large"
)

// reasonOf tells what ended an exchange.
func reasonOf(err error) string {
	var (
		network     *net.OpError
		resolving   *net.DNSError
		certificate *tls.CertificateVerificationError
		timeout     net.Error
	)
	switch {
	case errors.Is(err, errAddressRefused):
		return reasonAddress
	case errors.Is(err, context.Canceled):
		return reasonCancelled
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return reasonTimeout
	case errors.As(err, &certificate), errors.Is(err, http.ErrSchemeMismatch):
		return reasonTLS
	case errors.As(err, &resolving), errors.As(err, &network) && network.Op == "dial":
		return reasonUnreachable
	}
	return reasonBroken
}

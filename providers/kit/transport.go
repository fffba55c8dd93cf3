package kit

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"time"
)

// NewTransport returns a transport that sends through proxy, or directly if proxy
// is nil. It never reads the environment, so that no variable can redirect
// personal data.
func NewTransport(proxy *url.URL) http.RoundTripper {
	const (
		dialTimeout    = 3 * time.Second  // tells an unreachable host from a slow one
		idleTimeout    = 30 * time.Second // below that of the gateways in between
		idlePerHost    = 32               // all calls go to one or two hosts
		maxHeaderBytes = 64 << 10
	)
	transport := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    dialTimeout,
		ForceAttemptHTTP2:      true,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    idlePerHost,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true, // limits and digests are of the bytes received
	}
	if proxy != nil {
		transport.Proxy = http.ProxyURL(proxy)
	}
	return transport
}

package tencentcloud

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/setting"
)

const (
	officialEndpoint = "faceid.tencentcloudapi.com"
	schemeHTTPS      = "https"
	schemeHTTP       = "http"
	defaultTimeout   = 8 * time.Second  // card networks answer in one or two; a person waits
	maxTimeout       = 60 * time.Second // longer and the person's own request is over
)

var (
	secretIDShape  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)
	secretKeyShape = regexp.MustCompile(`^[!-~]{1,256}$`)
)

// Config says where the service is and who asks.
type Config struct {
	SecretID  string          // [A-Za-z0-9_-]{1,128}; names the key, not secret
	SecretKey identity.Secret // required
	Endpoint  string          // host[:port]; "" = the vendor's
	Scheme    string          // "https", or "http" to loopback only; "" = https
	Timeout   time.Duration   // of a whole call, at most a minute; 0 = 8 s
	// Transport carries the requests; nil = one of our own without proxy. What
	// it must not do (redirect, reach another host) is held whatever it is.
	Transport http.RoundTripper
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c Config) Validate() error {
	c = c.withDefaults()
	host, ok := hostOf(c.Endpoint)
	return errors.Join(
		setting.Require(secretIDShape.MatchString(c.SecretID), "SecretID", "must be 1 to 128 letters, digits, _ or -"),
		setting.Require(secretKeyShape.MatchString(c.SecretKey.Reveal()), "SecretKey", "must be 1 to 256 visible ASCII characters"),
		setting.Require(ok, "Endpoint", "must be host or host:port and nothing else"),
		setting.Require(c.Scheme == schemeHTTPS || c.Scheme == schemeHTTP, "Scheme", "must be https, or http to loopback"),
		setting.Require(c.Scheme != schemeHTTP || !ok || loopback(host), "Scheme", "http is for loopback only"),
		setting.Require(c.Timeout >= 0 && c.Timeout <= maxTimeout, "Timeout", "must be more than 0 and at most a minute"),
	)
}

// Official tells whether the service is the vendor's own host over TLS. Where it
// is not, the environment is a sandbox (R35).
func (c Config) Official() bool {
	c = c.withDefaults()
	return c.Endpoint == officialEndpoint && c.Scheme == schemeHTTPS
}

func (c Config) withDefaults() Config {
	c.Endpoint, c.Scheme = strings.ToLower(c.Endpoint), strings.ToLower(c.Scheme)
	if c.Endpoint == "" {
		c.Endpoint = officialEndpoint
	}
	if c.Scheme == "" {
		c.Scheme = schemeHTTPS
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Transport == nil {
		c.Transport = newTransport()
	}
	return c
}

// hostOf gives the host of an endpoint that is nothing but host[:port].
func hostOf(endpoint string) (string, bool) {
	u, err := url.Parse("//" + endpoint)
	if err != nil || u.Host != endpoint || u.Hostname() == "" || strings.ContainsAny(endpoint, " ,;%") {
		return "", false
	}
	if strings.HasSuffix(endpoint, ":") {
		return "", false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return "", false
		}
	}
	return u.Hostname(), true
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

// newTransport leaves Proxy unset: card numbers do not take a way that an
// environment variable names.
func newTransport() http.RoundTripper {
	const (
		dialTimeout = 3 * time.Second  // an unreachable host is told from a slow one within Timeout
		idleTimeout = 30 * time.Second // as the vendor's SDK
		idlePerHost = 16               // the vendor allows 20 calls a second
	)
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    idlePerHost,
		MaxResponseHeaderBytes: maxAnswerBytes,
		DisableCompression:     true, // an answer is as long as what was received
	}
}

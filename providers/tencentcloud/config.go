package tencentcloud

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
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

// Config has the address of the service and our key.
type Config struct {
	SecretID  string          // [A-Za-z0-9_-]{1,128}; names the key, not secret
	SecretKey identity.Secret // required
	Endpoint  string          // host[:port]; "" = the vendor's
	Scheme    string          // "https", or "http" to loopback only; "" = https
	Timeout   time.Duration   // of a whole call, at most a minute; 0 = 8 s
	// Transport sends the requests; nil = one of our own without proxy. No transport
	// can make a call follow a redirect or reach another host.
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
		setting.Require(c.Scheme != schemeHTTP || !ok || kit.Loopback(host), "Scheme", "http is for loopback only"),
		setting.Require(c.Timeout >= 0 && c.Timeout <= maxTimeout, "Timeout", "must be more than 0 and at most a minute"),
	)
}

// Official reports whether the service is the vendor's own host over TLS. If it is
// not, the environment is a sandbox (R35).
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
		c.Transport = kit.NewTransport(nil)
	}
	return c
}

// hostOf returns the host of an endpoint, and false unless the endpoint is
// host[:port] and nothing else.
func hostOf(endpoint string) (string, bool) {
	origin, err := kit.ReadOrigin(schemeHTTPS + "://" + endpoint)
	if err != nil || origin.Host != endpoint {
		return "", false
	}
	return origin.Hostname(), true
}

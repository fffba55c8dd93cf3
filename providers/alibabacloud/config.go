package alibabacloud

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/setting"
)

const (
	defaultBase    = "https://cloudauth.aliyuncs.com"
	defaultTimeout = 8 * time.Second  // card networks answer in one or two; a person waits
	maxTimeout     = 60 * time.Second // longer and the person's own request is over
	maxAnswerBytes = 64 << 10         // real answers have 200 bytes
)

var (
	keyIDShape = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,128}$`)
	keyShape   = regexp.MustCompile(`^[!-~]{1,256}$`)
)

// Config has the address of the service and our key.
type Config struct {
	AccessKeyID     string           // [A-Za-z0-9_.-]{1,128}; names the key, not secret
	AccessKeySecret identity.Secret  // required
	Endpoint        string           // address, https or http to loopback; "" = the vendor's
	Timeout         time.Duration    // of a whole call, at most a minute; 0 = 8 s
	Clock           func() time.Time // required; stamps requests
	// Transport sends the requests; nil = one of our own without proxy. No transport
	// can make a call follow a redirect or reach another host.
	Transport http.RoundTripper
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c Config) Validate() error {
	_, err := c.base()
	return errors.Join(
		setting.Require(keyIDShape.MatchString(c.AccessKeyID), "AccessKeyID", "must be 1 to 128 letters, digits, _, . or -"),
		setting.Require(keyShape.MatchString(c.AccessKeySecret.Reveal()), "AccessKeySecret", "must be 1 to 256 visible ASCII characters"),
		setting.Wrap("Endpoint", err),
		setting.Require(c.Timeout >= 0 && c.Timeout <= maxTimeout, "Timeout", "must be more than 0 and at most a minute"),
		setting.Require(c.Clock != nil, "Clock", "must be set"),
	)
}

// Official reports whether the service is one of the vendor's own hosts over TLS.
// If it is not, the environment is a sandbox (R35). Source:
// https://help.aliyun.com/zh/id-verification (service addresses), 2026-11.
func (c Config) Official() bool {
	base, err := c.base()
	return err == nil && base.Path == "" && base.Scheme == "https" && slices.Contains([]string{
		"cloudauth.aliyuncs.com", "cloudauth-dualstack.aliyuncs.com",
		"cloudauth.cn-beijing.aliyuncs.com", "cloudauth-dualstack.cn-beijing.aliyuncs.com",
		"cloudauth.cn-shanghai.aliyuncs.com", "cloudauth-dualstack.cn-shanghai.aliyuncs.com",
	}, kit.Authority(base))
}

func (c Config) base() (*url.URL, error) {
	endpoint := c.Endpoint
	if endpoint == "" {
		endpoint = defaultBase
	}
	return kit.ReadOrigin(endpoint)
}

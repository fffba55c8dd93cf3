package config

import (
	"time"

	"renzheng/providers/tencentcloud"
)

// TencentCloud configures Tencent Cloud FaceID, a source for bank cards and the four
// elements. It is disabled if nothing is set.
type TencentCloud struct {
	SecretID  string        `help:"API secret id. This source is disabled if nothing of this group is set." env:"BFF_TENCENTCLOUD_SECRET_ID"`
	SecretKey Secret        `help:"API secret key." env:"BFF_TENCENTCLOUD_SECRET_KEY"`
	Endpoint  string        `help:"Host of the service." default:"faceid.tencentcloudapi.com" env:"BFF_TENCENTCLOUD_ENDPOINT"`
	Scheme    string        `help:"https; http only to loopback." enum:"https,http" default:"https" env:"BFF_TENCENTCLOUD_SCHEME"`
	Timeout   time.Duration `help:"Timeout of one call." default:"8s" env:"BFF_TENCENTCLOUD_TIMEOUT"`
}

// Adapter returns the configuration of the adapter.
func (s TencentCloud) Adapter() tencentcloud.Config {
	return tencentcloud.Config{
		SecretID: s.SecretID, SecretKey: s.SecretKey.Secret,
		Endpoint: s.Endpoint, Scheme: s.Scheme, Timeout: s.Timeout,
	}
}

// IsSet reports whether anything of this group is set.
func (s TencentCloud) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil
// if nothing of the group is set.
func (s TencentCloud) Check() error {
	if !s.IsSet() {
		return nil
	}
	return s.Adapter().Validate()
}

func (s TencentCloud) official() bool { return !s.IsSet() || s.Adapter().Official() }

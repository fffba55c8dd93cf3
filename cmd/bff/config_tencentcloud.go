package main

import (
	"time"

	"renzheng/providers/tencentcloud"
)

// TencentConfig reaches Tencent Cloud FaceID, a source for bank cards and the
// four elements. Untouched, it is not asked.
type TencentConfig struct {
	SecretID  string        `help:"API secret id. With none of this group set, this source is not asked." env:"BFF_TENCENTCLOUD_SECRET_ID"`
	SecretKey Secret        `help:"API secret key." env:"BFF_TENCENTCLOUD_SECRET_KEY"`
	Endpoint  string        `help:"Host of the service." default:"faceid.tencentcloudapi.com" env:"BFF_TENCENTCLOUD_ENDPOINT"`
	Scheme    string        `help:"https; http only to loopback." enum:"https,http" default:"https" env:"BFF_TENCENTCLOUD_SCHEME"`
	Timeout   time.Duration `help:"Longest wait for one answer." default:"8s" env:"BFF_TENCENTCLOUD_TIMEOUT"`
}

// tencent gives the adapter its part.
func (c *Config) tencent() tencentcloud.Config {
	return tencentcloud.Config{
		SecretID: c.Tencent.SecretID, SecretKey: c.Tencent.SecretKey.Secret,
		Endpoint: c.Tencent.Endpoint, Scheme: c.Tencent.Scheme, Timeout: c.Tencent.Timeout,
	}
}

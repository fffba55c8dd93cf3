package main

import (
	"time"

	"renzheng/providers/alibabacloud"
)

// AlibabaConfig reaches Alibaba Cloud's identity service, a second source for
// bank cards and the four elements. Untouched, it is not asked.
type AlibabaConfig struct {
	AccessKeyID     string        `help:"Access key id. With none of this group set, this source is not asked." env:"BFF_ALIBABACLOUD_ACCESS_KEY_ID"`
	AccessKeySecret Secret        `help:"Access key secret." env:"BFF_ALIBABACLOUD_ACCESS_KEY_SECRET"`
	Endpoint        string        `help:"Address of the service." default:"https://cloudauth.aliyuncs.com" env:"BFF_ALIBABACLOUD_ENDPOINT"`
	Timeout         time.Duration `help:"Longest wait for one answer." default:"8s" env:"BFF_ALIBABACLOUD_TIMEOUT"`
}

// alibaba gives the adapter its part.
func (c *Config) alibaba() alibabacloud.Config {
	return alibabacloud.Config{
		AccessKeyID: c.Alibaba.AccessKeyID, AccessKeySecret: c.Alibaba.AccessKeySecret.Secret,
		Endpoint: c.Alibaba.Endpoint, Timeout: c.Alibaba.Timeout, Clock: time.Now,
	}
}

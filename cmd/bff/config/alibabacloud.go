package config

import (
	"time"

	"renzheng/providers/alibabacloud"
)

// AlibabaCloud configures Alibaba Cloud's identity service, a second source for bank
// cards and the four elements. It is disabled if nothing is set.
type AlibabaCloud struct {
	AccessKeyID     string        `help:"Access key id. This source is disabled if nothing of this group is set." env:"BFF_ALIBABACLOUD_ACCESS_KEY_ID"`
	AccessKeySecret Secret        `help:"Access key secret." env:"BFF_ALIBABACLOUD_ACCESS_KEY_SECRET"`
	Endpoint        string        `help:"Address of the service." default:"https://cloudauth.aliyuncs.com" env:"BFF_ALIBABACLOUD_ENDPOINT"`
	Timeout         time.Duration `help:"Timeout of one call." default:"8s" env:"BFF_ALIBABACLOUD_TIMEOUT"`
}

// Adapter returns the configuration of the adapter.
func (s AlibabaCloud) Adapter() alibabacloud.Config {
	return alibabacloud.Config{
		AccessKeyID: s.AccessKeyID, AccessKeySecret: s.AccessKeySecret.Secret,
		Endpoint: s.Endpoint, Timeout: s.Timeout, Clock: time.Now,
	}
}

// IsSet reports whether anything of this group is set.
func (s AlibabaCloud) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil
// if nothing of the group is set.
func (s AlibabaCloud) Check() error {
	if !s.IsSet() {
		return nil
	}
	return s.Adapter().Validate()
}

func (s AlibabaCloud) official() bool { return !s.IsSet() || s.Adapter().Official() }

package config

// Vendor is a third party that the settings name, as the server reaches it.
type Vendor struct {
	Name    string // of the group of settings
	Address string // of its calls
	Proxy   string // "" = none. Secrecy: it may hold a password
	Err     error  // of the group; the address may be wrong then
}

// Vendors returns the third parties of which something is set.
func (c *Config) Vendors() []Vendor {
	var set []Vendor
	add := func(isSet bool, err error, v Vendor) {
		if isSet {
			v.Err = err
			set = append(set, v)
		}
	}
	add(c.Alipay.IsSet(), c.Alipay.Check(), Vendor{Name: "alipay", Address: c.Alipay.Gateway})
	add(c.WeChat.IsSet(), c.WeChat.Check(), Vendor{Name: "wechat", Address: c.WeChat.API, Proxy: c.WeChat.Proxy})
	add(c.Pay.IsSet(), c.Pay.Check(c.WeChat), Vendor{Name: "wechatpay", Address: c.Pay.API, Proxy: c.Pay.Proxy})
	add(c.Tencent.IsSet(), c.Tencent.Check(), Vendor{Name: "tencentcloud", Address: c.Tencent.Scheme + "://" + c.Tencent.Endpoint})
	add(c.Alibaba.IsSet(), c.Alibaba.Check(), Vendor{Name: "alibabacloud", Address: c.Alibaba.Endpoint})
	add(c.Agency.IsSet(), c.Agency.Check(), Vendor{Name: "agency", Address: c.Agency.URL})
	for _, name := range c.Photo.Recognizers {
		address := map[string]string{tencentPhotos: c.Tencent.Scheme + "://" + c.Photo.Tencent, alibabaPhotos: c.Photo.Alibaba}[name]
		add(address != "", c.Photo.Check(c.Tencent, c.Alibaba), Vendor{Name: name + "_photo", Address: address})
	}
	for _, name := range c.SMS.Senders {
		address := map[string]string{tencentSMS: c.Tencent.Scheme + "://" + c.SMS.Tencent, alibabaSMS: c.SMS.Alibaba}[name]
		add(address != "", c.SMS.Check(c.Tencent, c.Alibaba), Vendor{Name: name + "_sms", Address: address})
	}
	add(c.Account.IsSet(), c.Account.Check(), Vendor{Name: "wechat_support", Address: c.Account.API, Proxy: c.Account.Proxy})
	return set
}

package main

import (
	"errors"
	"fmt"
	"reflect"
)

// provider is a third party that is configured, if perhaps not well.
type provider struct {
	group    string // of its settings, e.g. "BFF_ALIPAY_"
	channel  bool   // persons come through it
	official bool   // reached at the vendor's own address, or an authority's
	problem  error  // what is wrong with its settings
	settings any    // the group
}

// providers gives the third parties of which anything is set.
func (c *Config) providers() []provider {
	var all []provider
	add := func(settings any, p func() provider) {
		if touched(settings) {
			made := p()
			made.settings = settings
			all = append(all, made)
		}
	}
	add(c.Alipay, func() provider {
		part := c.alipay()
		return provider{group: "BFF_ALIPAY_", channel: true, official: part.Official(), problem: part.Validate()}
	})
	add(c.WeChat, func() provider {
		part := c.wechat(nil)
		return provider{group: "BFF_WECHAT_", channel: true, official: part.Official(), problem: part.Validate()}
	})
	add(c.Tencent, func() provider {
		part := c.tencent()
		return provider{group: "BFF_TENCENTCLOUD_", official: part.Official(), problem: part.Validate()}
	})
	add(c.Alibaba, func() provider {
		part := c.alibaba()
		return provider{group: "BFF_ALIBABACLOUD_", official: part.Official(), problem: part.Validate()}
	})
	add(c.Agency, func() provider {
		part, unread := c.agency()
		return provider{group: "BFF_AGENCY_", official: part.Official(), problem: errors.Join(unread, part.Validate())}
	})
	add(c.Account, func() provider {
		part := c.Account.adapter(nil)
		return provider{group: "BFF_SUPPORT_", official: part.Official(), problem: part.Validate()}
	})
	return all
}

// providerProblems names all that is wrong with the third parties: one that is
// half configured would fail only once a person needs it.
func (c *Config) providerProblems() []error {
	var problems []error
	channels := 0
	for _, p := range c.providers() {
		problems = append(problems, fieldProblems(p.group, p.settings, p.problem)...)
		if p.channel {
			channels++
		}
	}
	if channels == 0 {
		problems = append(problems, errors.New("no channel is configured: set BFF_ALIPAY_APP_ID or BFF_WECHAT_APP_ID and what goes with it"))
	}
	return problems
}

// touched tells whether any setting of a group is neither empty nor its default.
func touched(group any) bool {
	value := reflect.ValueOf(group)
	for i := range value.NumField() {
		field, byDefault := value.Field(i), value.Type().Field(i).Tag.Get("default")
		if !field.IsZero() && fmt.Sprint(field.Interface()) != byDefault {
			return true
		}
	}
	return false
}

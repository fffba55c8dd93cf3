package harness

import (
	"crypto/rand"
	"fmt"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/providers/wechat/wechattest"
)

// buildOthers makes the third parties beside Alipay and the registry.
func (w *World) buildOthers() error {
	var err error
	clock := w.options.Clock
	if w.WeChat, err = wechattest.New(wechattest.Options{
		Apps: []wechattest.App{{ID: wechatAppID, Secret: w.secretKey}, {ID: serviceAppID, Secret: w.secretKey}}, Clock: clock,
		Persons: w.wechatPerson, Fate: w.fates.wechatFace, Templates: []string{templateID},
	}); err != nil {
		return fmt.Errorf("making WeChat: %w", err)
	}
	if w.Tencent, err = tencentcloudtest.New(tencentcloudtest.Options{
		SecretID: secretID, SecretKey: w.secretKey, Clock: clock, Fate: w.fates.tencent,
	}); err != nil {
		return fmt.Errorf("making Tencent Cloud: %w", err)
	}
	if w.Alibaba, err = alibabacloudtest.New(alibabacloudtest.Options{
		AccessKeyID: accessKeyID, AccessKeySecret: w.secretKey, Clock: clock, Fate: w.fates.alibaba,
	}); err != nil {
		return fmt.Errorf("making Alibaba Cloud: %w", err)
	}
	if w.agency, err = agencytest.NewKeys(rand.Reader); err != nil {
		return fmt.Errorf("making the gateway's keys: %w", err)
	}
	if w.Agency, err = agencytest.New(agencytest.Options{Keys: w.agency, Clock: clock, Fate: w.fates.agency}); err != nil {
		return fmt.Errorf("making the authority's gateway: %w", err)
	}
	return w.writeAgencyKeys()
}

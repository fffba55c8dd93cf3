package harness

import (
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"

	"renzheng/providers/agency/agencytest"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/providers/wechat/wechattest"
	"renzheng/providers/wechatpay/wechatpaytest"
)

// buildOthers makes the third parties other than Alipay and the registry.
func (s *Sandbox) buildOthers() error {
	var err error
	clock := s.options.Clock
	if s.WeChat, err = wechattest.New(wechattest.Options{
		Apps: []wechattest.App{{ID: wechatAppID, Secret: s.secretKey}, {ID: serviceAppID, Secret: s.secretKey}}, Clock: clock,
		Persons: s.wechatPerson, Fate: s.fates.wechatFace, Templates: []string{templateID},
		Adopter: s.adopter.account,
	}); err != nil {
		return fmt.Errorf("making WeChat: %w", err)
	}
	if s.Pay, err = wechatpaytest.New(wechatpaytest.Options{
		AppID: wechatAppID, MchID: merchantID, Key: s.merchantKey, Clock: clock, Owners: s.fates.payOwner,
	}); err != nil {
		return fmt.Errorf("making WeChat Pay: %w", err)
	}
	if s.Tencent, err = tencentcloudtest.New(tencentcloudtest.Options{
		SecretID: secretID, SecretKey: s.secretKey, Clock: clock, Fate: s.fates.tencent,
	}); err != nil {
		return fmt.Errorf("making Tencent Cloud: %w", err)
	}
	if s.Alibaba, err = alibabacloudtest.New(alibabacloudtest.Options{
		AccessKeyID: accessKeyID, AccessKeySecret: s.secretKey, Clock: clock, Fate: s.fates.alibaba,
	}); err != nil {
		return fmt.Errorf("making Alibaba Cloud: %w", err)
	}
	tencent, alibaba := tencentcloudtest.Options{SecretID: secretID, SecretKey: s.secretKey, Clock: clock}, alibabacloudtest.Options{AccessKeyID: accessKeyID, AccessKeySecret: s.secretKey, Clock: clock}
	if s.TencentPhotos, err = tencentcloudtest.NewPhoto(tencent, s.fates.tencentPhoto); err != nil {
		return fmt.Errorf("making Tencent Cloud's recognition: %w", err)
	}
	if s.AlibabaPhotos, err = alibabacloudtest.NewPhoto(alibaba, s.fates.alibabaPhoto); err != nil {
		return fmt.Errorf("making Alibaba Cloud's recognition: %w", err)
	}
	if err = s.buildSMS(tencent, alibaba); err != nil {
		return err
	}
	if s.agency, err = agencytest.NewKeys(rand.Reader); err != nil {
		return fmt.Errorf("making the gateway's keys: %w", err)
	}
	if s.Agency, err = agencytest.New(agencytest.Options{Keys: s.agency, Clock: clock, Fate: s.fates.agency}); err != nil {
		return fmt.Errorf("making the authority's gateway: %w", err)
	}
	return s.writeAgencyKeys()
}

// writeAgencyKeys writes the keys that the server needs to call the authority's
// gateway. Each sandbox has new ones.
func (s *Sandbox) writeAgencyKeys() error {
	return errors.Join(
		writeSecret(filepath.Join(s.options.Data, agencyKeyName), []byte(s.agency.ClientKey)),
		writeSecret(filepath.Join(s.options.Data, gatewayKeyName), []byte(s.agency.GatewayPublic)),
	)
}

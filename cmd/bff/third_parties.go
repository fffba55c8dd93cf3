package main

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/providers/agency"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/alipay"
	"renzheng/providers/registry"
	"renzheng/providers/tencentcloud"
	"renzheng/providers/wechat"
	"renzheng/providers/wechatpay"
	"renzheng/receipt"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/subscriber"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// thirdParties holds the adapters to all third parties. The maps are by channel, or
// by the provider's name in the policy. Third parties without settings are in none.
type thirdParties struct {
	authorizers map[identity.Channel]session.Authorizer
	prefillers  map[identity.Channel]session.Prefiller
	owners      map[identity.Channel]session.OwnerChecker
	faces       map[string]verification.FaceChecker
	bankCards   map[string]verification.BankCardChecker

	fourElements map[string]verification.FourElementsChecker
	documents    map[string]verification.DocumentChecker

	recognizers     photo.FirstOf // of document photos, in the order of the settings
	recognizerNames []string      // their names

	senders     subscriber.Senders // of messages to phones, in the order of the settings
	senderNames []string           // their names

	account   support.OfficialAccount  // nil if not configured
	notifiers map[string]todo.Notifier // by channel

	registries *registryWatch
	deliverer  *registry.Deliverer
	authority  string // what registries sign as @authority
}

// Names of providers in the policy.
const (
	alipayName  = "alipay"
	wechatName  = "wechat"
	tencentName = "tencentcloud"
	alibabaName = "alibabacloud"
	agencyName  = "agency"
	supportName = "wechat_support" // in metrics only
	payName     = "wechatpay"      // likewise
)

// openThirdParties makes the adapters. It reports all problems together.
func openThirdParties(c *config.Config, db *store.Store) (thirdParties, error) {
	t := thirdParties{
		authorizers: map[identity.Channel]session.Authorizer{}, prefillers: map[identity.Channel]session.Prefiller{},
		owners: map[identity.Channel]session.OwnerChecker{},
		faces:  map[string]verification.FaceChecker{}, bankCards: map[string]verification.BankCardChecker{},
		fourElements: map[string]verification.FourElementsChecker{}, documents: map[string]verification.DocumentChecker{},
		notifiers: map[string]todo.Notifier{},
	}
	err := errors.Join(t.openAlipay(c), t.openWeChat(c, db), t.openWeChatPay(c), t.openTencent(c), t.openAlibaba(c), t.openAgency(c),
		t.openRecognizers(c), t.openSMS(c), t.openServiceAccount(c, db), t.openRegistries(c))
	if err != nil {
		return t, fmt.Errorf("opening third parties: %w", err)
	}
	return t, nil
}

// channels returns the names of the configured channels.
func (t *thirdParties) channels() []string {
	names := make([]string, 0, len(t.authorizers))
	for channel := range t.authorizers {
		names = append(names, string(channel))
	}
	slices.Sort(names)
	return names
}

func (t *thirdParties) openAlipay(c *config.Config) error {
	if !c.Alipay.IsSet() {
		return nil
	}
	client, err := alipay.New(c.Alipay.Adapter())
	if err != nil {
		return err
	}
	t.authorizers[identity.Alipay], t.prefillers[identity.Alipay], t.faces[alipayName] = client, client, client
	if c.Alipay.Template.ID != "" {
		t.notifiers[string(identity.Alipay)] = alipayNotifications{client, c.Alipay.Template.ID}
	}
	if c.Web.Address != "" {
		t.authorizers[identity.Web] = client // the same application, by its page for browsers
	}
	return nil
}

func (t *thirdParties) openWeChat(c *config.Config, db *store.Store) error {
	if !c.WeChat.IsSet() {
		return nil
	}
	part := c.WeChat.Adapter()
	part.Tokens, part.Leases = wechatTokens{db}, db // rows, which all replicas share
	client, err := wechat.New(part)
	if err != nil {
		return err
	}
	t.authorizers[identity.WeChat] = client
	if c.WeChat.Template.ID != "" {
		t.notifiers[string(identity.WeChat)] = wechatNotifications{client, c.WeChat.Template.ID}
	}
	if c.WeChat.Face {
		t.faces[wechatName] = client
	}
	return nil
}

func (t *thirdParties) openWeChatPay(c *config.Config) error {
	if !c.Pay.IsSet() {
		return nil
	}
	client, err := wechatpay.New(c.Pay.Adapter(c.WeChat.AppID))
	if err != nil {
		return err
	}
	t.owners[identity.WeChat] = client
	return nil
}

func (t *thirdParties) openTencent(c *config.Config) error {
	if !c.Tencent.IsSet() {
		return nil
	}
	client, err := tencentcloud.New(c.Tencent.Adapter())
	if err != nil {
		return err
	}
	t.bankCards[tencentName], t.fourElements[tencentName] = client, client
	return nil
}

func (t *thirdParties) openAlibaba(c *config.Config) error {
	if !c.Alibaba.IsSet() {
		return nil
	}
	client, err := alibabacloud.New(c.Alibaba.Adapter())
	if err != nil {
		return err
	}
	t.bankCards[alibabaName], t.fourElements[alibabaName] = client, client
	return nil
}

func (t *thirdParties) openAgency(c *config.Config) error {
	if !c.Agency.IsSet() {
		return nil
	}
	part, err := c.Agency.Adapter()
	if err != nil {
		return err
	}
	client, err := agency.New(part)
	if err != nil {
		return err
	}
	t.faces[agencyName], t.documents[agencyName] = client, client
	return nil
}

func (t *thirdParties) openRecognizers(c *config.Config) error {
	for _, name := range c.Photo.Recognizers {
		var made photo.Recognizer
		var err error
		if name == tencentName {
			made, err = tencentcloud.NewRecognizer(c.Photo.TencentAdapter(c.Tencent))
		} else {
			made, err = alibabacloud.NewRecognizer(c.Photo.AlibabaAdapter(c.Alibaba))
		}
		if err != nil {
			return fmt.Errorf("opening a recognizer of photos: %w", err)
		}
		t.recognizers, t.recognizerNames = append(t.recognizers, made), append(t.recognizerNames, name)
	}
	return nil
}

func (t *thirdParties) openSMS(c *config.Config) error {
	for _, name := range c.SMS.Senders {
		var made subscriber.Sender
		var err error
		if name == tencentName {
			made, err = tencentcloud.NewSMS(c.SMS.TencentAdapter(c.Tencent))
		} else {
			made, err = alibabacloud.NewSMS(c.SMS.AlibabaAdapter(c.Alibaba))
		}
		if err != nil {
			return fmt.Errorf("opening an SMS service: %w", err)
		}
		t.senders, t.senderNames = append(t.senders, made), append(t.senderNames, name)
	}
	return nil
}

func (t *thirdParties) openServiceAccount(c *config.Config, db *store.Store) error {
	if !c.Account.IsSet() {
		return nil
	}
	account, err := newServiceAccount(c.Account, db)
	if err != nil {
		return err
	}
	t.account = wechat.NewSupportClient(account)
	return nil
}

func (t *thirdParties) openRegistries(c *config.Config) error {
	issuer, err := url.Parse(c.Issuer)
	if err != nil {
		return fmt.Errorf("reading the issuer: %w", err)
	}
	if t.registries, err = openRegistryWatch(c.Registries, c.LoadRegistries); err != nil {
		return err
	}
	t.authority = issuer.Host
	t.deliverer = registry.NewDeliverer(registry.DelivererConfig{
		Directory: t.registries.live, Clock: time.Now, Timeout: 10 * time.Second, Environment: receipt.Environment(c.Environment()),
	})
	return nil
}

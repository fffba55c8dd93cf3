package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/alipay"
	"renzheng/providers/registry"
	"renzheng/providers/tencentcloud"
	"renzheng/providers/wechat"
	"renzheng/receipt"
	"renzheng/session"
	"renzheng/sql/store"
	"renzheng/support"
	"renzheng/todo"
	"renzheng/verification"
)

// thirdParties are the adapters to everybody else. The maps are by channel, or
// by the provider's name in the policy; who is not configured is in none.
type thirdParties struct {
	authorizers map[identity.Channel]session.Authorizer
	prefillers  map[identity.Channel]session.Prefiller
	faces       map[string]verification.FaceChecker
	bankCards   map[string]verification.BankCardChecker

	fourElements map[string]verification.FourElementsChecker
	documents    map[string]verification.DocumentChecker

	account  support.OfficialAccount // nil where there is none
	alerters map[string]todo.Alerter // by channel

	registries *registry.Book
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
)

// openThirdParties makes the adapters; all problems are reported together.
func openThirdParties(c *Config, db *store.Store) (thirdParties, error) {
	t := thirdParties{
		authorizers: map[identity.Channel]session.Authorizer{}, prefillers: map[identity.Channel]session.Prefiller{},
		faces: map[string]verification.FaceChecker{}, bankCards: map[string]verification.BankCardChecker{},
		fourElements: map[string]verification.FourElementsChecker{}, documents: map[string]verification.DocumentChecker{},
		alerters: map[string]todo.Alerter{},
	}
	err := errors.Join(t.openAlipay(c), t.openWeChat(c, db), t.openTencent(c), t.openAlibaba(c), t.openAgency(c),
		t.openServiceAccount(c, db), t.openRegistries(c))
	if err != nil {
		return t, fmt.Errorf("opening third parties: %w", err)
	}
	return t, nil
}

// channels names the channels that persons come through.
func (t *thirdParties) channels() []string {
	names := make([]string, 0, len(t.authorizers))
	for channel := range t.authorizers {
		names = append(names, string(channel))
	}
	slices.Sort(names)
	return names
}

func (t *thirdParties) openAlipay(c *Config) error {
	if !touched(c.Alipay) {
		return nil
	}
	client, err := alipay.New(c.alipay())
	if err != nil {
		return err
	}
	t.authorizers[identity.Alipay], t.prefillers[identity.Alipay], t.faces[alipayName] = client, client, client
	if c.Web.Address != "" {
		t.authorizers[identity.Web] = client // the same application, by its page for browsers
	}
	return nil
}

func (t *thirdParties) openWeChat(c *Config, db *store.Store) error {
	if !touched(c.WeChat) {
		return nil
	}
	client, err := wechat.New(c.wechat(db))
	if err != nil {
		return err
	}
	t.authorizers[identity.WeChat] = client
	if c.WeChat.Template.ID != "" {
		t.alerters[string(identity.WeChat)] = wechatAlerts{client, c.WeChat.Template.ID}
	}
	if c.WeChat.Face {
		t.faces[wechatName] = client
	}
	return nil
}

func (t *thirdParties) openTencent(c *Config) error {
	if !touched(c.Tencent) {
		return nil
	}
	client, err := tencentcloud.New(c.tencent())
	if err != nil {
		return err
	}
	t.bankCards[tencentName], t.fourElements[tencentName] = client, client
	return nil
}

func (t *thirdParties) openAlibaba(c *Config) error {
	if !touched(c.Alibaba) {
		return nil
	}
	client, err := alibabacloud.New(c.alibaba())
	if err != nil {
		return err
	}
	t.bankCards[alibabaName], t.fourElements[alibabaName] = client, client
	return nil
}

func (t *thirdParties) openAgency(c *Config) error {
	if !touched(c.Agency) {
		return nil
	}
	part, err := c.agency()
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

// loadRegistries reads the file of registries. The file must be private only if it contains a secret itself.
func (c *Config) loadRegistries() (*registry.Book, error) {
	file, err := c.Storage.readSecretFile(c.Registries)
	if errors.Is(err, errReadable) && !bytes.Contains(file, []byte("whsec_")) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the file of registries: %w", err)
	}
	return registry.LoadFileWith(file, c.Storage.readSecretFile)
}

func (t *thirdParties) openRegistries(c *Config) error {
	issuer, err := url.Parse(c.Issuer)
	if err != nil {
		return fmt.Errorf("reading the issuer: %w", err)
	}
	if t.registries, err = c.loadRegistries(); err != nil {
		return err
	}
	t.authority = issuer.Host
	t.deliverer = registry.NewDeliverer(registry.DelivererConfig{
		Book: t.registries, Clock: time.Now, Timeout: 10 * time.Second, Environment: receipt.Environment(environment(c)),
	})
	return nil
}

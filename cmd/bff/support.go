package main

import (
	"crypto/rand"
	"errors"
	"fmt"

	"renzheng/cmd/bff/config"
	"renzheng/providers/wechat"
	"renzheng/sql/store"
	"renzheng/support"
)

// openSupport returns the service of technical support, with a service account if
// one is configured.
func openSupport(c *config.Config, db *store.Store, account support.OfficialAccount) (*support.Service, error) {
	faq, unread := c.Support.LoadFAQ()
	picture, unseen := c.Support.LoadPicture()
	if err := errors.Join(unread, unseen); err != nil {
		return nil, fmt.Errorf("opening support: %w", err)
	}
	return support.New(support.Deps{
		Tickets: db, Dialog: db, Codes: db, Account: account, FAQ: faq,
		Name: c.Support.Name, Fixed: picture, Window: c.Support.Window,
		Clock: c.Clock(), Rand: rand.Reader,
	}), nil
}

// newServiceAccount returns the adapter of the service account. Its tokens, leases
// and nonces are rows, which all replicas share.
func newServiceAccount(c config.ServiceAccount, db *store.Store) (*wechat.ServiceAccount, error) {
	part := c.Adapter()
	part.Tokens, part.Leases, part.Nonces, part.IsReplay = wechatTokens{db}, db, db, isReplay
	return wechat.NewServiceAccount(part)
}

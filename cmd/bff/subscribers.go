package main

import (
	"crypto/rand"

	"renzheng/cmd/bff/config"
	"renzheng/sql/store"
	"renzheng/subscriber"
	"renzheng/verification"
	"renzheng/verification/notice"
)

// openSubscribers returns the service of registered users, or nil if nobody can register.
func openSubscribers(c *config.Config, db *store.Store, sender subscriber.Sender, v *verification.Service) *subscriber.Service {
	if !c.Accounts.IsSet() {
		return nil
	}
	return subscriber.New(subscriber.Deps{
		Subscribers: db, Codes: db, Sender: sender, CodesPerNetwork: c.Accounts.CodesPerNetwork,
		InForce: func(a subscriber.Agreement) bool {
			shown, ok := v.Notices().InForce(notice.Ref(a))
			return ok && shown.Kind == notice.Registration
		},
		Clock: c.Clock(), Rand: rand.Reader,
	})
}

package config

import (
	"errors"
	"fmt"

	"renzheng/identity"
	"renzheng/setting"
	"renzheng/verification/notice"
)

// Accounts configures registered users. It is disabled if no profile is set.
type Accounts struct {
	Profile         string `help:"Form in which people register: phone_first (phone, nickname, code and agreement; name and number are verified later). Nobody can register, and nothing about it is shown, if it is empty. It needs BFF_WEB_ADDRESS, an SMS service, and the authority's gateway for the face check." enum:",phone_first" default:"" env:"BFF_ACCOUNTS_PROFILE"`
	CodesPerNetwork int    `help:"One-time codes that the clients of one network (an IPv4 address, or a /64 of IPv6) may ask for in 24 h. A number gets 1 in a minute, 3 in an hour and 5 in 24 h in any case." default:"200" env:"BFF_ACCOUNTS_CODES_PER_NETWORK"`
}

// IsSet reports whether people can register.
func (s Accounts) IsSet() bool { return s.Profile != "" }

// Check returns a setting.Error for each field that is invalid, joined, and nil if people cannot register.
func (s Accounts) Check(m SMS, w Web, a Agency) error {
	if !s.IsSet() {
		return nil
	}
	return errors.Join(
		setting.Require(s.Profile == "phone_first", "Profile", "must be phone_first or empty"),
		setting.Require(m.IsSet(), "Profile", "needs an SMS service: set BFF_SMS_SENDERS and what belongs to it"),
		setting.Require(w.Address != "", "Profile", "needs BFF_WEB_ADDRESS: registered users sign in with a browser"),
		setting.Require(a.IsSet(), "Profile", "needs BFF_AGENCY_URL: Alipay's face check is bound to an account of Alipay, which registered users lack"),
		setting.Require(s.CodesPerNetwork >= 1, "CodesPerNetwork", "must be at least 1"),
	)
}

// checkNotice returns an error if there is no agreement to accept, or it cannot name an SMS service.
func (s Accounts) checkNotice(n *notice.Set, m SMS) error {
	if !n.Offers(identity.Web, notice.Registration) {
		return errors.New("needs a notice of kind registration for web, because BFF_ACCOUNTS_PROFILE is set")
	}
	if _, err := n.Naming(notice.Registration, m.Senders); err != nil {
		return fmt.Errorf("cannot name a vendor of BFF_SMS_SENDERS: %w", err)
	}
	return nil
}

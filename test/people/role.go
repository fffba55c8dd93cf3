package people

import (
	"fmt"
	"slices"
	"strings"
)

// Channel is where a person comes from.
type Channel string

// The channels.
const (
	Alipay Channel = "alipay"
	WeChat Channel = "wechat"
)

// Channels returns all channels in the order to show them.
func Channels() []Channel { return []Channel{Alipay, WeChat} }

// Role is one story to play: a fate, with a document, in a channel.
type Role struct {
	Channel Channel
	Form    Form
	Fate    Fate
}

// String returns the name of the role, such as "wechat/passport/passes".
func (r Role) String() string { return string(r.Channel) + "/" + string(r.Form) + "/" + string(r.Fate) }

// Roles returns all roles, those of resident IDs in Alipay first.
func Roles() []Role {
	var roles []Role
	for _, channel := range Channels() {
		for _, form := range Forms() {
			for _, k := range kinds() {
				if r := (Role{channel, form, k.fate}); k.where.has(r) {
					roles = append(roles, r)
				}
			}
		}
	}
	return roles
}

// Provider returns the provider of the face check of a role by the built-in policy.
func (r Role) Provider() string {
	switch {
	case r.Form == Passport, r.Channel == WeChat && r.Form != ResidentID:
		return "agency"
	}
	return string(r.Channel)
}

// scope is the set of documents and channels of a fate.
type scope string

const (
	alipayResident scope = "alipay_resident" // resident IDs in Alipay
	wechatResident scope = "wechat_resident" // resident IDs in WeChat
	residents      scope = "residents"       // resident IDs in every channel
	byGateway      scope = "by_gateway"      // wherever the authority's gateway is asked
	everywhere     scope = "everywhere"      // every document in every channel
)

func (s scope) has(r Role) bool {
	resident := r.Form == ResidentID
	switch s {
	case alipayResident:
		return resident && r.Channel == Alipay
	case wechatResident:
		return resident && r.Channel == WeChat
	case residents:
		return resident
	case byGateway:
		return r.Provider() == "agency"
	case everywhere:
	}
	return slices.Contains(Channels(), r.Channel)
}

// InAlipay returns the roles of fates with a resident ID in Alipay.
func InAlipay(fates ...Fate) []Role {
	roles := make([]Role, len(fates))
	for i, fate := range fates {
		roles[i] = Role{Alipay, ResidentID, fate}
	}
	return roles
}

// Choose returns the roles that match one of the words: a fate, which selects a
// resident ID in Alipay, or the beginning of a role's name: "wechat",
// "wechat/passport", "wechat/passport/passes". Without words it returns all roles.
//
// It returns an error for a word that matches no role.
func Choose(words ...string) ([]Role, error) {
	if len(words) == 0 {
		return Roles(), nil
	}
	var chosen []Role
	for _, word := range words {
		before := len(chosen)
		for _, r := range Roles() {
			name := r.String()
			if name == word || strings.HasPrefix(name, word+"/") || r == InAlipay(Fate(word))[0] {
				chosen = append(chosen, r)
			}
		}
		if len(chosen) == before {
			return nil, fmt.Errorf("there is no person called %q", word)
		}
	}
	return chosen, nil
}

package idp

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/setting"
	"renzheng/staff"
)

// Config configures a Client. Proxy and the claims of office and document are optional; of ACR and AMR, one is required.
type Config struct {
	Issuer       string
	ClientID     string
	ClientSecret identity.Secret
	Address      string   // origin of the console, where the provider sends browsers back to
	Scopes       []string // besides openid
	ACR          []string // values of acr that say that a second factor was used
	AMR          []string // values that report a second factor; the claim amr must contain one of them

	// MaxAge is how long ago the provider may last have seen the member at a sign-in; 0 if it has no auth_time.
	MaxAge time.Duration

	NameClaim     string
	RolesClaim    string // a claim, or names of nested claims separated by dots
	Roles         []string
	OfficeClaim   string
	DocumentClaim string // the number of the member's resident ID

	Proxy   string
	Timeout time.Duration
	Clock   func() time.Time // required, for the ends of tokens
}

// CallbackPath and SignedOutPath are the pages of the console that the provider sends browsers back to, and LogoutPath is
// where it sends logout tokens to.
const (
	CallbackPath  = "/sign-in/callback"
	SignedOutPath = "/signed-out"
	LogoutPath    = "/backchannel-logout"
)

// Validate returns a setting.Error for each field that is invalid, joined.
func (c Config) Validate() error {
	_, issuer := kit.ReadBase(c.Issuer)
	_, address := kit.ReadOrigin(c.Address)
	_, proxy := kit.ReadProxy(c.Proxy)
	_, roles := readRoles(c.Roles)
	return errors.Join(
		setting.Wrap("Issuer", issuer),
		setting.Require(!strings.HasSuffix(c.Issuer, "/.well-known/openid-configuration"), "Issuer", "must be the issuer itself, without /.well-known/openid-configuration"),
		setting.Wrap("Address", address),
		setting.Require(c.ClientID != "", "ClientID", "must be set"),
		setting.Require(c.ClientSecret.Reveal() != "", "ClientSecret", "must be set"),
		setting.Require(len(c.ACR)+len(c.AMR) > 0, "ACR", "this or BFF_CONSOLE_AMR must name how the provider reports a second factor"),
		setting.Require(c.MaxAge >= 0, "MaxAge", "must not be negative"),
		setting.Require(c.RolesClaim != "", "RolesClaim", "must be set"),
		setting.Wrap("Roles", roles),
		setting.Wrap("Proxy", proxy),
		setting.Require(c.Clock != nil, "Clock", "must be set"),
		setting.Require(c.Timeout > 0, "Timeout", "must be longer than 0"),
	)
}

// readRoles reads pairs ROLE=VALUE. A role without a pair has its own word as value.
func readRoles(pairs []string) (map[string]staff.Role, error) {
	roles := map[string]staff.Role{}
	var named []staff.Role
	for _, pair := range pairs {
		word, value, ok := strings.Cut(pair, "=")
		role, known := staff.ParseRole(word)
		if !ok || !known || value == "" {
			return nil, errors.New("must each be ROLE=VALUE, with a role of clerk, supervisor, reviewer, operator, officer and auditor")
		}
		if _, twice := roles[value]; twice {
			return nil, errors.New("must not use a value for two roles")
		}
		roles[value], named = role, append(named, role)
	}
	for _, r := range staff.Roles() {
		if _, used := roles[string(r)]; !used && !slices.Contains(named, r) {
			roles[string(r)] = r
		}
	}
	return roles, nil
}

// join returns an address of the console.
func (c Config) join(path string) string {
	base, err := url.Parse(c.Address)
	if err != nil {
		return ""
	}
	return base.JoinPath(path).String()
}

package config

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"renzheng/appointment"
	"renzheng/providers/idp"
	"renzheng/setting"
	"renzheng/staff"
	"renzheng/verification/replay"
	"renzheng/window"
)

// Console configures the pages of the authority's staff. They are off if nothing is set.
type Console struct {
	Listen        string        `help:"Address of the console's own listener, such as 127.0.0.1:8070. The console is off if nothing of this group is set." env:"BFF_CONSOLE_LISTEN"`
	Address       string        `help:"Origin under which browsers reach the console, such as https://console.example.cn." env:"BFF_CONSOLE_ADDRESS"`
	Issuer        string        `help:"Issuer of the identity provider (OpenID Connect), which must equal its metadata's." env:"BFF_CONSOLE_ISSUER"`
	ClientID      string        `help:"Client id of the console at the identity provider." env:"BFF_CONSOLE_CLIENT_ID"`
	ClientSecret  Secret        `help:"Client secret of the console at the identity provider." env:"BFF_CONSOLE_CLIENT_SECRET"`
	Scopes        []string      `help:"Scopes to request besides openid; profile by default." env:"BFF_CONSOLE_SCOPES"`
	ACR           []string      `help:"Values of the claim acr that report a second factor. They are also requested. This or BFF_CONSOLE_AMR is required." env:"BFF_CONSOLE_ACR"`
	AMR           []string      `help:"Values of which the claim amr must contain one, such as otp, hwk or mfa." env:"BFF_CONSOLE_AMR"`
	MaxAge        time.Duration `help:"How long ago the provider may last have seen the member at a sign-in, by the claim auth_time. 0 for a provider without that claim, whose own session then signs in anyone at the desk." default:"15m" env:"BFF_CONSOLE_MAX_AGE"`
	NameClaim     string        `help:"Claim with the name of the member." default:"name" env:"BFF_CONSOLE_NAME_CLAIM"`
	RolesClaim    string        `help:"Claim with the roles: a name, or names of nested claims separated by dots such as realm_access.roles." default:"roles" env:"BFF_CONSOLE_ROLES_CLAIM"`
	Roles         []string      `help:"What the provider calls a role, as ROLE=VALUE such as clerk=window-clerk. The roles are clerk, supervisor, reviewer, operator, officer and auditor. A role that is not named here has its own word." env:"BFF_CONSOLE_ROLES"`
	OfficeClaim   string        `help:"Claim with the id of the office for which a member works." default:"office" env:"BFF_CONSOLE_OFFICE_CLAIM"`
	DocumentClaim string        `help:"Claim with the number of the member's own resident identity card, so that nobody serves or approves themselves. It is stored as keyed hash." env:"BFF_CONSOLE_DOCUMENT_CLAIM"`
	Offices       string        `help:"JSON file of the offices by id: names in zh-Hans, zh-Hant and en, and for appointments address, hours, slot_minutes and places (docs/window.md). A claimed office that is absent is rejected. By default, each id is an office." type:"path" env:"BFF_CONSOLE_OFFICES"`
	Centre        string        `help:"Id of the office that is the provincial centre, which other offices ask to verify a phone, correct synchronised data or look at four elements. By default nobody is asked." env:"BFF_CONSOLE_CENTRE"`
	MemberMisses  int           `help:"Documents that do not match which one member may type at a window in 24 h." default:"20" env:"BFF_CONSOLE_MEMBER_MISSES"`
	OfficeMisses  int           `help:"Documents that do not match which all members of one office may type in 24 h." default:"100" env:"BFF_CONSOLE_OFFICE_MISSES"`
	PhotoOffices  []string      `help:"Ids of the offices that must take a photo of the document at the window, or * for all of them. By default it is optional." env:"BFF_CONSOLE_PHOTO_OFFICES"`
	PhotoReasons  []string      `help:"Reasons of a visit, such as face_failed, for which a photo of the document must be taken." env:"BFF_CONSOLE_PHOTO_REASONS"`
	ScanOffices   []string      `help:"Ids of the offices that must scan a paper which a person signed at the window, or * for all of them. By default the number of the paper is enough." env:"BFF_CONSOLE_SCAN_OFFICES"`
	Bookings      int           `help:"Appointments that one account may book or change in 24 h." default:"5" env:"BFF_CONSOLE_BOOKINGS"`
	MissedMost    int           `help:"Missed appointments of one account within 30 days after which it cannot book for a while." default:"2" env:"BFF_CONSOLE_MISSED_MOST"`
	PauseDays     int           `help:"Days after the last missed appointment in which such an account cannot book." default:"14" env:"BFF_CONSOLE_PAUSE_DAYS"`
	Prices        []string      `help:"What one call of a provider costs, in yuan, as CHECK/PROVIDER=PRICE such as face/alipay=0.8. The console shows with them what a proposed policy would cost." env:"BFF_CONSOLE_PRICES"`
	Proxy         string        `help:"Proxy for calls to the identity provider. The proxy of the environment is not used." env:"BFF_CONSOLE_PROXY"`
	Timeout       time.Duration `help:"Timeout of one call to the identity provider." default:"8s" env:"BFF_CONSOLE_TIMEOUT"`
}

// IsSet reports whether anything of this group is set.
func (s Console) IsSet() bool { return isSet(s) }

// Adapter returns the configuration of the identity provider's adapter.
func (s Console) Adapter(clock func() time.Time) idp.Config {
	scopes := s.Scopes
	if len(scopes) == 0 {
		scopes = []string{"profile"}
	}
	return idp.Config{
		Issuer: s.Issuer, ClientID: s.ClientID, ClientSecret: s.ClientSecret.Secret, Address: s.Address, Scopes: scopes, ACR: s.ACR, AMR: s.AMR, MaxAge: s.MaxAge,
		NameClaim: s.NameClaim, RolesClaim: s.RolesClaim, Roles: s.Roles, OfficeClaim: s.OfficeClaim, DocumentClaim: s.DocumentClaim,
		Proxy: s.Proxy, Timeout: s.Timeout, Clock: clock,
	}
}

// Limits returns how many documents that do not match may be typed.
func (s Console) Limits() window.Limits {
	return window.Limits{Member: s.MemberMisses, Office: s.OfficeMisses}
}

// Photos returns where a photo of the document is required.
func (s Console) Photos() window.PhotoRules {
	return window.PhotoRules{Offices: s.PhotoOffices, Reasons: s.PhotoReasons}
}

// RequiresScan reports whether an office must scan a signed paper.
func (s Console) RequiresScan(office string) bool { return names(s.ScanOffices, office) }

// names reports whether a list has an id, or all of them.
func names(list []string, id string) bool {
	return slices.Contains(list, "*") || slices.Contains(list, id)
}

// BookingLimits returns what keeps accounts from hoarding appointments.
func (s Console) BookingLimits() appointment.Limits {
	return appointment.Limits{PerDay: s.Bookings, Misses: s.MissedMost, Pause: time.Duration(s.PauseDays) * 24 * time.Hour}
}

// LoadOffices reads the offices, or returns none.
func (s Console) LoadOffices() (appointment.Offices, error) {
	if s.Offices == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(s.Offices)
	if err != nil {
		return nil, fmt.Errorf("reading the offices: %w", err)
	}
	return appointment.LoadOffices(raw)
}

// Check returns a setting.Error for each field that is invalid, joined, and nil if nothing of the group is set.
func (s Console) Check() error {
	if !s.IsSet() {
		return nil
	}
	_, offices := s.LoadOffices()
	_, prices := replay.ParsePrices(s.Prices)
	return errors.Join(
		setting.Require(s.Listen != "", "Listen", "must be set, because other settings of the console are"),
		s.Adapter(func() time.Time { return time.Time{} }).Validate(),
		setting.Wrap("Offices", offices),
		setting.Require(s.MemberMisses > 0, "MemberMisses", "must be at least 1"),
		setting.Require(s.OfficeMisses >= s.MemberMisses, "OfficeMisses", "must not be less than that of a member"),
		setting.Require(!slices.ContainsFunc(s.PhotoOffices, isNoOffice), "PhotoOffices", "must be ids of offices, or *"),
		setting.Require(!slices.ContainsFunc(s.PhotoReasons, isNoReason), "PhotoReasons", "must be reasons of the policy of the window"),
		setting.Require(!slices.ContainsFunc(s.ScanOffices, isNoOffice), "ScanOffices", "must be ids of offices, or *"),
		setting.Require(s.Bookings > 0, "Bookings", "must be at least 1"),
		setting.Require(s.MissedMost > 0, "MissedMost", "must be at least 1"),
		setting.Require(s.PauseDays >= 0 && s.PauseDays <= 30, "PauseDays", "must be 0 to 30"),
		setting.Wrap("Prices", prices),
		setting.Require(s.Centre == "" || staff.IsOffice(s.Centre), "Centre", "must be the id of an office"),
	)
}

func isNoOffice(id string) bool { return id != "*" && !staff.IsOffice(id) }

func isNoReason(code string) bool {
	policy, err := window.DefaultPolicy()
	_, ok := policy.Reason(code)
	return err != nil || !ok
}

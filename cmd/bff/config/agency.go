package config

import (
	"errors"
	"strings"
	"time"

	"renzheng/providers/agency"
	"renzheng/setting"
)

// Agency configures the data gateway of an authority (docs/agency.md), which checks
// documents that no commercial source may check. It is disabled if nothing is set.
type Agency struct {
	URL         string        `help:"Address of the authority's data gateway, with or without a path. The gateway is disabled if nothing of this group is set." env:"BFF_AGENCY_URL"`
	KeyID       string        `help:"Id of our key at the gateway." env:"BFF_AGENCY_KEY_ID"`
	Key         Secret        `help:"Our private key, PEM (PKCS #8), Ed25519 or P-256." env:"BFF_AGENCY_KEY"`
	GatewayKeys []string      `help:"The gateway's public keys, separated by commas, each as ID=PEM, or ID=file:PATH or ID=PATH of a PEM file." env:"BFF_AGENCY_GATEWAY_KEYS"`
	PageHosts   []string      `help:"Hosts of the gateway's face pages, in addition to its own." env:"BFF_AGENCY_PAGE_HOSTS"`
	Timeout     time.Duration `help:"Timeout of one call." default:"10s" env:"BFF_AGENCY_TIMEOUT"`
}

// Adapter returns the configuration of the adapter. If key files cannot be read, it
// returns an error and the configuration without these keys.
func (s Agency) Adapter() (agency.Config, error) {
	part := agency.Config{
		URL: s.URL, KeyID: s.KeyID, Key: s.Key.Secret,
		PageHosts: s.PageHosts, Timeout: s.Timeout, Clock: time.Now,
	}
	var problems []error
	for _, named := range s.GatewayKeys {
		id, source, _ := strings.Cut(named, "=")
		if !strings.HasPrefix(source, secretFilePrefix) && !strings.HasPrefix(source, pemBegin) {
			source = secretFilePrefix + source
		}
		pem, err := readPublic(source)
		if err != nil {
			problems = append(problems, setting.Errorf("GatewayKeys", "must each be ID=PATH of a file that can be read, or ID=PEM"))
			continue
		}
		part.GatewayKeys = append(part.GatewayKeys, agency.GatewayKey{ID: id, PublicKey: pem})
	}
	return part, errors.Join(problems...)
}

// IsSet reports whether anything of this group is set.
func (s Agency) IsSet() bool { return isSet(s) }

// Check returns a setting.Error for each field that is invalid, joined, and nil
// if nothing of the group is set.
func (s Agency) Check() error {
	if !s.IsSet() {
		return nil
	}
	part, unread := s.Adapter()
	return errors.Join(unread, part.Validate())
}

func (s Agency) official() bool {
	part, _ := s.Adapter()
	return !s.IsSet() || part.Official()
}

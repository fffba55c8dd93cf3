package main

import (
	"errors"
	"os"
	"strings"
	"time"

	"renzheng/providers/agency"
	"renzheng/setting"
)

// AgencyConfig reaches an authority's own data gateway (docs/agency.md), which
// checks what no commercial source may. Untouched, it is not asked.
type AgencyConfig struct {
	URL         string        `help:"Address of the authority's data gateway, perhaps with a path. With none of this group set, it is not asked." env:"BFF_AGENCY_URL"`
	KeyID       string        `help:"Id of our key, as the gateway knows it." env:"BFF_AGENCY_KEY_ID"`
	Key         Secret        `help:"Our private key, PEM (PKCS #8), Ed25519 or P-256." env:"BFF_AGENCY_KEY"`
	GatewayKeys []string      `help:"The gateway's public keys, separated by commas: each its id, =, and the path of a PEM file." env:"BFF_AGENCY_GATEWAY_KEYS"`
	PageHosts   []string      `help:"Hosts of the gateway's face pages, beside its own." env:"BFF_AGENCY_PAGE_HOSTS"`
	Timeout     time.Duration `help:"Longest wait for one answer." default:"10s" env:"BFF_AGENCY_TIMEOUT"`
}

// agency gives the adapter its part. The error says which key files cannot be
// read; they are missing in the part then.
func (c *Config) agency() (agency.Config, error) {
	part := agency.Config{
		URL: c.Agency.URL, KeyID: c.Agency.KeyID, Key: c.Agency.Key.Secret,
		PageHosts: c.Agency.PageHosts, Timeout: c.Agency.Timeout, Clock: time.Now,
	}
	var problems []error
	for _, named := range c.Agency.GatewayKeys {
		id, path, _ := strings.Cut(named, "=")
		pem, err := os.ReadFile(path) //nolint:gosec // the operator names the file
		if err != nil {
			problems = append(problems, setting.Errorf("GatewayKeys", "must each be ID=PATH of a file that can be read"))
			continue
		}
		part.GatewayKeys = append(part.GatewayKeys, agency.GatewayKey{ID: id, PublicKey: string(pem)})
	}
	return part, errors.Join(problems...)
}

package harness

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"renzheng/keyring"
)

// Files in the data folder.
const (
	keysName       = "keys.json"
	registriesName = "registries.json"
	agencyKeyName  = "agency-key.pem"     // private, ours towards the authority's gateway
	gatewayKeyName = "agency-gateway.pem" // public, the gateway's

	secretMode = 0o600 // they hold keys, if only a sandbox's
)

// writeKeys makes the server's key file, unless it is there: without the old
// one a kept database could not be read.
func writeKeys(folder string, now time.Time) error {
	path := filepath.Join(folder, keysName)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	content, err := keyring.Generate(now)
	if err != nil {
		return fmt.Errorf("making the server's keys: %w", err)
	}
	return writeSecret(path, content)
}

// writeSecret writes a file that only its owner reads.
func writeSecret(path string, content []byte) error {
	if err := os.WriteFile(path, content, secretMode); err != nil {
		return fmt.Errorf("writing a file of the sandbox: %w", err)
	}
	return nil
}

// writeAgencyKeys writes what the server needs to speak with the authority's
// gateway: fresh ones for each sandbox.
func (s *Sandbox) writeAgencyKeys() error {
	return errors.Join(
		writeSecret(filepath.Join(s.options.Data, agencyKeyName), []byte(s.agency.ClientKey)),
		writeSecret(filepath.Join(s.options.Data, gatewayKeyName), []byte(s.agency.GatewayPublic)),
	)
}

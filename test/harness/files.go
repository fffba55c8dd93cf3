package harness

import (
	_ "embed"
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
	agencyKeyName  = "agency-key.pem"     // private, of the server as client of the gateway
	clockName      = "clock"              // by how much the clock is ahead, see clock
	gatewayKeyName = "agency-gateway.pem" // public, the gateway's
	logoName       = "logo.png"           // of the authority

	secretMode = 0o600 // the files contain keys, although only of a sandbox
)

// writeKeys creates the server's key file unless it exists. An existing database can
// be read with its own keys only.
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

// logo is the emblem of the invented authority: a house with three columns.
//
//go:embed logo.png
var logo []byte

// writeSecret writes a file that only its owner can read.
func writeSecret(path string, content []byte) error {
	if err := os.WriteFile(path, content, secretMode); err != nil {
		return fmt.Errorf("writing a file of the sandbox: %w", err)
	}
	return nil
}

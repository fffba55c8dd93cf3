package config

import (
	"errors"
	"fmt"
	"reflect"

	"renzheng/keyring"
	"renzheng/setting"
	"renzheng/sql/store"
)

// What is used if nothing is set. make run keeps the sandbox there.
const (
	SandboxDatabase = "sqlite:data/renzheng.db"
	SandboxKeys     = "data/keys.json"
)

// Storage configures where rows and keys are stored. Every command that uses them
// has these settings.
type Storage struct {
	Database Secret `help:"sqlite:PATH, or mysql:USER:PASSWORD@tcp(HOST:3306)/NAME." default:"sqlite:data/renzheng.db" env:"BFF_DATABASE"`
	Keys     string `help:"Key file, created by 'bff keys generate': PATH or file:PATH. It is read again on SIGHUP." type:"keyfile" default:"data/keys.json" env:"BFF_KEYS"`
	StateDir string `help:"Folder of this server alone, outside the database: it remembers the last epoch of the database and the requests for erasure, which a restored database has forgotten." env:"BFF_STATE_DIR"`

	RequireSeal bool `help:"Do not start on a database that is not sealed, and never accept a row without its tag, even if somebody deletes the seal. A new database is sealed; for one of an earlier version see 'bff integrity seal'." env:"BFF_REQUIRE_SEAL"`

	ReadableSecrets bool `help:"Accept files of keys and secrets that every user of the machine can read or change, as some container platforms mount them." env:"BFF_READABLE_SECRETS"`
}

// Check returns a setting.Error for each field that is invalid, joined. It reads
// the key file.
func (s Storage) Check() error {
	_, err := s.OpenKeys()
	return errors.Join(setting.Wrap("Keys", err), setting.Wrap("Database", store.CheckDSN(s.Database.Reveal())))
}

// OpenKeys reads the key file.
//
// Errors: ErrReadable if every user of the machine can read or change the file and
// the settings do not allow that; the problems of the file.
func (s Storage) OpenKeys() (*keyring.Keyring, error) {
	content, err := s.ReadSecretFile(s.Keys)
	if err != nil {
		return nil, fmt.Errorf("reading the key file (make one with 'bff keys generate'): %w", err)
	}
	ring, err := keyring.Open(content)
	if err != nil {
		return nil, fmt.Errorf("opening the key file: %w", err)
	}
	return ring, nil
}

// ReadSecretFile returns the content of a file with keys or secrets. It returns
// ErrReadable, together with the content, only if the settings do not allow such
// files.
func (s Storage) ReadSecretFile(path string) ([]byte, error) {
	content, err := readSecretFile(path)
	if errors.Is(err, ErrReadable) && s.ReadableSecrets {
		err = nil
	}
	return content, err
}

// CheckReadable returns an error for each secret of a group of settings whose file
// every user of the machine can read or change, unless that is allowed.
func (s Storage) CheckReadable(group any) error {
	var problems []error
	eachSecret(reflect.ValueOf(group), func(f reflect.StructField, secret Secret) {
		if secret.path != "" && !s.ReadableSecrets {
			problems = append(problems, setting.Errorf(f.Tag.Get("env"), "%s: %w", secret.path, ErrReadable))
		}
	})
	return errors.Join(problems...)
}

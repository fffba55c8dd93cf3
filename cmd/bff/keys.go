package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"renzheng/keyring"
)

// keysCommand makes and rotates the key file.
type keysCommand struct {
	Generate  keysGenerateCommand  `cmd:"" help:"Make a first key file; refuses to overwrite one."`
	Introduce keysIntroduceCommand `cmd:"" help:"Add a master or look-up key that reads only. Then give the file to every replica (SIGHUP)."`
	Promote   keysPromoteCommand   `cmd:"" help:"Let the introduced key write. Give the file to every replica (SIGHUP), then run 'bff rekey'."`
	Rotate    keysRotateCommand    `cmd:"" help:"Put a new key in front at once: a signing key, or any key where there is one replica."`
}

// keysGenerateCommand makes a first key file.
type keysGenerateCommand struct {
	Path string `arg:"" help:"Where to write it." type:"path"`
}

// Run writes the file with mode 0600.
func (c keysGenerateCommand) Run() error {
	content, err := keyring.Generate(time.Now())
	if err != nil {
		return fmt.Errorf("making keys: %w", err)
	}
	if err = os.MkdirAll(filepath.Dir(c.Path), 0o700); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	f, err := os.OpenFile(c.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already; other keys would make its data unreadable", c.Path)
	}
	if err != nil {
		return fmt.Errorf("creating the key file: %w", err)
	}
	if err := errors.Join(writeAll(f, content), f.Close(), syncFolder(c.Path)); err != nil {
		return fmt.Errorf("writing the key file: %w", err)
	}
	fmt.Println("written:", c.Path)
	fmt.Println("keep a copy in a safe place; lost keys are lost data")
	return nil
}

// keysIntroduceCommand adds a key that reads.
type keysIntroduceCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	keyFile
}

// Run is the first step of a rotation with several replicas.
func (c keysIntroduceCommand) Run() error {
	return c.change(func(old []byte) ([]byte, error) { return keyring.Introduce(old, keyring.Kind(c.Kind)) })
}

// keysPromoteCommand lets the introduced key write.
type keysPromoteCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	keyFile
}

// Run is the second step.
func (c keysPromoteCommand) Run() error {
	return c.change(func(old []byte) ([]byte, error) { return keyring.Promote(old, keyring.Kind(c.Kind)) })
}

// keysRotateCommand puts a new key in front of its kind.
type keysRotateCommand struct {
	Kind string `arg:"" enum:"master,lookup,signing" help:"master, lookup or signing."`
	keyFile
}

// Run is both steps in one.
func (c keysRotateCommand) Run() error {
	return c.change(func(old []byte) ([]byte, error) { return keyring.Rotate(old, keyring.Kind(c.Kind), time.Now()) })
}

// keyFile is the key file that a command changes.
type keyFile struct {
	Path            string `arg:"" help:"The key file." type:"existingfile"`
	ReadableSecrets bool   `help:"Accept a key file that every user of the machine can read or change." env:"BFF_READABLE_SECRETS"`
}

// change replaces the file by what change makes of its content.
func (k keyFile) change(change func([]byte) ([]byte, error)) error {
	old, err := StorageConfig{ReadableSecrets: k.ReadableSecrets}.readSecretFile(k.Path)
	if err != nil {
		return fmt.Errorf("reading the key file: %w", err)
	}
	content, err := change(old)
	if err != nil {
		return fmt.Errorf("changing the key file: %w", err)
	}
	if err := replaceFile(k.Path, content); err != nil {
		return fmt.Errorf("replacing the key file: %w", err)
	}
	return nil
}

// openRing reads the key file.
//
// Errors: errReadable if every user of the machine can read or change the file and
// the settings do not allow that; the problems of the file.
func openRing(c StorageConfig) (*keyring.Ring, error) {
	content, err := c.readSecretFile(c.Keys)
	if err != nil {
		return nil, fmt.Errorf("reading the key file (make one with 'bff keys generate'): %w", err)
	}
	ring, err := keyring.Open(content)
	if err != nil {
		return nil, fmt.Errorf("opening the key file: %w", err)
	}
	return ring, nil
}

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
	if err := errors.Join(writeAll(f, content), f.Close()); err != nil {
		return fmt.Errorf("writing the key file: %w", err)
	}
	fmt.Println("written:", c.Path)
	fmt.Println("keep a copy in a safe place; lost keys are lost data")
	return nil
}

// keysIntroduceCommand adds a key that reads.
type keysIntroduceCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	Path string `arg:"" help:"The key file." type:"existingfile"`
}

// Run is the first step of a rotation with several replicas.
func (c keysIntroduceCommand) Run() error {
	return changeKeys(c.Path, func(old []byte) ([]byte, error) { return keyring.Introduce(old, keyring.Kind(c.Kind)) })
}

// keysPromoteCommand lets the introduced key write.
type keysPromoteCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	Path string `arg:"" help:"The key file." type:"existingfile"`
}

// Run is the second step.
func (c keysPromoteCommand) Run() error {
	return changeKeys(c.Path, func(old []byte) ([]byte, error) { return keyring.Promote(old, keyring.Kind(c.Kind)) })
}

// keysRotateCommand puts a new key in front of its kind.
type keysRotateCommand struct {
	Kind string `arg:"" enum:"master,lookup,signing" help:"master, lookup or signing."`
	Path string `arg:"" help:"The key file." type:"existingfile"`
}

// Run is both steps in one.
func (c keysRotateCommand) Run() error {
	return changeKeys(c.Path, func(old []byte) ([]byte, error) { return keyring.Rotate(old, keyring.Kind(c.Kind), time.Now()) })
}

// changeKeys replaces the file atomically, so that a reader sees the old or the
// new one.
func changeKeys(path string, change func([]byte) ([]byte, error)) error {
	old, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("reading the key file: %w", err)
	}
	content, err := change(old)
	if err != nil {
		return fmt.Errorf("changing the key file: %w", err)
	}
	temporary := path + ".new"
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // beside the operator's file
	if err != nil {
		return fmt.Errorf("creating the new key file: %w", err)
	}
	if err := errors.Join(writeAll(f, content), f.Close()); err != nil {
		return fmt.Errorf("writing the new key file: %w", err)
	}
	return os.Rename(temporary, path)
}

// writeAll writes and flushes: a key that is lost loses all its data.
func writeAll(f *os.File, content []byte) error {
	_, err := f.Write(content)
	return errors.Join(err, f.Sync())
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

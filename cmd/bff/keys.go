package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"renzheng/cmd/bff/config"
	"renzheng/keyring"
)

// keysCommand makes and rotates the key file.
type keysCommand struct {
	Generate  keysGenerateCommand  `cmd:"" help:"Make a first key file; refuses to overwrite one."`
	Introduce keysIntroduceCommand `cmd:"" help:"Add a master or look-up key that reads only. Then give the file to every replica (SIGHUP)."`
	Promote   keysPromoteCommand   `cmd:"" help:"Let the introduced key write. Give the file to every replica (SIGHUP), then run 'bff rekey'."`
	Rotate    keysRotateCommand    `cmd:"" help:"Add a signing key, which is published at once and seals from 24 hours later. With one replica also: add a master or look-up key that writes at once."`
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
	content, err := c.change(func(old []byte) ([]byte, error) { return keyring.Introduce(old, keyring.Kind(c.Kind)) })
	if err != nil {
		return err
	}
	keys, err := keyring.List(content, keyring.Kind(c.Kind))
	if err != nil {
		return err
	}
	fmt.Printf("%s key %s: reads only, until it is promoted\n", c.Kind, keys[len(keys)-1].ID)
	fmt.Printf("next: give %s to every replica, send each SIGHUP, then run 'bff keys promote %s %[1]s'\n", c.Path, c.Kind)
	return nil
}

// keysPromoteCommand lets the introduced key write.
type keysPromoteCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	keyFile
}

// Run is the second step.
func (c keysPromoteCommand) Run() error {
	content, err := c.change(func(old []byte) ([]byte, error) { return keyring.Promote(old, keyring.Kind(c.Kind)) })
	if err != nil {
		return err
	}
	return c.printFirst(content, keyring.Kind(c.Kind))
}

// keysRotateCommand puts a new key in front of its kind.
type keysRotateCommand struct {
	Kind string `arg:"" enum:"master,lookup,signing" help:"master, lookup or signing."`
	keyFile
}

// Run is both steps in one.
func (c keysRotateCommand) Run() error {
	content, err := c.change(func(old []byte) ([]byte, error) { return keyring.Rotate(old, keyring.Kind(c.Kind), time.Now()) })
	if err != nil {
		return err
	}
	return c.printFirst(content, keyring.Kind(c.Kind))
}

// keyFile is the key file that a command changes.
type keyFile struct {
	Path            string `arg:"" help:"The key file." type:"existingfile"`
	ReadableSecrets bool   `help:"Accept a key file that every user of the machine can read or change." env:"BFF_READABLE_SECRETS"`
}

// printFirst prints from when the key in front is used, and what is left to do.
func (k keyFile) printFirst(content []byte, kind keyring.Kind) error {
	keys, err := keyring.List(content, kind)
	if err != nil {
		return err
	}
	if kind == keyring.KindSigning {
		from := keys[0].UseFrom.Format(time.RFC3339)
		fmt.Printf("signing key %s: in jwks.json as soon as a replica has the file; seals receipts from %s\n", keys[0].ID, from)
		fmt.Printf("next: give %s to every replica and send each SIGHUP, before %s\n", k.Path, from)
		return nil
	}
	fmt.Printf("%s key %s: a replica writes with it as soon as it has the file\n", kind, keys[0].ID)
	fmt.Printf("next: give %s to every replica and send each SIGHUP, then run 'bff rekey'\n", k.Path)
	return nil
}

// change replaces the file by what change makes of its content, and returns that.
func (k keyFile) change(change func([]byte) ([]byte, error)) ([]byte, error) {
	old, err := config.Storage{ReadableSecrets: k.ReadableSecrets}.ReadSecretFile(k.Path)
	if err != nil {
		return nil, fmt.Errorf("reading the key file: %w", err)
	}
	content, err := change(old)
	if err != nil {
		return nil, fmt.Errorf("changing the key file: %w", err)
	}
	if err := replaceFile(k.Path, content); err != nil {
		return nil, fmt.Errorf("replacing the key file: %w", err)
	}
	return content, nil
}

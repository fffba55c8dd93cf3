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

// keysCommand has the commands on the key file.
type keysCommand struct {
	Generate  keysGenerateCommand  `cmd:"" help:"Create a key file. An existing file is never overwritten."`
	Introduce keysIntroduceCommand `cmd:"" help:"Add a master or look-up key that is used for reading only. Then give the file to every replica (SIGHUP)."`
	Promote   keysPromoteCommand   `cmd:"" help:"Use the introduced key for writing. Then give the file to every replica (SIGHUP) and run 'bff rekey'."`
	Rotate    keysRotateCommand    `cmd:"" help:"Add a signing key, which is published at once and seals receipts after 24 hours. With a single replica, this can also add a master or look-up key that is used for writing at once."`
}

// keysGenerateCommand creates a key file.
type keysGenerateCommand struct {
	Path string `arg:"" help:"Path of the new file." type:"path"`
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

// keysIntroduceCommand adds a key that is used for reading only.
type keysIntroduceCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	keyFile
}

// Run performs the first step of a rotation with several replicas.
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

// keysPromoteCommand lets the introduced key be used for writing.
type keysPromoteCommand struct {
	Kind string `arg:"" enum:"master,lookup" help:"master or lookup."`
	keyFile
}

// Run performs the second step of a rotation with several replicas.
func (c keysPromoteCommand) Run() error {
	content, err := c.change(func(old []byte) ([]byte, error) { return keyring.Promote(old, keyring.Kind(c.Kind)) })
	if err != nil {
		return err
	}
	return c.printFirst(content, keyring.Kind(c.Kind))
}

// keysRotateCommand adds a new key of a kind, which is used at once.
type keysRotateCommand struct {
	Kind string `arg:"" enum:"master,lookup,signing" help:"master, lookup or signing."`
	keyFile
}

// Run performs both steps of a rotation.
func (c keysRotateCommand) Run() error {
	content, err := c.change(func(old []byte) ([]byte, error) { return keyring.Rotate(old, keyring.Kind(c.Kind), time.Now()) })
	if err != nil {
		return err
	}
	return c.printFirst(content, keyring.Kind(c.Kind))
}

// keyFile has the flags of commands that change a key file.
type keyFile struct {
	Path            string `arg:"" help:"The key file." type:"existingfile"`
	ReadableSecrets bool   `help:"Accept a key file that every user of the machine can read or change." env:"BFF_READABLE_SECRETS"`
}

// printFirst prints from when the first key of a kind is used, and the next steps.
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

// change replaces the content of the file by the result of a function, and returns it.
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

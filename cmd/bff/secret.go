package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"renzheng/identity"
)

// Secret is a setting that is never printed. "file:PATH" reads it from a file.
type Secret struct {
	identity.Secret

	path string // of the file that holds it, if every user of the machine can read or change that; "" otherwise
}

const secretFilePrefix = "file:"

func newSecret(plain string) Secret { return Secret{Secret: identity.NewSecret(plain)} }

// Decode takes the value from kong: a Secret from the file of settings, or a text.
func (s *Secret) Decode(ctx *kong.DecodeContext) error {
	token, err := ctx.Scan.PopValue("secret")
	if err != nil {
		return err
	}
	switch value := token.Value.(type) {
	case Secret:
		*s = value
		return nil
	case string:
		return s.UnmarshalText([]byte(value))
	}
	return errors.New("must be a text, or file:PATH such as file:/run/secrets/NAME")
}

// UnmarshalText takes the value, or reads it from the file that the text names. It
// accepts a file that every user can read: whether that is allowed is another
// setting, so readableSecrets checks it when all settings have been read.
func (s *Secret) UnmarshalText(text []byte) error {
	path, isFile := strings.CutPrefix(string(text), secretFilePrefix)
	if !isFile {
		*s = newSecret(string(text))
		return nil
	}
	content, err := readSecretFile(path)
	*s = newSecret(strings.TrimSpace(string(content)))
	if errors.Is(err, errReadable) {
		s.path = path
		return nil
	}
	if err != nil {
		return fmt.Errorf("must name a file that can be read, such as file:/run/secrets/NAME: reading a secret: %w", err)
	}
	return nil
}

// errReadable reports that every user of the machine can read or change a file
// with a key or secret.
var errReadable = errors.New("every user of the machine can read or change the file; run 'chmod o=' on it, or set BFF_READABLE_SECRETS=true")

// readSecretFile returns the content of a file with keys or secrets.
//
// Errors: errReadable, together with the content; those of the operating system.
func readSecretFile(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(f)
	if err == nil && isReadable(info) {
		err = errReadable
	}
	return content, err
}

// isReadable reports whether every user of the machine can read or change a file.
func isReadable(info fs.FileInfo) bool {
	const others = fs.FileMode(0o007)
	return info.Mode()&others != 0
}

// readSecretFile returns the content of a file with keys or secrets. It returns
// errReadable only if the settings do not allow such files.
func (c StorageConfig) readSecretFile(path string) ([]byte, error) {
	content, err := readSecretFile(path)
	if errors.Is(err, errReadable) && c.ReadableSecrets {
		err = nil
	}
	return content, err
}

// readableSecrets returns an error for every secret of the settings whose
// file every user of the machine can read or change, unless that is allowed.
func (c StorageConfig) readableSecrets(settings any) []error {
	var problems []error
	eachSecret(reflect.ValueOf(settings), func(f reflect.StructField, secret Secret) {
		if secret.path != "" && !c.ReadableSecrets {
			problems = append(problems, named(f.Tag.Get("env"), fmt.Errorf("%s: %w", secret.path, errReadable)))
		}
	})
	return problems
}

// eachSecret calls visit for every secret of a group of settings.
func eachSecret(group reflect.Value, visit func(f reflect.StructField, secret Secret)) {
	for f, value := range group.Fields() {
		if secret, ok := value.Interface().(Secret); ok {
			visit(f, secret)
		} else if _, embedded := f.Tag.Lookup("embed"); embedded {
			eachSecret(value, visit)
		}
	}
}

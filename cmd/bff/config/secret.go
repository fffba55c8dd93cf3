package config

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

// NewSecret returns a setting with a value.
func NewSecret(plain string) Secret { return Secret{Secret: identity.NewSecret(plain)} }

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
// setting, so Storage.CheckReadable checks it when all settings have been read.
func (s *Secret) UnmarshalText(text []byte) error {
	path, isFile := strings.CutPrefix(string(text), secretFilePrefix)
	if !isFile {
		*s = NewSecret(unfoldPEM(string(text)))
		return nil
	}
	content, err := readSecretFile(path)
	*s = NewSecret(strings.TrimSpace(string(content)))
	if errors.Is(err, ErrReadable) {
		s.path = path
		return nil
	}
	if err != nil {
		return fmt.Errorf("must name a file that can be read, such as file:/run/secrets/NAME: reading a secret: %w", err)
	}
	return nil
}

// ErrReadable reports that every user of the machine can read or change a file
// with a key or secret.
var ErrReadable = errors.New("every user of the machine can read or change the file; run 'chmod o=' on it, or set BFF_READABLE_SECRETS=true")

// readSecretFile returns the content of a file with keys or secrets.
//
// Errors: ErrReadable, together with the content; those of the operating system.
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
		err = ErrReadable
	}
	return content, err
}

// isReadable reports whether every user of the machine can read or change a file.
func isReadable(info fs.FileInfo) bool {
	const others = fs.FileMode(0o007)
	return info.Mode()&others != 0
}

// eachSecret calls visit for every secret in a group of settings.
func eachSecret(group reflect.Value, visit func(f reflect.StructField, secret Secret)) {
	for f, value := range group.Fields() {
		if secret, ok := reflect.TypeAssert[Secret](value); ok {
			visit(f, secret)
		} else if _, embedded := f.Tag.Lookup("embed"); embedded {
			eachSecret(value, visit)
		}
	}
}

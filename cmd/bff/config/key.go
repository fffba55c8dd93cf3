package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// The types of settings that are a key, in the tag "type". A secret key is a [Secret].
const (
	typePublicKey   = "publickey"   // the value, or "file:PATH"
	typeCertificate = "certificate" // PEM, "file:PATH", or a path alone
	typeKeyFile     = "keyfile"     // a path, alone or as "file:PATH"; never the value, because commands change the file
)

// pemBegin is how a PEM block begins. No path and no base64 text begins so.
const pemBegin = "-----BEGIN "

// keyTypes returns the options that decode these types.
func keyTypes() []kong.Option {
	return []kong.Option{
		kong.NamedMapper(typePublicKey, keyMapper(readPublic)),
		kong.NamedMapper(typeCertificate, keyMapper(readCertificate)),
		kong.NamedMapper(typeKeyFile, keyMapper(func(text string) (string, error) {
			return kong.ExpandPath(strings.TrimPrefix(text, secretFilePrefix)), nil
		})),
	}
}

// isKeyType reports whether a setting has one of the types. Their errors describe
// the valid forms.
func isKeyType(value *kong.Value) bool {
	switch value.Tag.Type {
	case typePublicKey, typeCertificate, typeKeyFile:
		return true
	}
	return false
}

// keyMapper decodes the text of a setting to what read returns for it.
func keyMapper(read func(text string) (string, error)) kong.MapperFunc {
	return func(ctx *kong.DecodeContext, target reflect.Value) error {
		token, err := ctx.Scan.PopValue("text")
		if err != nil {
			return err
		}
		text, ok := token.Value.(string)
		if !ok {
			return errors.New("must be a text, or file:PATH such as file:/run/secrets/NAME")
		}
		content, err := read(text)
		target.SetString(content)
		return err
	}
}

// readPublic returns a key that is not secret, or the content of the file that it
// names, which every user of the machine may read. Errors do not repeat the value.
func readPublic(text string) (string, error) {
	path, isFile := strings.CutPrefix(text, secretFilePrefix)
	if !isFile {
		return unfoldPEM(text), nil
	}
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return "", fmt.Errorf("must name a file that can be read, such as file:/run/secrets/NAME: reading a key: %w", err)
	}
	return strings.TrimSpace(string(content)), nil
}

// readCertificate is readPublic for a text that may also be a path alone, which the
// adapter reads.
func readCertificate(text string) (string, error) {
	if text == "" || strings.HasPrefix(text, secretFilePrefix) || strings.HasPrefix(text, pemBegin) {
		return readPublic(text)
	}
	return kong.ExpandPath(text), nil
}

// unfoldPEM returns a PEM text with its lines. In files of variables, where a value
// cannot have several lines, they are written in one with \n between them.
func unfoldPEM(text string) string {
	if !strings.HasPrefix(text, pemBegin) {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, `\r`, ""), `\n`, "\n")
}

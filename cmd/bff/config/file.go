package config

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"renzheng/identity"
	"renzheng/strictjson"
)

// settingsFile reads the JSON file of --config: one object whose members are
// flag names. What is wrong with it is collected, a member that is not a setting too.
// If every user of the machine can read or change the file, each secret in it is
// marked as such.
func (d *Decoder) settingsFile(r io.Reader) (kong.Resolver, error) {
	readable, err := readablePath(r)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var values map[string]any
	if err := strictjson.Decode(content, &values); err != nil {
		d.file = append(d.file, settingsFileError(err))
	}
	known := map[string]bool{}
	eachSetting(reflect.TypeFor[Config](), "", func(_ reflect.StructField, flag string) { known[flag] = true })
	settings := make(map[string]any, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		flag := strings.ReplaceAll(name, "_", "-")
		if !known[flag] {
			d.file = append(d.file, fmt.Errorf("%q in the file of settings is not a setting; its members are named like flags, such as \"log-level\"", name))
		}
		settings[flag] = values[name]
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, variable := range flag.Envs {
			if _, set := os.LookupEnv(variable); set {
				return nil, nil // the variable wins
			}
		}
		text, isText := settings[flag.Name].(string)
		if flag.Target.Type() == reflect.TypeFor[Secret]() && isText && text != "" && readable != "" && !strings.HasPrefix(text, secretFilePrefix) {
			return Secret{Secret: identity.NewSecret(unfoldPEM(text)), path: readable}, nil
		}
		return settings[flag.Name], nil
	}), nil
}

// settingsFileError returns what is wrong with the text of the file.
func settingsFileError(err error) error {
	if strictjson.RuleOf(err) == strictjson.Trailing {
		return errors.New("the file of settings goes on after its JSON object")
	}
	if strictjson.RuleOf(err) == strictjson.Duplicate {
		return fmt.Errorf("the file of settings: %w", err)
	}
	return errors.New(`the file of settings is not one JSON object such as {"shutdown": "20s"}`)
}

// readablePath returns the path of a file that every user of the machine can read
// or change, and "" for any other reader.
func readablePath(r io.Reader) (string, error) {
	f, isFile := r.(*os.File)
	if !isFile {
		return "", nil
	}
	info, err := f.Stat()
	if err != nil || !isReadable(info) {
		return "", err
	}
	return f.Name(), nil
}

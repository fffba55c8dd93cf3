package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// settingsFile reads the JSON file of --config: one object whose members are
// flag names. A member that is no setting is refused like an unknown variable.
func settingsFile(r io.Reader) (kong.Resolver, error) {
	var values map[string]any
	decoder := json.NewDecoder(r)
	if err := decoder.Decode(&values); err != nil {
		return nil, errors.New("the file of settings is not one JSON object") // what the decoder says may quote a secret
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("the file of settings goes on after its JSON object")
	}
	known := map[string]bool{}
	eachSetting(reflect.TypeFor[Config](), "", func(_ reflect.StructField, flag string) { known[flag] = true })
	settings := make(map[string]any, len(values))
	var problems []error
	for name, value := range values {
		flag := strings.ReplaceAll(name, "_", "-")
		if !known[flag] {
			problems = append(problems, fmt.Errorf("%q in the file of settings is not a setting", name))
		}
		settings[flag] = value
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, variable := range flag.Envs {
			if _, set := os.LookupEnv(variable); set {
				return nil, nil // the variable wins
			}
		}
		return settings[flag.Name], nil
	}), nil
}

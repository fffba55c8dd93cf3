package config

import (
	"errors"
	"reflect"
	"strings"

	"renzheng/setting"
)

// UnknownVariables returns an error for each variable of an environment that begins
// with BFF_ and that no setting has. Most are typing errors, and a setting that
// silently does nothing is worse than an error.
func UnknownVariables(environ []string) error {
	known := map[string]bool{}
	eachSetting(reflect.TypeFor[Config](), "", func(f reflect.StructField, _ string) { known[f.Tag.Get("env")] = true })
	var problems []error
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "BFF_") && !strings.HasPrefix(name, "BFF_TEST_") && !known[name] {
			problems = append(problems, setting.Errorf(name, "is not a setting"))
		}
	}
	return errors.Join(problems...)
}

package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"renzheng/sql/store"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// fileProblems reads what the settings name, as the start will: whoever mends
// one file should not learn of the next at the next start.
func (c *Config) fileProblems() []error {
	_, keys := openRing(c.Storage)
	_, p := loadOr(c.Policy, policy.Load, policy.Default)
	_, notices := loadOr(c.Notices, notice.Load, notice.Default)
	_, sources := loadOr(c.Sources, policy.LoadSources, policy.DefaultSources)
	problems := []error{
		named("BFF_KEYS", keys), named("BFF_POLICY", p), named("BFF_NOTICES", notices), named("BFF_SOURCES", sources),
		named("BFF_REGISTRIES", c.registriesProblem()),
	}
	return append(problems, named("BFF_DATABASE", store.CheckDSN(c.Storage.Database.Reveal())))
}

// registriesProblem says what is wrong with the file of registries, beside that
// none is named.
func (c *Config) registriesProblem() error {
	if c.Registries == "" {
		return nil
	}
	_, err := c.loadRegistries()
	return err
}

// fieldProblems puts the setting before each problem that an adapter has with
// one of its fields ("secret id: …"), or the group where no setting is called so.
func fieldProblems(group string, err error) []error {
	if err == nil {
		return nil
	}
	known := map[string]bool{}
	eachSetting(reflect.TypeFor[Config](), "", func(f reflect.StructField, _ string) { known[f.Tag.Get("env")] = true })
	var problems []error
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if _, rest, prefixed := strings.Cut(line, " configuration: "); prefixed {
			line = rest
		}
		field, rule, _ := strings.Cut(strings.TrimPrefix(line, "limit of "), ": ")
		name := group + strings.ToUpper(strings.ReplaceAll(field, " ", "_"))
		if known[name] {
			problems = append(problems, named(name, errors.New(rule)))
			continue
		}
		problems = append(problems, fmt.Errorf("%s…: %s", group, line))
	}
	return problems
}

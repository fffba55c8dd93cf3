package main

import (
	"errors"
	"reflect"
	"strings"

	"renzheng/setting"
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

// fieldProblems names the setting of each field that a package finds invalid in the
// part of the configuration made from a group of settings. A field without a
// setting is reported under the group.
func fieldProblems(group string, settings any, err error) []error {
	var problems []error
	for _, problem := range setting.Split(err) {
		variable := group + "…"
		if field, ok := errors.AsType[*setting.Error](problem); ok {
			if name := variableOf(reflect.TypeOf(settings), field.Field); name != "" {
				variable, problem = name, field.Err
			}
		}
		problems = append(problems, named(variable, problem))
	}
	return problems
}

// variableOf returns the variable of the setting that fills a field, "" if there is
// none. The two have the same name, unless the tag "field" of the setting says
// otherwise.
func variableOf(group reflect.Type, field string) string {
	name, rest, nested := strings.Cut(field, ".")
	for f := range group.Fields() {
		if f.Name != name && f.Tag.Get("field") != name {
			continue
		}
		if nested {
			return variableOf(f.Type, rest)
		}
		return f.Tag.Get("env")
	}
	return ""
}

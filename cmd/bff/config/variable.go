package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"renzheng/setting"
)

// withVariables replaces the field of each setting.Error in err by the variable of
// that setting in a group.
func withVariables(group any, err error) error {
	problems := setting.Split(err)
	for i, problem := range problems {
		if field, ok := errors.AsType[*setting.Error](problem); ok {
			problems[i] = setting.Wrap(variableOf(reflect.TypeOf(group), field.Field), field.Err)
		}
	}
	return errors.Join(problems...)
}

// variableOf returns the variable of the setting that fills a field, or the field
// itself with its group if no setting does. The two have the same name, unless the
// tag "field" of the setting says otherwise.
func variableOf(group reflect.Type, field string) string {
	name, rest, nested := strings.Cut(field, ".")
	for f := range group.Fields() {
		switch {
		case f.Name != name && f.Tag.Get("field") != name:
		case nested:
			return variableOf(f.Type, rest)
		case f.Tag.Get("env") != "":
			return f.Tag.Get("env")
		}
	}
	return group.Name() + "." + field
}

// isSet reports whether any setting of a group is neither empty nor its default.
func isSet(group any) bool {
	for f, value := range reflect.ValueOf(group).Fields() {
		if !value.IsZero() && !equals(value.Interface(), f.Tag.Get("default")) {
			return true
		}
	}
	return false
}

// equals reports whether a value is the one of a text. A duration has several texts.
func equals(value any, text string) bool {
	if d, ok := value.(time.Duration); ok {
		parsed, err := time.ParseDuration(text)
		return err == nil && parsed == d
	}
	return fmt.Sprint(value) == text
}

// eachSetting calls visit for every setting with its flag name.
func eachSetting(t reflect.Type, prefix string, visit func(f reflect.StructField, flag string)) {
	for f := range t.Fields() {
		if _, embedded := f.Tag.Lookup("embed"); embedded {
			eachSetting(f.Type, prefix+f.Tag.Get("prefix"), visit)
			continue
		}
		visit(f, prefix+flagName(f.Name))
	}
}

// flagName is kong's name of a field: words in lower case, joined by dashes.
func flagName(field string) string {
	var b strings.Builder
	runes := []rune(field)
	for i, r := range runes {
		upper := r >= 'A' && r <= 'Z'
		startsWord := i > 0 && upper && (runes[i-1] < 'A' || runes[i-1] > 'Z' || (i+1 < len(runes) && runes[i+1] >= 'a'))
		if startsWord {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

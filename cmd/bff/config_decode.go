package main

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// decoding collects what cannot be decoded, so that the start reports it together
// with every other problem. Kong alone stops at the first.
type decoding struct {
	settings map[*kong.Value]error // of flags, variables and the file of settings
	file     []error               // of the file of settings itself
}

// lenient makes the decoder of every setting record its error and take the default
// instead.
func (d *decoding) lenient(k *kong.Kong) error {
	return kong.Visit(k.Model.Node, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok && len(flag.Tag.Envs) > 0 {
			flag.Mapper = lenientMapper{Mapper: flag.Mapper, problems: d.settings}
		}
		return next(nil)
	})
}

// of returns the problems of the file of settings and of the settings of a command.
// Variables of other commands are not its business.
func (d *decoding) of(command *kong.Context) []error {
	problems := d.file
	for _, flag := range command.Flags() {
		problems = append(problems, named(strings.Join(flag.Tag.Envs, ","), d.settings[flag.Value]))
	}
	return problems
}

// lenientMapper decodes one setting.
type lenientMapper struct {
	kong.Mapper

	problems map[*kong.Value]error
}

// Decode never fails for a value that is there. A flag without its value remains
// an error of the command line.
func (m lenientMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	token := ctx.Scan.Peek()
	if !token.IsValue() {
		return m.Mapper.Decode(ctx, target)
	}
	err := m.decode(ctx, target, token.Value)
	if err == nil {
		return nil
	}
	m.problems[ctx.Value] = err
	target.SetZero()
	if !ctx.Value.HasDefault {
		return nil
	}
	byDefault := kong.ScanFromTokens(kong.Token{Type: kong.FlagValueToken, Value: ctx.Value.Default})
	return m.Mapper.Decode(ctx.WithScanner(byDefault), target)
}

// decode returns an error that names the form wanted. It never quotes the value,
// which may be a secret in the wrong place.
func (m lenientMapper) decode(ctx *kong.DecodeContext, target reflect.Value, value any) error {
	err := m.Mapper.Decode(ctx, target)
	switch {
	case target.Type() == reflect.TypeFor[Secret]():
		return err // ours, without the value
	case err != nil, isMisread(target, value):
		return errors.New("must be " + wantedForm(ctx.Value))
	case ctx.Value.Enum != "" && !ctx.Value.EnumMap()[target.String()]:
		return errors.New("must be one of " + strings.Join(ctx.Value.EnumSlice(), ", "))
	}
	return nil
}

// isMisread reports whether kong takes a JSON number for another value than the
// operator means: it rounds fractions, and counts durations in nanoseconds.
func isMisread(target reflect.Value, value any) bool {
	number, ok := value.(float64)
	switch target.Interface().(type) {
	case time.Duration:
		return ok
	case int:
		return ok && number != math.Trunc(number)
	}
	return false
}

// wantedForm describes the form of a setting, with its default as the example.
func wantedForm(setting *kong.Value) string {
	form, example := "a text", "abc"
	switch setting.Target.Interface().(type) {
	case time.Duration:
		form, example = "a duration", "20s"
	case int:
		form, example = "a whole number", "5"
	case float64:
		form, example = "a number", "0.5"
	case bool:
		return "true or false"
	case []string:
		form, example = "a list", "a,b"
	}
	if setting.HasDefault {
		example = setting.Default
	}
	return fmt.Sprintf("%s such as %s", form, example)
}

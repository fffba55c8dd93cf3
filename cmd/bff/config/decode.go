package config

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"renzheng/setting"
)

// Decoder decodes settings and collects the errors, so that they are reported
// together with all other problems. Kong alone stops at the first.
type Decoder struct {
	settings map[*kong.Value]error // of flags, variables and the file of settings
	file     []error               // of the file of settings itself
}

// lenient makes the decoder of every setting record its error and take the default
// instead.
func (d *Decoder) lenient(k *kong.Kong) error {
	return kong.Visit(k.Model.Node, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok && len(flag.Tag.Envs) > 0 {
			flag.Mapper = lenientMapper{Mapper: flag.Mapper, problems: d.settings}
		}
		return next(nil)
	})
}

// NewDecoder returns a decoder of one command line.
func NewDecoder() *Decoder { return &Decoder{settings: map[*kong.Value]error{}} }

// Options returns the options of a parser whose settings it decodes.
func (d *Decoder) Options() []kong.Option {
	return append(keyTypes(), kong.Configuration(d.settingsFile), kong.PostBuild(d.lenient), limitDefaults(), retentionDefaults())
}

// Join returns all problems of a command: of the file of settings and of decoding
// first, then those of validation, except those of a setting that could not be
// decoded, which has its default then. Variables of other commands are ignored.
func (d *Decoder) Join(command *kong.Context, validation error) error {
	problems, undecoded := d.file, map[string]bool{}
	for _, flag := range command.Flags() {
		if err := d.settings[flag.Value]; err != nil {
			variable := strings.Join(flag.Tag.Envs, ",")
			problems, undecoded[variable] = append(problems, setting.Wrap(variable, err)), true
		}
	}
	for _, problem := range setting.Split(validation) {
		if named, ok := errors.AsType[*setting.Error](problem); !ok || !undecoded[named.Field] {
			problems = append(problems, problem)
		}
	}
	return errors.Join(problems...)
}

// lenientMapper decodes one setting.
type lenientMapper struct {
	kong.Mapper

	problems map[*kong.Value]error
}

// Decode fails only for a flag without a value, which is an error of the command
// line.
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

// decode returns an error that describes the valid form. It never quotes the value,
// which may be a secret that was set by mistake.
func (m lenientMapper) decode(ctx *kong.DecodeContext, target reflect.Value, value any) error {
	err := m.Mapper.Decode(ctx, target)
	switch {
	case target.Type() == reflect.TypeFor[Secret](), isKeyType(ctx.Value):
		return err // does not contain the value
	case err != nil, isMisread(target, value):
		return errors.New("must be " + wantedForm(ctx.Value))
	case ctx.Value.Enum != "" && !ctx.Value.EnumMap()[target.String()]:
		return errors.New("must be one of " + strings.Join(ctx.Value.EnumSlice(), ", "))
	}
	return nil
}

// isMisread reports whether kong would decode a JSON number to another value than
// the operator means: it rounds fractions, and takes durations as nanoseconds.
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
func wantedForm(value *kong.Value) string {
	form, example := "a text", "abc"
	switch value.Target.Interface().(type) {
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
	if value.HasDefault {
		example = value.Default
	}
	return fmt.Sprintf("%s such as %s", form, example)
}

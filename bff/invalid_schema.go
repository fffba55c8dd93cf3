package bff

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"renzheng/bff/problem"
)

// Rules of the contract's schemas. They are public, like those of identity.
const (
	ruleUnknownMember    = "unknown_member"
	ruleUnknownParameter = "unknown_parameter"
	ruleRequired         = "required"
	ruleType             = "type"
	ruleEnum             = "enum"
	ruleMinLength        = "min_length"
	ruleMaxLength        = "max_length"
	rulePattern          = "pattern"
	ruleMinimum          = "minimum"
	ruleMaximum          = "maximum"
	ruleMinItems         = "min_items"
	ruleMaxItems         = "max_items"
	ruleOther            = "invalid"
)

// maxListed bounds what one problem lists, so that an answer is not many times as
// long as the request.
const maxListed = 32

// schemaReader finds the rules that a value breaks. It knows the keywords that the
// schemas of requests use.
type schemaReader struct{ schemas huma.Registry }

// parameter returns why a parameter was rejected. The name of an unknown parameter
// is the client's and is left out.
func (r schemaReader) parameter(op *huma.Operation, in, name string, value any) problem.InvalidValue {
	i := slices.IndexFunc(op.Parameters, func(p *huma.Param) bool { return p.In == in && p.Name == name })
	if i < 0 {
		return problem.InvalidValue{Rule: ruleUnknownParameter}
	}
	invalid := problem.InvalidValue{Parameter: name, Rule: ruleOther}
	if value == "" { // huma reads an empty parameter as a missing one
		invalid.Rule = ruleRequired
	} else if broken := r.appendBroken(nil, "", op.Parameters[i].Schema, value); len(broken) > 0 {
		invalid.Rule = broken[0].Rule
	}
	return invalid
}

// appendBroken appends what a value at a JSON pointer breaks, up to maxListed. The
// value is one of strictjson.Parse, or a parameter.
func (r schemaReader) appendBroken(values []problem.InvalidValue, pointer string, s *huma.Schema, value any) []problem.InvalidValue {
	for s.Ref != "" {
		s = r.schemas.SchemaFromRef(s.Ref)
	}
	if len(values) >= maxListed {
		return values
	}
	switch s.Type {
	case huma.TypeObject:
		if members, ok := value.(map[string]any); ok {
			return r.appendMembers(values, pointer, s, members)
		}
	case huma.TypeArray:
		if items, ok := value.([]any); ok {
			return r.appendItems(values, pointer, s, items)
		}
	default:
		if rule := scalarRule(s, value); rule != "" {
			return append(values, problem.InvalidValue{Pointer: pointer, Rule: rule})
		}
		return values
	}
	return append(values, problem.InvalidValue{Pointer: pointer, Rule: ruleType})
}

// appendMembers reports unknown members at their parent, because their names are
// the client's.
func (r schemaReader) appendMembers(
	values []problem.InvalidValue, pointer string, s *huma.Schema, members map[string]any,
) []problem.InvalidValue {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		place := pointer + "/" + name
		if value, ok := members[name]; ok {
			values = r.appendBroken(values, place, s.Properties[name], value)
		} else if slices.Contains(s.Required, name) {
			values = append(values, problem.InvalidValue{Pointer: place, Rule: ruleRequired})
		}
	}
	for name := range members {
		if _, ok := s.Properties[name]; !ok {
			values = append(values, problem.InvalidValue{Pointer: pointer, Rule: ruleUnknownMember})
		}
	}
	return values
}

func (r schemaReader) appendItems(values []problem.InvalidValue, pointer string, s *huma.Schema, items []any) []problem.InvalidValue {
	if s.MinItems != nil && len(items) < *s.MinItems {
		values = append(values, problem.InvalidValue{Pointer: pointer, Rule: ruleMinItems})
	}
	if s.MaxItems != nil && len(items) > *s.MaxItems {
		values = append(values, problem.InvalidValue{Pointer: pointer, Rule: ruleMaxItems})
	}
	for i, item := range items {
		values = r.appendBroken(values, pointer+"/"+strconv.Itoa(i), s.Items, item)
	}
	return values
}

// scalarRule returns the first rule that a value breaks which is neither an object
// nor an array, or "".
func scalarRule(s *huma.Schema, value any) string {
	switch v := value.(type) {
	case string:
		return textRule(s, v)
	case float64:
		return numberRule(s, v)
	case int:
		return numberRule(s, float64(v))
	case int64:
		return numberRule(s, float64(v))
	case bool:
		if s.Type == huma.TypeBoolean {
			return ""
		}
	}
	return ruleType
}

func textRule(s *huma.Schema, text string) string {
	length := utf8.RuneCountInString(text)
	switch {
	case s.Type != huma.TypeString:
		return ruleType
	case s.MinLength != nil && length < *s.MinLength:
		return ruleMinLength
	case s.MaxLength != nil && length > *s.MaxLength:
		return ruleMaxLength
	case s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text):
		return rulePattern
	case len(s.Enum) > 0 && !slices.Contains(s.Enum, any(text)):
		return ruleEnum
	}
	return ""
}

func numberRule(s *huma.Schema, number float64) string {
	switch {
	case s.Type != huma.TypeInteger && s.Type != huma.TypeNumber:
		return ruleType
	case s.Minimum != nil && number < *s.Minimum:
		return ruleMinimum
	case s.Maximum != nil && number > *s.Maximum:
		return ruleMaximum
	}
	return ""
}

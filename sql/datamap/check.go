package datamap

import (
	"errors"
	"fmt"
	"slices"
)

// check returns everything that is wrong with a map.
func (m Map) check() error {
	var problems []error
	used := map[string]bool{}
	for _, c := range m.Columns {
		d, known := m.Datum(c.Datum)
		used[c.Datum] = true
		switch {
		case kinds[c.Kind] == nil:
			problems = append(problems, fmt.Errorf("%s.%s has the unknown kind %q", c.Table, c.Name, c.Kind))
		case !known:
			problems = append(problems, fmt.Errorf("%s.%s belongs to the unknown datum %q", c.Table, c.Name, c.Datum))
		case c.Kind == "words" && d.Class != None:
			problems = append(problems, fmt.Errorf("%s.%s has words of class %s: seal it", c.Table, c.Name, d.Class))
		}
	}
	for i, d := range m.Data {
		problems = append(problems, d.check())
		if !used[d.Name] {
			problems = append(problems, fmt.Errorf("no column belongs to %s", d.Name))
		}
		if slices.ContainsFunc(m.Data[:i], func(other Datum) bool { return other.Name == d.Name }) {
			problems = append(problems, fmt.Errorf("%s is there twice", d.Name))
		}
		if d.Class.encrypted() && !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Datum == d.Name && c.Kind == "sealed" }) {
			problems = append(problems, fmt.Errorf("%s is of class %s, and no sealed column has it", d.Name, d.Class))
		}
	}
	return errors.Join(problems...)
}

func (d Datum) check() error {
	if d.Name == "" || d.Datum == "" || d.Purpose == "" || d.Form == "" || d.Kept == "" || d.Readers == "" || d.Erased == "" {
		return fmt.Errorf("%q is incomplete", d.Name)
	}
	if !slices.Contains(classes(), d.Class) {
		return fmt.Errorf("%s has the unknown class %q", d.Name, d.Class)
	}
	if d.Ground.Text() == "" {
		return fmt.Errorf("%s has the unknown ground %q", d.Name, d.Ground)
	}
	return nil
}

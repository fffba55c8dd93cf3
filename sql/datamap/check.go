package datamap

import (
	"errors"
	"fmt"
	"slices"
)

// check returns all problems of a map, joined.
func (m Map) check() error {
	problems := []error{m.checkLeftOut()}
	for _, c := range m.Columns {
		problems = append(problems, m.checkColumn(c))
	}
	for _, a := range m.Activities {
		problems = append(problems, m.checkActivity(a))
	}
	for i, d := range m.Data {
		if slices.ContainsFunc(m.Data[:i], func(other Datum) bool { return other.Name == d.Name }) {
			problems = append(problems, fmt.Errorf("%s is defined twice", d.Name))
		}
		problems = append(problems, m.checkDatum(d))
	}
	return errors.Join(problems...)
}

func (m Map) checkColumn(c Column) error {
	d, ok := m.Datum(c.Datum)
	switch {
	case kinds[c.Kind] == nil:
		return fmt.Errorf("%s.%s has the unknown kind %q", c.Table, c.Name, c.Kind)
	case !ok:
		return fmt.Errorf("%s.%s belongs to the unknown datum %q", c.Table, c.Name, c.Datum)
	case c.Kind == "words" && d.Class != None:
		return fmt.Errorf("%s.%s has words of class %s, which must be sealed", c.Table, c.Name, d.Class)
	}
	return nil
}

func (m Map) checkActivity(a Activity) error {
	if slices.Contains([]string{a.Name, a.Title, a.Persons, a.Source, a.Recipients}, "") {
		return fmt.Errorf("activity %q is incomplete", a.Name)
	}
	if len(m.DataOf(a)) == 0 {
		return fmt.Errorf("activity %s has no data", a.Name)
	}
	return nil
}

func (m Map) checkDatum(d Datum) error {
	delicate := d.Class.encrypted() || d.Class == Identifier
	has := func(fits func(Column) bool) bool {
		return slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Datum == d.Name && fits(c) })
	}
	switch {
	case slices.Contains([]string{d.Name, d.Title, d.Purpose, d.Form, d.Kept, d.Readers, d.Erased}, ""):
		return fmt.Errorf("%q is incomplete", d.Name)
	case !slices.Contains(classes(), d.Class):
		return fmt.Errorf("%s has the unknown class %q", d.Name, d.Class)
	case d.LegalBasis.Text() == "":
		return fmt.Errorf("%s has the unknown legal basis %q", d.Name, d.LegalBasis)
	case !slices.ContainsFunc(m.Activities, func(a Activity) bool { return a.Name == d.Activity }):
		return fmt.Errorf("%s belongs to the unknown activity %q", d.Name, d.Activity)
	case delicate != (d.Harm != ""):
		return fmt.Errorf("%s must have a harm if its class is above record, and none otherwise", d.Name)
	case !has(func(Column) bool { return true }):
		return fmt.Errorf("%s has no column", d.Name)
	case d.Class.encrypted() && !has(func(c Column) bool { return c.Kind == "sealed" }):
		return fmt.Errorf("%s is of class %s but has no sealed column", d.Name, d.Class)
	}
	return nil
}

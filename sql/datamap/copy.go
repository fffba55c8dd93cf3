package datamap

import (
	"fmt"
	"slices"
	"strings"
)

// leftOut says what a person's copy of their data does not have, with the reasons.
type leftOut struct {
	Kinds   map[Kind]string   `json:"kinds"`
	Data    map[string]string `json:"data"`    // by name of the Datum
	Columns map[string]string `json:"columns"` // by table.column
}

// LeftOut returns the reason why a person's copy of their data does not have a column, or "" if it has it.
func (m Map) LeftOut(c Column) string {
	if reason := m.leftOut.Columns[c.Table+"."+c.Name]; reason != "" {
		return reason
	}
	if reason := m.leftOut.Data[c.Datum]; reason != "" {
		return reason
	}
	return m.leftOut.Kinds[c.Kind]
}

// CopiedColumns returns the columns of a table that a person's copy has.
func (m Map) CopiedColumns(table string) []Column {
	var columns []Column
	for _, c := range m.Columns {
		if c.Table == table && m.LeftOut(c) == "" {
			columns = append(columns, c)
		}
	}
	return columns
}

// Excluded is a part of the data map that a person's copy does not have.
type Excluded struct{ Name, Reason string }

// Excluded returns what a person's copy does not have, except what is not personal.
func (m Map) Excluded() []Excluded {
	var all []Excluded
	for kind, reason := range m.leftOut.Kinds {
		all = append(all, Excluded{"every " + string(kind), reason})
	}
	for name, reason := range m.leftOut.Data {
		if d, _ := m.Datum(name); d.Class != None {
			all = append(all, Excluded{d.Title, reason})
		}
	}
	for name, reason := range m.leftOut.Columns {
		all = append(all, Excluded{"`" + name + "`", reason})
	}
	slices.SortFunc(all, func(a, b Excluded) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// checkLeftOut returns an error for a name that does not exist, so that a renamed column is not left out by mistake.
func (m Map) checkLeftOut() error {
	for kind := range m.leftOut.Kinds {
		if kinds[kind] == nil {
			return fmt.Errorf("what a copy does not have names the unknown kind %q", kind)
		}
	}
	for name := range m.leftOut.Data {
		if _, ok := m.Datum(name); !ok {
			return fmt.Errorf("what a copy does not have names the unknown datum %q", name)
		}
	}
	for name := range m.leftOut.Columns {
		if !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Table+"."+c.Name == name }) {
			return fmt.Errorf("what a copy does not have names the unknown column %q", name)
		}
	}
	return nil
}

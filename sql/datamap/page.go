package datamap

import (
	_ "embed" // the templates
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"
)

//go:embed privacy.md.tmpl
var privacyText string

//go:embed processing.md.tmpl
var processingText string

// Table is a table of the database.
type Table struct {
	Name    string
	Columns []Column
}

// WritePrivacy writes docs/privacy.md.
func (m Map) WritePrivacy(w io.Writer) error { return m.write(w, privacyText) }

// WriteProcessing writes docs/processing.md: the record of processing and the input of an
// impact assessment (PIPL art. 55, 56).
func (m Map) WriteProcessing(w io.Writer) error { return m.write(w, processingText) }

func (m Map) write(w io.Writer, text string) error {
	page, err := template.New("page").Parse(text)
	if err == nil {
		err = page.Execute(w, m)
	}
	if err != nil {
		return fmt.Errorf("writing the page of the data map: %w", err)
	}
	return nil
}

// DataOf returns the data of an activity.
func (m Map) DataOf(a Activity) []Datum {
	var data []Datum
	for _, d := range m.Data {
		if d.Activity == a.Name {
			data = append(data, d)
		}
	}
	return data
}

// Harmful returns the data whose disclosure can harm a person.
func (m Map) Harmful() []Datum {
	var data []Datum
	for _, d := range m.Data {
		if d.Harm != "" {
			data = append(data, d)
		}
	}
	return data
}

// Tables returns the tables with their columns.
func (m Map) Tables() []Table {
	var tables []Table
	for _, c := range m.Columns {
		if n := len(tables); n == 0 || tables[n-1].Name != c.Table {
			tables = append(tables, Table{Name: c.Table})
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, c)
	}
	return tables
}

// Where returns where a datum is stored: its sealed and hashed columns if its class is above Record, otherwise its tables.
func (m Map) Where(datum string) string {
	d, _ := m.Datum(datum)
	var columns, tables []string
	for _, c := range m.Columns {
		if c.Datum != datum {
			continue
		}
		if c.Kind == "sealed" || c.Kind == "hash" {
			columns = append(columns, "`"+c.Table+"."+c.Name+"`")
		}
		if name := "`" + c.Table + "`"; !slices.Contains(tables, name) {
			tables = append(tables, name)
		}
	}
	if d.Class.encrypted() || d.Class == Identifier {
		return strings.Join(columns, ", ")
	}
	return strings.Join(tables, ", ")
}

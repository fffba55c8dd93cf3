package archive

import (
	"bytes"
	_ "embed" // the template
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/rights"
)

//go:embed page.html.tmpl
var pageText string

//nolint:gochecknoglobals // parsed once; its text is a constant
var pageTemplate = template.Must(template.New("page").Parse(pageText))

// page is what the template shows.
type page struct {
	Language, Title, Made, Intro, HeldTitle, WhoTitle, Nobody string
	Purpose, Basis, Kept                                      string // labels
	Holdings                                                  []holding
	Accesses                                                  []entry
	Sections                                                  []shown
}

// shown is a section with its rows.
type shown struct {
	Title   string
	Entries []entry
}

// entry is a row as labels with values.
type entry []pair

type pair struct {
	Label, Value string
	Link         string // a file of the archive
}

// page writes index.html.
func (w *writer) page() error {
	s, t := w.source, texts()
	text := func(name string) string { return t.Page[name].For(s.Language) }
	made := page{
		Language: s.Language, Title: text("title"), Made: s.Authority + " · " + s.MadeAt.In(identity.Beijing()).Format(minute), Intro: text("intro"),
		HeldTitle: text("held"), WhoTitle: text("who"), Nobody: text("nobody"),
		Purpose: text("purpose"), Basis: text("basis"), Kept: text("kept"), Holdings: s.holdings(),
	}
	for _, a := range s.accesses() {
		row := entry{{Label: text("office"), Value: a.Office + " · " + a.Role}, {Label: text("purpose"), Value: a.Purpose}, {Label: text("last_at"), Value: a.LastAt.In(identity.Beijing()).Format(minute)}}
		if a.DelayGround != "" {
			row = append(row, pair{Label: text("delayed"), Value: a.DelayedUntil.In(identity.Beijing()).Format(minute) + " · " + a.DelayGround})
		}
		made.Accesses = append(made.Accesses, row)
	}
	for _, part := range t.Sections {
		if rows := s.Rows[part.Table]; len(rows) > 0 {
			made.Sections = append(made.Sections, part.show(rows, s))
		}
	}
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, made); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return w.file("index.html", out.Bytes())
}

const minute = "2006-01-02 15:04"

func (p section) show(rows []rights.CopyRow, s Source) shown {
	all := shown{Title: p.Title.For(s.Language)}
	for _, row := range rows {
		var made entry
		for _, f := range p.Fields {
			value := readable(find(row, strings.Split(f.Path, ".")), s)
			if value == "" {
				continue
			}
			one := pair{Label: f.Label.For(s.Language), Value: value}
			if f.File {
				one.Link = value
			}
			made = append(made, one)
		}
		all.Entries = append(all.Entries, made)
	}
	return all
}

// find returns the value at a path, or nil.
func find(value any, path []string) any {
	if raw, isJSON := value.(json.RawMessage); isJSON {
		var read any
		if json.Unmarshal(raw, &read) != nil {
			return nil
		}
		value = read
	}
	if len(path) == 0 {
		return value
	}
	switch members := value.(type) {
	case rights.CopyRow:
		return find(members[path[0]], path[1:])
	case map[string]any:
		return find(members[path[0]], path[1:])
	}
	return nil
}

// readable returns a value as a person reads it: a word of ours in their language, a time in Beijing.
func readable(value any, s Source) string {
	switch value := value.(type) {
	case string:
		if word, ok := texts().Words[value]; ok {
			return word.For(s.Language)
		}
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return at.In(identity.Beijing()).Format(minute)
		}
		return value
	case []any:
		var lines []string
		for _, item := range value {
			lines = append(lines, readable(item, s))
		}
		return strings.Join(lines, "\n")
	case map[string]any:
		label, _ := value["label"].(string)
		text, _ := value["value"].(string)
		return label + "：" + text
	case nil:
		return ""
	}
	return fmt.Sprint(value)
}

package archive

import (
	_ "embed" // the texts
	"errors"
	"fmt"
	"sync"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed texts.json
var textsFile []byte

// pageTexts are the words of the page.
type pageTexts struct {
	Page     map[string]identity.Text `json:"page"`
	Sections []section                `json:"sections"`
	Words    map[string]identity.Text `json:"words"` // of the program, by what is stored
}

// section shows the rows of a table.
type section struct {
	Table  string        `json:"table"`
	Title  identity.Text `json:"title"`
	Fields []field       `json:"fields"`
}

type field struct {
	Path  string        `json:"path"` // members, separated by dots
	Label identity.Text `json:"label"`
	File  bool          `json:"file"` // the value is the name of a file of the archive
}

// texts returns the words of the page.
//
//nolint:gochecknoglobals // read once
var texts = sync.OnceValue(func() pageTexts {
	t, err := readTexts(textsFile)
	if err != nil {
		panic("rights/archive: " + err.Error())
	}
	return t
})

// readTexts reports every text that is missing in some language.
func readTexts(raw []byte) (pageTexts, error) {
	var t pageTexts
	if err := strictjson.Decode(raw, &t); err != nil {
		return pageTexts{}, fmt.Errorf("reading the texts of a copy: %w", err)
	}
	var problems []error
	complete := func(text identity.Text, what string) {
		if missing := text.Missing(); len(missing) > 0 {
			problems = append(problems, fmt.Errorf("%s has no text in %v", what, missing))
		}
	}
	for name, text := range t.Page {
		complete(text, name)
	}
	for name, text := range t.Words {
		complete(text, "word "+name)
	}
	for _, s := range t.Sections {
		complete(s.Title, "section "+s.Table)
		for _, f := range s.Fields {
			complete(f.Label, s.Table+"."+f.Path)
		}
	}
	return t, errors.Join(problems...)
}

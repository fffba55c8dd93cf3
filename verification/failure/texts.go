package failure

import (
	_ "embed" // the texts
	"errors"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed texts.json
var textsJSON []byte

// catalogue is the table with its texts. A program whose texts do not match the
// table does not start.
var catalogue = mustLoad(table(), textsJSON) //nolint:gochecknoglobals // read-only, loaded once

// texts is the content of texts.json.
type texts struct {
	Failures map[Code]struct {
		Prompt identity.Text `json:"prompt"`
		Cause  identity.Text `json:"cause"`
	} `json:"failures"`
	Remedies map[RemedyKind]identity.Text `json:"remedies"`
}

func mustLoad(table []Entry, raw []byte) []Entry {
	entries, err := load(table, raw)
	if err != nil {
		panic("failure: " + err.Error())
	}
	return entries
}

// load returns the entries with their texts. It reports every text that is missing
// in some language, and every text that no entry uses.
func load(entries []Entry, raw []byte) ([]Entry, error) {
	var read texts
	if err := strictjson.Decode(raw, &read); err != nil {
		return nil, fmt.Errorf("reading the texts of failures: %w", err)
	}
	var errs []error
	codes, kinds := map[Code]bool{}, map[RemedyKind]bool{}
	for i := range entries {
		entry := &entries[i]
		text := read.Failures[entry.Code]
		entry.Prompt, entry.Cause = text.Prompt, text.Cause
		codes[entry.Code] = true
		errs = append(errs, complete(text.Prompt, "prompt of %s", entry.Code), complete(text.Cause, "cause of %s", entry.Code))
		for j := range entry.Remedies {
			remedy := &entry.Remedies[j]
			remedy.Text = read.Remedies[remedy.Kind]
			kinds[remedy.Kind] = true
		}
	}
	for kind := range kinds {
		errs = append(errs, complete(read.Remedies[kind], "remedy %s", kind))
	}
	errs = append(errs, unused(read.Failures, codes), unused(read.Remedies, kinds))
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("checking the texts of failures: %w", err)
	}
	return entries, nil
}

// complete returns an error that names the languages that a text lacks.
func complete(text identity.Text, format string, name any) error {
	if missing := text.Missing(); len(missing) > 0 {
		return fmt.Errorf("%s is missing in %v", fmt.Sprintf(format, name), missing)
	}
	return nil
}

// unused returns an error that names the texts that the table does not use.
func unused[K ~string, V any](texts map[K]V, used map[K]bool) error {
	var names []K
	for name := range texts {
		if !used[name] {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return fmt.Errorf("unused texts: %v", names)
}

package appeal

import (
	_ "embed" // the checklists
	"errors"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/identity/photo"
	"renzheng/material"
	"renzheng/strictjson"
)

//go:embed checklist.json
var checklistJSON []byte

// Item is something that supports an appeal.
type Item struct {
	Code  string        `json:"code"`
	Kind  material.Kind `json:"kind"`
	Title identity.Text `json:"title"`
	Hint  identity.Text `json:"hint"` // how to take it so that it helps (D-20, D-21, D-23)
}

// Checklist is what an appeal against some failures needs.
type Checklist struct {
	Failures []string      `json:"failures"`
	Required []string      `json:"required"` // codes of items
	Optional []string      `json:"optional"`
	Note     identity.Text `json:"note"` // what to know, and to try, before
}

// Exception is why there is no appeal against some failures.
type Exception struct {
	Failures []string      `json:"failures"`
	Reason   identity.Text `json:"reason"`
}

// Texts are the checklists with their items.
type Texts struct {
	Items       []Item                            `json:"items"`
	Checklists  []Checklist                       `json:"checklists"`
	Exceptions  []Exception                       `json:"exceptions"`
	Rejections  map[material.Reason]identity.Text `json:"rejections"`   // of materials
	Faults      map[photo.Fault]identity.Text     `json:"faults"`       // of photos in which nothing was read, with how to do better
	Hints       map[photo.Warning]identity.Text   `json:"hints"`        // about photos that were read, for the person
	MailSubject identity.Text                     `json:"mail_subject"` // fixed, before the id (D-33)
}

// catalogue is checked when the program starts.
var catalogue = mustLoad(checklistJSON) //nolint:gochecknoglobals // read-only, loaded once

// Catalogue returns all checklists. It is read-only.
func Catalogue() Texts { return catalogue }

// For returns the checklist of a failure. ok is false if there is no appeal against it.
func (t Texts) For(failure string) (Checklist, bool) {
	i := slices.IndexFunc(t.Checklists, func(c Checklist) bool { return slices.Contains(c.Failures, failure) })
	if i < 0 {
		return Checklist{}, false
	}
	return t.Checklists[i], true
}

// Excepted reports whether there is no appeal against a failure, with the reason.
func (t Texts) Excepted(failure string) (identity.Text, bool) {
	i := slices.IndexFunc(t.Exceptions, func(e Exception) bool { return slices.Contains(e.Failures, failure) })
	if i < 0 {
		return identity.Text{}, false
	}
	return t.Exceptions[i].Reason, true
}

// Item returns an item by its code.
func (t Texts) Item(code string) (Item, bool) {
	i := slices.IndexFunc(t.Items, func(item Item) bool { return item.Code == code })
	if i < 0 {
		return Item{}, false
	}
	return t.Items[i], true
}

// Has reports whether a checklist has an item.
func (c Checklist) Has(code string) bool {
	return slices.Contains(c.Required, code) || slices.Contains(c.Optional, code)
}

func mustLoad(raw []byte) Texts {
	texts, err := load(raw)
	if err != nil {
		panic("appeal: " + err.Error())
	}
	return texts
}

// load reports every text that is missing in some language, and every item that does not exist.
func load(raw []byte) (Texts, error) {
	var t Texts
	if err := strictjson.Decode(raw, &t); err != nil {
		return Texts{}, fmt.Errorf("reading the checklists: %w", err)
	}
	problems := []error{complete(t.MailSubject, "subject of the mail")}
	for _, item := range t.Items {
		problems = append(problems, complete(item.Title, "title of "+item.Code), complete(item.Hint, "hint of "+item.Code))
		if item.Kind != material.Picture && item.Kind != material.Video {
			problems = append(problems, fmt.Errorf("item %s is neither a picture nor a video", item.Code))
		}
	}
	for _, reason := range material.Reasons() {
		problems = append(problems, complete(t.Rejections[reason], "rejection "+string(reason)))
	}
	for _, fault := range photo.Faults() {
		problems = append(problems, complete(t.Faults[fault], "fault "+string(fault)))
	}
	for _, hint := range (PhotoReading{Values: photo.Reading{Warnings: photo.Warnings()}}).Hints() {
		problems = append(problems, complete(t.Hints[hint], "hint "+string(hint)))
	}
	for _, c := range t.Checklists {
		problems = append(problems, complete(c.Note, fmt.Sprintf("note of %v", c.Failures)))
		for _, code := range slices.Concat(c.Required, c.Optional) {
			if _, ok := t.Item(code); !ok {
				problems = append(problems, fmt.Errorf("the checklist of %v has the unknown item %s", c.Failures, code))
			}
		}
	}
	for _, e := range t.Exceptions {
		problems = append(problems, complete(e.Reason, fmt.Sprintf("reason of %v", e.Failures)))
	}
	return t, errors.Join(problems...)
}

func complete(text identity.Text, what string) error {
	if missing := text.Missing(); len(missing) > 0 {
		return fmt.Errorf("%s has no text in %v", what, missing)
	}
	return nil
}

package wechat

import (
	"errors"
	"fmt"
)

// Config is that of a mini-program.
type Config struct {
	App

	PortraitPermitted bool // WeChat lets this application have the captured picture

	Todo TodoTemplate // zero = no messages
}

// TodoTemplate is the subscribe message of a todo that has arrived, as it was
// chosen in WeChat's console: which of its fields takes what. Fields that the
// template lacks stay empty.
type TodoTemplate struct {
	ID       string // of the template
	Registry string // field of the registry's name, e.g. "thing1"
	Arrived  string // field of the time of arrival, e.g. "time2"
	Expires  string // field of the end of the window, e.g. "time3"
	Page     string // of the mini-program, without a leading slash, e.g. "pages/screen/index"
	State    string // "" = "formal"; "trial" or "developer" opens that version
}

// Validate reports all that is wrong with the configuration, together.
func (c Config) Validate() error { return errors.Join(c.App.Validate(), c.Todo.validate()) }

func (t TodoTemplate) validate() error {
	if t == (TodoTemplate{}) {
		return nil
	}
	named := 0
	for _, field := range t.fields() {
		if field == "" {
			continue
		}
		if named++; !wellFormed(field, 32, "_") {
			return errors.New("todo template: want fields of 1 to 32 letters and digits")
		}
	}
	if !wellFormed(t.ID, 64, "-_") || named == 0 {
		return errors.New("todo template: want its id and at least one field")
	}
	if !wellFormed(t.Page, 128, "/-_") || t.Page[0] == '/' {
		return errors.New("todo template: want a page without a leading slash")
	}
	switch t.State {
	case "", "formal", "trial", "developer":
		return nil
	}
	return fmt.Errorf("todo template: want state formal, trial or developer")
}

func (t TodoTemplate) fields() []string { return []string{t.Registry, t.Arrived, t.Expires} }

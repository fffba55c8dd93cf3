package wechat

import (
	"errors"
	"slices"

	"renzheng/providers/kit"
	"renzheng/setting"
)

// Config is the configuration of a mini-program.
type Config struct {
	App

	PortraitPermitted bool // WeChat lets this application have the captured picture

	Todo TodoTemplate // zero = no messages
}

// TodoTemplate is the subscribe message of a todo that has arrived, as chosen in
// WeChat's console. It says which field of the template shows what. Fields that
// the template does not have stay empty.
type TodoTemplate struct {
	ID       string // of the template
	Registry string // field of the registry's name, e.g. "thing1"
	Arrived  string // field of the time of arrival, e.g. "time2"
	Expires  string // field of the end of the window, e.g. "time3"
	Page     string // of the mini-program, without a leading slash, e.g. "pages/screen/index"
	State    string // "" = "formal"; "trial" or "developer" opens that version
}

// Validate returns a setting.Error for each field that is invalid, joined.
func (c Config) Validate() error { return errors.Join(c.App.Validate(), c.Todo.validate()) }

func (t TodoTemplate) validate() error {
	if t == (TodoTemplate{}) {
		return nil
	}
	return errors.Join(
		setting.Require(kit.WellFormed(t.ID, 64, "-_"), "Todo.ID", "must be the id of a template"),
		setting.Require(t.Registry != "" || t.Arrived != "" || t.Expires != "", "Todo.Registry", "must be set: a template has at least one field"),
		validateField("Todo.Registry", t.Registry), validateField("Todo.Arrived", t.Arrived), validateField("Todo.Expires", t.Expires),
		setting.Require(kit.WellFormed(t.Page, 128, "/-_") && t.Page[0] != '/', "Todo.Page", "must be a page without a leading slash"),
		setting.Require(slices.Contains([]string{"", "formal", "trial", "developer"}, t.State), "Todo.State", "must be formal, trial or developer"),
	)
}

// validateField checks the name of a template's field, which may be absent.
func validateField(setTo, name string) error {
	return setting.Require(name == "" || kit.WellFormed(name, 32, "_"), setTo, "must be the name of a field: 1 to 32 letters and digits")
}

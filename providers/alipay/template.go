package alipay

import (
	"errors"
	"slices"
	"strconv"

	"renzheng/providers/kit"
	"renzheng/setting"
)

// TodoTemplate is the subscription message of a todo that has arrived, as chosen in
// Alipay's console. It maps what is shown to the keywords of the template. Alipay rejects a
// message without one of its template's keywords, so these must be all of them.
type TodoTemplate struct {
	ID       string // of the template, of one-time subscription
	Registry string // keyword of the registry's name, e.g. "keyword1"
	Arrived  string // keyword of the time of arrival, e.g. "keyword2"
	Expires  string // keyword of the end of the window, e.g. "keyword3"
	Page     string // of the mini-program, without a leading slash, e.g. "pages/screen/index"
}

const (
	longestTemplate = 64
	longestPage     = 128
)

func (t TodoTemplate) validate() error {
	if t == (TodoTemplate{}) {
		return nil
	}
	return errors.Join(
		setting.Require(kit.WellFormed(t.ID, longestTemplate, "-_=+/"), "Todo.ID", "must be the id of a template"),
		setting.Require(t.inSequence(), "Todo.Registry", "must be set so that the keywords of registry, arrived and expires are keyword1, keyword2 and so on, each once"),
		setting.Require(kit.WellFormed(t.Page, longestPage, "/-_") && t.Page[0] != '/', "Todo.Page", "must be a page without a leading slash"),
	)
}

// inSequence reports whether the keywords are those of a template: keyword1, keyword2
// and so on, without a gap.
func (t TodoTemplate) inSequence() bool {
	set := slices.DeleteFunc([]string{t.Registry, t.Arrived, t.Expires}, func(name string) bool { return name == "" })
	slices.Sort(set)
	for i, name := range set {
		if name != "keyword"+strconv.Itoa(i+1) {
			return false
		}
	}
	return len(set) > 0
}

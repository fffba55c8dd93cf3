package bff_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"renzheng/rulebook"
	"renzheng/support"
)

// newest returns the content of the version of a kind that was proposed last.
func (w *fixture) newest(t *testing.T, kind rulebook.Kind) string {
	t.Helper()
	all, err := w.rows.VersionsOf(t.Context(), kind, 1)
	if err != nil || len(all) == 0 {
		t.Fatalf("got %v, %v", all, err)
	}
	v, err := w.rows.Version(t.Context(), all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return string(v.Content)
}

func TestOperator_EditsLimitsInATable(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	page := c.SignedIn(t, "operator").Open("/rules").Follow("/rules/new?kind=limits").Want(http.StatusOK, "Failed face checks of an account")
	if page.Field("tries.face") != "5" || page.Field("length.face") != "1" || page.Field("unit.face") != "days" || page.Field("content") != "" {
		t.Errorf("got %s %s %s", page.Field("tries.face"), page.Field("length.face"), page.Field("unit.face"))
	}
	page.Submit("/rules", url.Values{"note": {"x"}}).Want(http.StatusUnprocessableEntity, "nothing was changed")
	for field, value := range map[string]string{"tries.face": "0", "tries.card": "many", "length.face": "-1", "length.card": "999999999999", "unit.face": "years"} {
		again := page.Submit("/rules", url.Values{field: {value}, "note": {"x"}}).Want(http.StatusUnprocessableEntity, "must be whole numbers above 0")
		if got := again.Field(field); got != value && field != "unit.face" {
			t.Errorf("%s: got %q, want what was typed", field, got)
		}
	}
	page.Submit("/rules", url.Values{"tries.face": {"61"}, "note": {"x"}}).Want(http.StatusUnprocessableEntity, "Nothing was stored", "FaceStarts")
	proposed := page.Submit("/rules", url.Values{"tries.face": {"7"}, "length.card": {"36"}, "unit.card": {"hours"}, "note": {"放宽"}})
	proposed.Want(http.StatusOK, "Proposed.", "face · tries", "card · window", "36h").WantNot("face · window", "consents")
	var content map[string]struct {
		Tries  int
		Window string
	}
	if err := json.Unmarshal([]byte(w.newest(t, rulebook.Limits)), &content); err != nil || content["face"].Tries != 7 || content["face"].Window != "24h" || content["card"].Window != "36h" {
		t.Errorf("got %v, %v", content, err)
	}
	page.Follow("/rules/new?kind=limits&as=json").Want(http.StatusOK, `"window": "24h"`).Follow("/rules/new?kind=limits").Want(http.StatusOK, "Failed face checks of an account")
	t.Log("as documented: an operator changes limits in a table, and sees what changes")
}

func TestOperator_EditsQuestionsInAForm(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	list := c.SignedIn(t, "operator").Open("/rules").Follow("/rules/new?kind=faq").Want(http.StatusOK, "How do I open the mini-program?", "how_to_open")
	step := func(do string, values url.Values) {
		t.Helper()
		if values == nil {
			values = url.Values{}
		}
		values.Set("do", do)
		list = list.Submit("/faq/draft", values).Want(http.StatusOK)
	}
	step("down:0", nil)
	step("up:1", nil)
	list.Submit("/rules", url.Values{"note": {"x"}}).Want(http.StatusUnprocessableEntity, "nothing was changed")
	step("edit:0", nil)
	if list.Field("question.en") != "How do I open the mini-program?" || !strings.Contains(list.Field("keywords"), "扫码\n") || list.HasForm("/rules") {
		t.Errorf("got %s", list.Text())
	}
	step("save:0", url.Values{"answer.zh-Hans": {newAnswer}})
	var before struct{ Entries []struct{ ID string } }
	if err := json.Unmarshal(support.BuiltInFAQ(), &before); err != nil {
		t.Fatal(err)
	}
	last := len(before.Entries)
	step("edit:"+strconv.Itoa(last), nil)
	list.Want(http.StatusOK, "Add a question")
	added := url.Values{"id": {"opening_hours"}, "keywords": {"几点\n 上班 \n\n"}}
	for _, language := range []string{"zh-Hans", "zh-Hant", "en"} {
		added.Set("question."+language, "Q "+language)
		added.Set("answer."+language, "A "+language)
	}
	step("save:"+strconv.Itoa(last), added)
	step("up:"+strconv.Itoa(last), nil)
	step("remove:1", nil) // no_account, which answers no failure
	list.WantNot("no_account")
	list.Submit("/rules", url.Values{"note": {""}, "version": {"2026-12-01"}}).Want(http.StatusUnprocessableEntity, "the reason must be one line", "opening_hours")
	proposed := list.Submit("/rules", url.Values{"note": {"修改"}, "version": {"2026-12-01"}}).Want(http.StatusOK, "Proposed.")
	proposed.Want(http.StatusOK, "entries · how_to_open · texts · zh-Hans · answer", "entries · opening_hours · keywords", "entries · no_account").WantNot("which_app · texts", "how_to_open · keywords")
	faq, err := support.LoadFAQ([]byte(w.newest(t, rulebook.FAQ)))
	if err != nil || faq.Version() != "2026-12-01" {
		t.Fatalf("got %v, %v", faq, err)
	}
	all := faq.All("zh-Hans")
	if all[0].Answer != newAnswer || all[len(all)-2].ID != "opening_hours" || len(all) != last {
		t.Errorf("got %v", all)
	}
	t.Log("as documented: an operator edits, adds, moves and removes questions without JSON")
}

// What no page sends changes nothing, and breaks nothing.
func TestOperator_EditsQuestionsOnlyAsTheFormDoes(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	list := c.SignedIn(t, "operator").Open("/rules/new?kind=faq")
	for _, do := range []string{"", "edit", "edit:-1", "edit:9999", "save:9999", "remove:9999", "up:0", "down:9999", "burn:1"} {
		list.Submit("/faq/draft", url.Values{"do": {do}}).Want(http.StatusOK, "how_to_open")
	}
	list.Submit("/faq/draft", url.Values{"do": {"edit:0"}, "content": {"{"}}).Want(http.StatusOK, "JSON")
	list.Submit("/faq/draft", url.Values{"do": {"edit:0"}, "kind": {"policy"}}).Want(http.StatusNotFound)
	list.Submit("/faq/draft", url.Values{"do": {"edit:0"}, "base": {"x"}}).Want(http.StatusNotFound)
}

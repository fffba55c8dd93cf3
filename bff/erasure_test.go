package bff_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"renzheng/rights"
	"renzheng/sql/datamap"
)

// signed is a session whose person has confirmed a todo and has another one open.
func (w *fixture) signed(t *testing.T) person {
	t.Helper()
	p := w.enter(t)
	shown := p.openTodo(t)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	w.push(t, "case-2", sampleCase(1)).want(t, http.StatusCreated, "")
	return p
}

func codesOf(rows []object) []string {
	var codes []string
	for _, row := range rows {
		codes = append(codes, textOf(row, "code"))
	}
	return codes
}

func TestErasure_EndsTheSessionAndLeavesWhatHasAGround(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.signed(t)
	data := p.get(t, "/v1/me/data").want(t, http.StatusOK, "")
	erasure, _ := data.json(t)["erasure"].(object)
	stays, _ := erasure["stays"].([]any)
	var planned []string
	for _, stay := range stays {
		ground, _ := stay.(object)
		planned = append(planned, textOf(ground, "code"))
	}
	if want := []string{"open_todo", "answer", "tries", "repetition", "proof"}; !slices.Equal(planned, want) {
		t.Errorf("got %v, want %v", planned, want)
	}
	path := "/v1/erasures/" + data.text(t, "erasure", "id")
	p.get(t, path).want(t, http.StatusNotFound, "not_found")
	p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": false}).want(t, http.StatusUnprocessableEntity, "values_invalid")

	erased := p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusOK, "")
	if got := erased.header.Get("Location"); got != path {
		t.Errorf("got Location %q, want %q", got, path)
	}
	if left := codesOf(erased.list(t, "stays")); erased.text(t, "state") != "partly" || !slices.Equal(left, planned) {
		t.Errorf("got %v in state %s, want what was announced", left, erased.text(t, "state"))
	}
	p.get(t, "/v1/session").want(t, http.StatusUnauthorized, "session_required")
	p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusUnauthorized, "session_required")
	stranger := w.login(t, "li")
	stranger.get(t, path).want(t, http.StatusOK, "")
	stranger.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusForbidden, "access_required")

	again := w.enter(t)
	if todos := again.get(t, "/v1/todos").list(t, "todos"); len(todos) != 1 {
		t.Errorf("got %d todos, want the one that is open", len(todos))
	}
	if answers := again.get(t, "/v1/confirmations").list(t, "confirmations"); len(answers) != 0 {
		t.Errorf("got %d answers of before, want none", len(answers))
	}
}

func TestErasure_IsFinishedByTheWorker(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	path := p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusOK, "").header.Get("Location")
	w.pass(25 * time.Hour)
	if _, err := w.deps.Rights.ExecuteErasures(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := w.login(t, "li").get(t, path)
	if left := codesOf(got.list(t, "stays")); got.text(t, "state") != "done" || !slices.Equal(left, []string{"proof"}) {
		t.Errorf("got %s with %v, want it done, with its record", got.text(t, "state"), left)
	}
}

// Every datum of a person is in the catalogue that the person sees.
func TestRights_CatalogueHasEveryDatum(t *testing.T) {
	t.Parallel()
	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{
		"data_key":        true, // what encrypts the others
		"one_time_code":   true, // keyed hashes that are gone within a day
		"support_message": true, // a hash that names nobody
		"withholding":     true, // until its end it is not to be seen; then it is shown with the access
		"staff":           true, // of members, who are not the person
		"rule_version":    true, // likewise
		"visit_miss":      true, // what a member typed; its hash leads to nobody
		"erasure":         true, // exists once there is nobody to see it; it is read by its id
	}
	for _, h := range rights.Catalogue().Holdings {
		for _, name := range h.Data {
			if _, ok := m.Datum(name); !ok {
				t.Errorf("%s has the unknown datum %s", h.Code, name)
			}
			shown[name] = true
		}
	}
	for _, d := range m.Data {
		if d.Class != datamap.None && !shown[d.Name] {
			t.Errorf("rights/texts.json lacks %s", d.Name)
		}
	}
}

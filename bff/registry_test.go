package bff_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/todo"
)

func (w *fixture) registry(t *testing.T, method, path string) reply {
	t.Helper()
	return w.send(t, request{method: method, path: "/registry/v1" + path, registry: "beijing"})
}

func TestRegistry_PushesRevisions(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	first := w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	if first.header.Get("Location") != "/registry/v1/cases/case-1" || first.json(t)["changed"] != true {
		t.Errorf("got %s", first.body)
	}
	same := w.push(t, "case-1", sampleCase(1)).want(t, http.StatusOK, "")
	if same.json(t)["changed"] != false || same.list(t, "signers")[0]["todo_id"] != first.list(t, "signers")[0]["todo_id"] {
		t.Errorf("a repetition changed something: %s", same.body)
	}
	w.push(t, "case-1", with(sampleCase(1), "items", []object{})).want(t, http.StatusConflict, "case_revision_conflict")
	next := w.push(t, "case-1", with(sampleCase(2), "items", []object{})).want(t, http.StatusOK, "")
	if next.list(t, "signers")[0]["todo_id"] == first.list(t, "signers")[0]["todo_id"] {
		t.Errorf("other content kept its todo: %s", next.body)
	}
	if stands := w.registry(t, http.MethodGet, "/cases/case-1").want(t, http.StatusOK, ""); stands.json(t)["revision"] != 2.0 {
		t.Errorf("got %s", stands.body)
	}
	w.registry(t, http.MethodDelete, "/cases/case-1").want(t, http.StatusNoContent, "")
	w.push(t, "case-1", sampleCase(3)).want(t, http.StatusConflict, "case_withdrawn")
}

func TestRegistry_LearnsEverythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	bad := sampleCase(1)
	bad["items"] = []object{{"label": "数", "value": "<b>x</b>"}}
	bad["signers"] = []object{
		{"signer_id": "..", "role": "股东", "document": object{"type": "resident_id", "number": "1", "name": "1"}},
		{"signer_id": "s2", "role": "", "document": object{"type": "driving_licence", "number": "1", "name": "张三"}},
	}
	refused := w.push(t, "case-1", bad).want(t, http.StatusUnprocessableEntity, "content_invalid")
	var got []string
	for _, broken := range refused.list(t, "errors") {
		got = append(got, fmt.Sprint(broken["pointer"], " ", broken["rule"]))
	}
	want := []string{
		"/items/0/value text_markup",
		"/signers/0/signer_id id", "/signers/0/document/number number_length", "/signers/0/document/name name_alphabet",
		"/signers/1/role text_empty", "/signers/1/document/type type_unknown",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRegistry_NamesNothingByDots(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.push(t, "...", sampleCase(1)).want(t, http.StatusCreated, "") // a path with three dots has only one reading
	for _, dots := range []string{".", "..", "%2e", "%2E%2e"} {
		for _, call := range []request{
			{method: http.MethodPut, path: "/registry/v1/cases/" + dots, body: sampleCase(1)},
			{method: http.MethodGet, path: "/registry/v1/cases/" + dots},
			{method: http.MethodDelete, path: "/registry/v1/cases/" + dots},
			{method: http.MethodGet, path: "/registry/v1/cases/.../signers/" + dots + "/evidence"},
			{method: http.MethodPost, path: "/registry/v1/cases/.../signers/" + dots + "/close"},
		} {
			call.registry = "beijing"
			if got := w.send(t, call); got.status != http.StatusUnprocessableEntity && got.status != http.StatusNotFound {
				t.Errorf("%s %s: got %d %s", call.method, call.path, got.status, got.body)
			}
		}
	}
}

func TestRegistry_SeesItsOwnCasesOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	for _, call := range []request{
		{method: http.MethodGet, path: "/registry/v1/cases/case-1"},
		{method: http.MethodDelete, path: "/registry/v1/cases/case-1"},
		{method: http.MethodGet, path: "/registry/v1/cases/case-1/signers/s1/evidence"},
		{method: http.MethodPost, path: "/registry/v1/cases/case-1/signers/s1/close"},
	} {
		call.registry = "tianjin"
		w.send(t, call).want(t, http.StatusNotFound, "not_found")
	}
}

func TestRegistry_ListsItsOwnCases(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for _, id := range []string{"case-1", "case-2", "other"} {
		w.push(t, id, sampleCase(1)).want(t, http.StatusCreated, "")
		w.pass(time.Second)
	}
	first := w.registry(t, http.MethodGet, "/cases?limit=2").want(t, http.StatusOK, "")
	cursor := first.text(t, "next_cursor")
	rest := w.registry(t, http.MethodGet, "/cases?limit=2&cursor="+cursor).want(t, http.StatusOK, "")
	if got := rest.list(t, "cases"); len(first.list(t, "cases")) != 2 || len(got) != 1 || got[0]["case_id"] != "other" || rest.json(t)["next_cursor"] != nil {
		t.Errorf("got %s and %s, want two and the last one", first.body, rest.body)
	}
	later := w.clock().Format(time.RFC3339)
	for query, want := range map[string]int{
		"case_id_prefix=case": 2, "state=withdrawn": 0, "state=open": 3, "since=" + later: 0, "until=" + later: 3,
	} {
		if got := w.registry(t, http.MethodGet, "/cases?"+query).want(t, http.StatusOK, "").list(t, "cases"); len(got) != want {
			t.Errorf("%s: got %d cases, want %d", query, len(got), want)
		}
	}
	for _, query := range []string{
		"cursor=" + cursor + "&state=open", "cursor=x", "state=closed", "since=yesterday", "case_id_prefix=%25", "limit=51", "order=desc",
	} {
		w.registry(t, http.MethodGet, "/cases?"+query).want(t, http.StatusUnprocessableEntity, "values_invalid")
	}
	foreign := w.send(t, request{method: http.MethodGet, path: "/registry/v1/cases", registry: "tianjin"})
	if got := foreign.want(t, http.StatusOK, "").list(t, "cases"); len(got) != 0 {
		t.Errorf("another registry got %s, want nothing", foreign.body)
	}
}

func TestRegistry_ClosesASignerAtTheWindow(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.push(t, "case-1", sampleCase(1)).want(t, http.StatusCreated, "")
	first := w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/close").want(t, http.StatusOK, "")
	again := w.registry(t, http.MethodPost, "/cases/case-1/signers/s1/close").want(t, http.StatusOK, "")
	if first.text(t, "decision") != "done_at_window" || first.text(t, "receipt") == "" || string(first.body) != string(again.body) {
		t.Errorf("got %s and %s", first.body, again.body)
	}
}

func TestRegistry_PullsItsEvents(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 1, "content_digest": shown.text(t, "content_digest"), "reason": "not_agreed",
	}).want(t, http.StatusCreated, "")
	if _, err := w.rows.Sequence(t.Context(), w.clock(), 10); err != nil {
		t.Fatal(err)
	}
	feed := w.registry(t, http.MethodGet, "/events?after=0").want(t, http.StatusOK, "")
	events := feed.list(t, "events")
	if len(events) != 1 || events[0]["type"] != "todo.refused" || events[0]["receipt"] == nil || feed.json(t)["next_after"] != 1.0 {
		t.Fatalf("got %s", feed.body)
	}
	id, _ := events[0]["id"].(string)
	w.registry(t, http.MethodPost, "/events/"+id+"/redeliver").want(t, http.StatusNoContent, "")
	w.registry(t, http.MethodPost, "/events/evt_1/redeliver").want(t, http.StatusNotFound, "not_found")
	if rest := w.registry(t, http.MethodGet, "/events?after=1").want(t, http.StatusOK, ""); len(rest.list(t, "events")) != 0 {
		t.Errorf("got %s, want nothing more", rest.body)
	}
}

// A rejected request is logged with its key and the rule that it breaks. What it should have signed is answered only in a
// sandbox.
func TestRegistry_IsToldWhichRuleItsSignatureBreaks(t *testing.T) {
	t.Parallel()
	for _, environment := range []string{"sandbox", "production"} {
		w := newFixture(t, func(d *bff.Deps) { d.Environment = environment })
		w.third.script(func(f *thirdParties) {
			f.verify = func() error {
				return &todo.RequestError{Code: todo.SignatureInvalid, Rule: todo.RuleSignatureMismatch, KeyID: "beijing-1", Base: "the base"}
			}
		})
		got := w.registry(t, http.MethodGet, "/events").want(t, http.StatusUnauthorized, todo.SignatureInvalid)
		if rule := got.list(t, "errors")[0]["rule"]; rule != todo.RuleSignatureMismatch {
			t.Errorf("%s: got the rule %v, want %s", environment, rule, todo.RuleSignatureMismatch)
		}
		shown := got.json(t)["signature_base"] == "the base"
		if shown != (environment == "sandbox") {
			t.Errorf("%s: got %s", environment, got.body)
		}
		for _, field := range []string{`"code":"signature_invalid"`, `"rule":"signature_mismatch"`, `"key_id":"beijing-1"`} {
			if log := w.log.String(); !strings.Contains(log, field) || strings.Contains(log, "the base") {
				t.Errorf("%s: got the log %s, want %s in it", environment, log, field)
			}
		}
	}
}

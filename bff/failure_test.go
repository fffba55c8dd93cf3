package bff_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/identity"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// listed returns the catalogue in a language.
func (w *fixture) listed(t *testing.T, language string) []object {
	t.Helper()
	ask := request{method: http.MethodGet, path: "/v1/failures", header: map[string]string{"Accept-Language": language}}
	return w.send(t, ask).want(t, http.StatusOK, "").list(t, "failures")
}

// lastRemedy returns the n-th remedy from the end, the last being 1.
func lastRemedy(t *testing.T, code object, n int) object {
	t.Helper()
	all, ok := code["remedies"].([]any)
	if !ok || len(all) < n {
		t.Fatalf("got remedies %v", code["remedies"])
	}
	remedy, ok := all[len(all)-n].(object)
	if !ok {
		t.Fatalf("got remedy %v", all[len(all)-n])
	}
	return remedy
}

func TestFailures_AreServedInEveryLanguage(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for language, pick := range map[string]func(identity.Text) string{
		"zh-CN": func(x identity.Text) string { return x.Chinese },
		"zh-TW": func(x identity.Text) string { return x.Traditional },
		"en":    func(x identity.Text) string { return x.English },
	} {
		got := w.listed(t, language)
		entries := failure.Catalogue()
		if len(got) != len(entries) {
			t.Fatalf("got %d failures, want %d", len(got), len(entries))
		}
		for i, entry := range entries {
			window := lastRemedy(t, got[i], 2)
			if got[i]["code"] != string(entry.Code) || got[i]["prompt"] != pick(entry.Prompt) || got[i]["cause"] != pick(entry.Cause) {
				t.Errorf("%s: got %v", language, got[i])
			}
			if window["kind"] != "service_window" || window["slip_code"] != nil {
				t.Errorf("%s: a slip for nobody: %v", entry.Code, window)
			}
		}
	}
}

func TestFailure_PointsAtTheForm(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	for name, test := range map[string]struct {
		number, name, until string
		code, first         string
	}{
		"a residence permit as a resident ID": {number: "810000199001010019", name: "陈样章", until: "长期", code: "document_type_differs", first: "choose_type"},
		"a wrong check digit":                 {number: "110105194912310021", name: "陈样章", until: "长期", code: "number_input_wrong", first: "check_number"},
		"a name with a star":                  {number: "11010519491231002X", name: "陈*章", until: "长期", code: "name_input_wrong", first: "check_spelling"},
		"an end before the start":             {number: "11010519491231002X", name: "陈样章", until: "1999-12-31", code: "validity_input_wrong", first: "check_validity"},
		"a month that is none":                {number: "11010519491231002X", name: "陈样章", until: "2035-13-01", code: "validity_input_wrong", first: "check_validity"},
	} {
		got := p.call(t, http.MethodPost, "/v1/verifications", object{
			"purpose": "access", "document": object{"type": "resident_id", "number": test.number, "name": test.name, "valid_from": "2015-03-01", "valid_until": test.until},
		}).want(t, http.StatusUnprocessableEntity, "values_invalid")
		if got.text(t, "failure", "code") != test.code || !strings.Contains(string(got.body), `"remedies":[{"kind":"`+test.first+`"`) {
			t.Errorf("%s: got %s", name, got.body)
		}
	}
}

func TestFailure_OfAnExpiredDocument(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	start := func(user, until string) reply {
		document := zhang()
		document["valid_from"], document["valid_until"] = "2006-03-01", until
		return w.login(t, user).agree(t).call(t, http.MethodPost, "/v1/verifications", object{"purpose": "access", "document": document})
	}
	gone := start("zhang", "2016-03-01").want(t, http.StatusUnprocessableEntity, "document_expired")
	if gone.text(t, "failure", "code") != "document_expired" {
		t.Errorf("it does not say what to do: %s", gone.body)
	}
	if strings.Contains(string(gone.body), "other_method") {
		t.Errorf("it sends to another way, and there is none: %s", gone.body)
	}
	start("zhao", "长期").want(t, http.StatusCreated, "")
}

func TestFailure_TellsWhenAndCarriesASlip(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got, id := w.failed(t, &verification.ExhaustedError{NextAt: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)})
	if later := lastRemedy(t, got, 3); later["kind"] != "retry_later" || later["not_before"] != "2026-11-22T08:00:00Z" {
		t.Errorf("it does not say when: %v", later)
	}
	if slip := lastRemedy(t, got, 2)["slip_code"]; slip != bff.WindowSlip(id) {
		t.Errorf("got slip %v, want the end of the request id", slip)
	}
	hidden, _ := w.failed(t, &verification.ExhaustedError{
		Quota: policy.Quota{Hidden: true}, NextAt: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC),
	})
	if later := lastRemedy(t, hidden, 3); later["not_before"] != nil {
		t.Errorf("it tells of the tries of others: %v", later)
	}
}

// failed returns the failure that the API answers for an error of the rules, and the id of the request.
func (w *fixture) failed(t *testing.T, err error) (code object, requestID string) {
	t.Helper()
	w.third.script(func(f *thirdParties) { f.verify = func() error { return err } })
	got := w.sendPlain(t, request{method: http.MethodGet, path: "/registry/v1/cases/case-1"})
	code, ok := got.json(t)["failure"].(object)
	if !ok {
		t.Fatalf("no failure: %s", got.body)
	}
	return code, got.header.Get("X-Request-Id")
}

func TestFailure_EvenABrokenServerShowsAWay(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	open := func(code, version string) reply {
		return w.send(t, request{method: http.MethodPost, path: "/v1/sessions", key: newKey(), body: object{
			"channel": "alipay", "auth_code": code, "client": object{"platform": "ios", "version": version},
		}})
	}
	down := open("unavailable", "17.0").want(t, http.StatusServiceUnavailable, "temporarily_unavailable")
	old := open("zhang-1", "9.0").want(t, http.StatusForbidden, "client_unsupported")
	if down.text(t, "failure", "code") != "try_again_later" || old.text(t, "failure", "code") != "client_unsupported" {
		t.Errorf("got %s and %s, want the ways on", down.body, old.body)
	}
	barred := open("barred", "17.0").want(t, http.StatusForbidden, "risk_refused")
	if barred.text(t, "failure", "code") != "risk_refused" {
		t.Errorf("got %s, want the ways on", barred.body)
	}
	registry := w.answerTo(t, session.ErrUnavailable)
	if registry.text(t, "failure", "code") != "" {
		t.Errorf("a registry is sent to the window: %s", registry.body)
	}
}

func TestSlipCode(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"M3AMB1UJ2SVTE5PN2D61TQV5": "2D61-TQV5", "unnamed": "UNNAMED", "0f2a-4b6c-8d0e": "4B6C-8D0E",
	} {
		if got := bff.WindowSlip(id); got != want {
			t.Errorf("got %s for %s, want %s", got, id, want)
		}
	}
}

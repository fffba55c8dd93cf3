package bff_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
)

// filed returns the evidence of a confirmation on behalf of an enterprise, as it was served, and the report on its
// receipt.
func (w *fixture) filed(t *testing.T) ([]byte, receipt.Report) {
	t.Helper()
	p := w.enter(t)
	signers := w.push(t, "case-1", representative()).want(t, http.StatusCreated, "").list(t, "signers")
	shown := p.detail(t, signers[0])
	made := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	proof := p.call(t, http.MethodGet, made.header.Get("Location")+"/receipt", nil).want(t, http.StatusOK, "")
	report, err := receipt.Verify(proof.body, w.deps.JWKS())
	if err != nil {
		t.Fatal(err)
	}
	return w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "").body, report
}

func (p person) verifiedReceipt(t *testing.T, confirmation string) receipt.Report {
	t.Helper()
	proof := p.call(t, http.MethodGet, confirmation+"/receipt", nil).want(t, http.StatusOK, "")
	report, err := receipt.Verify(proof.body, p.w.deps.JWKS())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// A registry that was away while the next revision was answered can still file the evidence of the first one.
func TestEvidence_OfAnEarlierRevisionCanBeFetched(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	made := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	first := p.verifiedReceipt(t, made.header.Get("Location"))

	changed := sampleCase(2)
	changed["items"] = []object{{"label": "注册资本", "value": "贰佰万元"}}
	shown = p.detail(t, w.push(t, "case-1", changed).want(t, http.StatusOK, "").list(t, "signers")[0])
	w.pass(time.Second)
	made = p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/refusal", object{
		"revision": 2, "content_digest": shown.text(t, "content_digest"), "reason": "content_wrong",
	}).want(t, http.StatusCreated, "")
	second := p.verifiedReceipt(t, made.header.Get("Location"))

	for query, report := range map[string]receipt.Report{"?revision=1": first, "?revision=2": second, "": second} {
		file := w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence"+query).want(t, http.StatusOK, "").body
		if _, err := todo.CheckEvidence(file, report); err != nil {
			t.Errorf("evidence%s: %v", query, err)
		}
	}
	w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence?revision=3").want(t, http.StatusNotFound, "not_found")
	w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence?revision=0").want(t, http.StatusUnprocessableEntity, "values_invalid")
}

func TestEvidence_EveryChangeOfOneMemberIsRejectedByName(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	file, report := w.filed(t)
	if _, err := todo.CheckEvidence(file, report); err != nil {
		t.Fatalf("the variants prove nothing, the file itself is rejected: %v", err)
	}
	all := variants(t, file)
	for _, v := range all {
		if v.text == string(file) {
			t.Errorf("%s: the variant is the file", v.name)
			continue
		}
		_, err := todo.CheckEvidence([]byte(v.text), report)
		if err == nil {
			t.Errorf("%s: got none, want it rejected", v.name)
			continue
		}
		member, _, _ := strings.Cut(v.path[1:], "/")
		if !strings.Contains(err.Error(), member) {
			t.Errorf("%s: got %v, want %s named", v.name, err, member)
		}
		for _, private := range []string{zhangName, zhangNumber} {
			if strings.Contains(err.Error(), private) {
				t.Errorf("%s: the error quotes a value", v.name)
			}
		}
	}
	const least = 200 // the members of an evidence file, times the ways to change one
	if len(all) < least {
		t.Errorf("got %d variants, want at least %d", len(all), least)
	}
	t.Logf("%d variants, all rejected", len(all))
}

func TestEvidence_NothingAtAllIsRejected(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	file, report := w.filed(t)
	for name, text := range map[string]string{
		"an empty object":  `{}`,
		"an empty file":    ``,
		"a receipt alone":  `{"openings":[],"receipt":"` + report.Receipt + `"}`,
		"a second object":  string(file) + `{}`,
		"a line break":     string(file) + "\n",
		"an indented file": "{ " + string(file[1:]),
	} {
		if _, err := todo.CheckEvidence([]byte(text), report); err == nil {
			t.Errorf("%s: got none, want it rejected", name)
		}
	}
}

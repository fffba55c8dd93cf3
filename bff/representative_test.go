package bff_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// representative returns a case in which Zhang signs for a company that is a shareholder, and for himself.
func representative() object {
	asked := sampleCase(1)
	asked["signers"] = []object{
		{"signer_id": "s1", "role": "股东", "document": zhang(), "represents": object{
			"enterprise_name": "样例投资有限公司", "credit_code": "91000000MA0000000N", "capacity": "法定代表人",
		}},
		{"signer_id": "s2", "role": "监事", "document": zhang()},
	}
	return asked
}

func TestRepresentative_SeesTheLegalPersonInListAndDetail(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	pushed := w.push(t, "case-1", representative()).want(t, http.StatusCreated, "")
	signers := pushed.list(t, "signers")
	if signers[0]["represented"] != "样例投资有限公司" || signers[1]["represented"] != nil {
		t.Errorf("the registry's view does not tell both roles apart: %s", pushed.body)
	}
	for _, row := range p.call(t, http.MethodGet, "/v1/todos", nil).list(t, "todos") {
		if (row["role"] == "股东") != (row["represented"] == "样例投资有限公司") {
			t.Errorf("got %v, want the enterprise on the row of the shareholder only", row)
		}
	}
	shown := p.detail(t, signers[0])
	if shown.text(t, "content", "represents", "capacity") != "法定代表人" {
		t.Errorf("the detail does not say on whose behalf: %s", shown.body)
	}
	if own := p.detail(t, signers[1]); strings.Contains(string(own.body), "represents") {
		t.Errorf("the detail of an own role names an enterprise: %s", own.body)
	}
}

func (p person) detail(t *testing.T, signer object) reply {
	t.Helper()
	id, _ := signer["todo_id"].(string)
	return p.call(t, http.MethodGet, "/v1/todos/"+id, nil).want(t, http.StatusOK, "")
}

func TestRepresentative_SignsForALegalPerson(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	signers := w.push(t, "case-1", representative()).want(t, http.StatusCreated, "").list(t, "signers")
	shown := p.detail(t, signers[0])
	made := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	if made.text(t, "represented") != "样例投资有限公司" {
		t.Errorf("the answer does not say on whose behalf: %s", made.body)
	}
	evidence := w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusOK, "")
	sealed := slices.ContainsFunc(evidence.list(t, "openings"), func(o object) bool {
		content, isObject := o["value"].(map[string]any)
		return isObject && o["domain"] == "renzheng/content/1" && content["represents"] != nil
	})
	if !sealed {
		t.Error("the receipt does not commit to the enterprise")
	}
	for _, file := range []string{w.path, w.path + "-wal"} {
		if stored, err := os.ReadFile(file); err != nil || bytes.Contains(stored, []byte("样例投资有限公司")) {
			t.Errorf("%s: got the enterprise in plain text (%v), want it encrypted with the case", filepath.Base(file), err)
		}
	}
}

func TestRepresentative_IsNamedInFullOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	for place, spoil := range map[string]func(represents object){
		"/signers/0/represents/capacity":        func(r object) { delete(r, "capacity") },
		"/signers/0/represents/enterprise_name": func(r object) { r["enterprise_name"] = "" },
		"/signers/0/represents/credit_code":     func(r object) { r["credit_code"] = "91000000MA0000000n" },
	} {
		asked := representative()
		represents, _ := asked["signers"].([]object)[0]["represents"].(object)
		spoil(represents)
		refused := w.push(t, "case-1", asked)
		if refused.status != http.StatusUnprocessableEntity || !strings.Contains(string(refused.body), `"`+place+`"`) {
			t.Errorf("%s: got %d %s", place, refused.status, refused.body)
		}
	}
}

package bff_test

import (
	"context"
	"net/http"
	"testing"

	"renzheng/receipt"
	"renzheng/todo"
)

// caseRow returns our id of a case of the sample registry.
func (w *fixture) caseRow(t *testing.T, caseID string) string {
	t.Helper()
	found, err := w.rows.CaseOutline(context.Background(), "beijing", caseID)
	if err != nil {
		t.Fatal(err)
	}
	return found.ID
}

// After the end of its period an answer is "signed; content erased": its receipt still verifies for the person and the
// registry, and the case takes no more calls.
func TestErased_LeavesAReceiptThatVerifies(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	p := w.enter(t)
	shown := p.openTodo(t)
	made := p.call(t, http.MethodPost, "/v1/todos/"+shown.text(t, "id")+"/confirmation", p.sign(t, shown)).want(t, http.StatusCreated, "")
	self := made.header.Get("Location")
	before := p.verifiedReceipt(t, self)
	if err := w.rows.EraseCase(t.Context(), w.caseRow(t, "case-1"), w.clock()); err != nil {
		t.Fatal(err)
	}

	after := p.verifiedReceipt(t, self)
	if after.Receipt != before.Receipt {
		t.Error("the receipt has changed")
	}
	answer := p.call(t, http.MethodGet, self, nil).want(t, http.StatusOK, "")
	if got := answer.text(t, "enterprise_name") + answer.text(t, "role"); got != "" || answer.json(t)["erased"] != true {
		t.Errorf("got %s, want it erased", answer.body)
	}
	if listed := p.call(t, http.MethodGet, "/v1/confirmations", nil).want(t, http.StatusOK, "").list(t, "confirmations"); len(listed) != 1 {
		t.Errorf("got %d confirmations in the list, want 1", len(listed))
	}
	gone := w.registry(t, http.MethodGet, "/cases/case-1/signers/s1/evidence").want(t, http.StatusGone, todo.CodeEvidenceErased)
	if report, err := receipt.Verify([]byte(gone.text(t, "receipt")), w.deps.JWKS()); err != nil || report.Receipt != before.Receipt {
		t.Errorf("the receipt of the problem: %v", err)
	}
	w.registry(t, http.MethodGet, "/cases/case-1").want(t, http.StatusGone, todo.CodeCaseErased)
	w.registry(t, http.MethodDelete, "/cases/case-1").want(t, http.StatusGone, todo.CodeCaseErased)
	w.push(t, "case-1", sampleCase(2)).want(t, http.StatusGone, todo.CodeCaseErased)
}

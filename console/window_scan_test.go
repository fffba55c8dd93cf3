package console_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/console/consoletest"
	"renzheng/material/materialtest"
	"renzheng/receipt"
	"renzheng/todo"
	"renzheng/window"
)

// filed returns the evidence of the only answer to a case as its registry gets it, after it was checked.
func (h *hall) filed(t *testing.T, caseID string) (receipt.Evidence, receipt.Statement) {
	t.Helper()
	e, err := h.todos.GetEvidence(t.Context(), todo.EvidenceQuery{RegistryID: "beijing", CaseID: caseID, SignerID: "s0"})
	if err != nil {
		t.Fatal(err)
	}
	file, err := e.File().Encode()
	if err != nil {
		t.Fatal(err)
	}
	report, err := receipt.Verify([]byte(e.Confirmation.Receipt), h.keys())
	if err != nil {
		t.Fatal(err)
	}
	checked, err := todo.CheckEvidence(file, report)
	if err != nil {
		t.Fatal(err)
	}
	return checked, report.Statement
}

func scansThePaper(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := h.read(t, b, typed(id, d)).Want(http.StatusOK, "Scanned pages of the signed paper", "no PDF")
	visit := strings.TrimSuffix(page.Path, "/todos")
	photo := materialtest.PhotoJPEG(t)
	page.Attach(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}, consoletest.Files{"scan": {photo, photo}}).Want(http.StatusOK, "Done")
	e, s := h.filed(t, id)
	if len(e.Scan) != 2 || s.Scan == "" || s.Window.Manner != receipt.SignedPaper || bytes.Contains(e.Scan[0], photo) {
		t.Errorf("got %d pages, %+v", len(e.Scan), s)
	}
}

func scansNoPicture(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	form := url.Values{"decision": {"done_at_window"}, "paper": {"12"}}
	for text, files := range map[string]consoletest.Files{
		"Turn a PDF into pictures": {"scan": {[]byte("%PDF-1.7\n%âãÏÓ")}},
		"HEIC is not accepted":     {"scan": {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")}},
		"more than 5 pages":        {"scan": bytes.SplitAfter(bytes.Repeat([]byte("x;"), todo.MaxScanPages+1), []byte(";"))[:todo.MaxScanPages+1]},
	} {
		page.Attach(visit+"/answer", form, files).Want(http.StatusUnprocessableEntity, text, "Nothing was saved")
	}
	page.Attach(visit+"/answer", form, consoletest.Files{"scan": {make([]byte, 25<<20)}}).Want(http.StatusRequestEntityTooLarge)
	if n := h.count(t, string(window.KindAnswered)); n != 0 {
		t.Errorf("the ledger has %d answers", n)
	}
	page.Submit(visit+"/answer", form).Want(http.StatusOK, "Done") // the paper alone is enough
}

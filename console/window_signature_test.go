package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/material/materialtest"
	"renzheng/receipt"
	"renzheng/todo"
	"renzheng/window"
)

func TestSignature_StoriesOfTheClerk(t *testing.T) {
	t.Parallel()
	play(t, "clerk", []story{
		{"scans a signed paper", scansThePaper},
		{"scans what is no picture", scansNoPicture},
		{"lets the person sign on a pad", signsOnAPad},
		{"lets a person decline on a pad", declinesOnAPad},
		{"sends a signature twice", signsTwice},
		{"signs while a colleague scans", signsAtOnce},
		{"opens no pad for a person who cannot write", opensNoPad},
		{"has a revision while the person signs", signsARevision},
		{"ends the visit while the person signs", endsWhileSigning},
		{"photographs the document", photographs},
		{"photographs what is no document", photographsNoPicture},
	})
}

func TestSignature_StoriesOfTheSupervisor(t *testing.T) {
	t.Parallel()
	play(t, "supervisor", []story{
		{"looks at the photos of a document", looksAtPhotos},
		{"looks at them again for a dispute", looksAgainForADispute},
		{"approves no document whose photo is gone", missesAPhoto},
		{"returns a document with its photos", returnsPhotos},
	})
}

// handwriting is what the script of the pad sends.
func handwriting(n int) string {
	return todo.Strokes{Width: 1000, Height: 500, Strokes: [][]todo.Point{{{X: 100, Y: 100}, {X: 500 + n, Y: 220, Millis: 90}, {X: 620, Y: 400, Millis: 240}}}}.Encode()
}

// pad is the page on which the person of a visit signs.
func (h *hall) pad(t *testing.T, b *consoletest.Browser, form url.Values) (pad *consoletest.Page, visit string) {
	t.Helper()
	page := h.read(t, b, form)
	visit = strings.TrimSuffix(page.Path, "/todos")
	return page.Submit(visit+"/pad", nil).Want(http.StatusOK, "北京样例科技有限公司", "壹佰万元", "sign on paper"), visit
}

func signed(n int) url.Values {
	return url.Values{"decision": {"done_at_window"}, "strokes": {handwriting(n)}}
}

func signsOnAPad(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	pad, visit := h.pad(t, b, typed(id, d))
	if got := pad.Header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; script-src 'self'") || strings.Contains(got, "unsafe") {
		t.Errorf("the page of the pad has the policy %q", got)
	}
	if got := b.Open(visit).Header.Get("Content-Security-Policy"); strings.Contains(got, "script-src") {
		t.Errorf("the page of the visit has the policy %q", got)
	}
	_, rest, _ := strings.Cut(pad.Body, `<script src="`)
	address, _, _ := strings.Cut(rest, `"`)
	if script := h.Browser(t).Open(address); script.Status != http.StatusOK || !strings.HasPrefix(script.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("%s: got %d %s", address, script.Status, script.Header.Get("Content-Type"))
	}
	pad.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}}).Want(http.StatusUnprocessableEntity, "does not fit")
	pad.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "strokes": {"AQ"}}).Want(http.StatusConflict, "Let the person sign again", "Nothing was saved")
	pad.Submit(visit+"/answer", signed(0)).Want(http.StatusOK, "Done")
	e, s := h.filed(t, id)
	if s.Window.Manner != receipt.SignedPad || s.StatementBy != receipt.Authority || s.Decision != receipt.DoneAtWindow || len(e.Handwriting) == 0 {
		t.Errorf("got %+v", s)
	}
	again := h.asked(t, d)
	pad, visit = h.pad(t, b, typed(again, d))
	pad.Submit(visit+"/answer", signed(0)).Want(http.StatusConflict, "used before")
	pad.Submit(visit+"/answer", signed(1)).Want(http.StatusOK, "Done")
}

func declinesOnAPad(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	pad, visit := h.pad(t, b, typed(id, d))
	no := signed(0)
	no.Set("decision", "refused")
	pad.Submit(visit+"/answer", no).Want(http.StatusConflict, "Choose why")
	no.Set("why", "not_agreed")
	pad.Submit(visit+"/answer", no).Want(http.StatusOK, "Done")
	if e, s := h.filed(t, id); s.Decision != receipt.Declined || len(e.Handwriting) == 0 {
		t.Errorf("got %+v", s)
	}
}

func signsTwice(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	pad, visit := h.pad(t, b, typed(id, d))
	for range 2 { // a double click
		pad.Submit(visit+"/answer", signed(0)).Want(http.StatusOK, "Done")
	}
	pad.Submit(visit+"/answer", signed(1)).Want(http.StatusConflict, "It was already answered") // this handwriting is not filed
	pad.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "manner": {"signed_paper"}, "paper": {"1"}, "strokes": {""}}).Want(http.StatusConflict, "It was already answered")
	if _, s := h.filed(t, id); s.Window.Manner != receipt.SignedPad || h.count(t, string(window.KindAnswered)) != 1 {
		t.Errorf("got %+v, and %d answers in the ledger", s, h.count(t, string(window.KindAnswered)))
	}
}

func signsAtOnce(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	pad, visit := h.pad(t, b, typed(id, d))
	colleague := h.SignedIn(t, "clerk2").Open(visit).Submit(visit+"/todos", nil).Want(http.StatusOK, "壹佰万元")
	photo := materialtest.PhotoJPEG(t)
	answers := make([]*consoletest.Page, 2)
	var wait sync.WaitGroup
	wait.Go(func() { answers[0] = pad.Submit(visit+"/answer", signed(0)) })
	wait.Go(func() {
		answers[1] = colleague.Attach(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"1"}}, consoletest.Files{"scan": {photo}})
	})
	wait.Wait()
	if answers[0].Status+answers[1].Status != http.StatusOK+http.StatusConflict {
		t.Errorf("got %d and %d, want one answer that is filed and one that is not", answers[0].Status, answers[1].Status)
	}
	e, s := h.filed(t, id)
	if (s.Window.Manner == receipt.SignedPad) != (len(e.Scan) == 0) || h.count(t, string(window.KindAnswered)) != 1 {
		t.Errorf("got %s with %d pages, and %d answers in the ledger", s.Window.Manner, len(e.Scan), h.count(t, string(window.KindAnswered)))
	}
}

func opensNoPad(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("unable", "yes")
	form.Set("witness", "王五")
	page := h.read(t, b, form)
	visit := strings.TrimSuffix(page.Path, "/todos")
	if page.HasForm(visit + "/pad") {
		t.Error("the page offers a pad")
	}
	b.Post(visit+"/pad", url.Values{"form_token": {page.Field("form_token")}, "todo": {page.Field("todo")}}).Want(http.StatusNotFound)
	b.Post(visit+"/answer", url.Values{
		"form_token": {page.Field("form_token")}, "todo": {page.Field("todo")}, "revision": {page.Field("revision")}, "digest": {page.Field("digest")},
		"manner": {"signed_pad"}, "strokes": {handwriting(0)}, "decision": {"done_at_window"},
	}).Want(http.StatusUnprocessableEntity, "does not fit")
}

func signsARevision(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	pad, visit := h.pad(t, b, typed(id, d))
	h.Clock.Move(time.Minute)
	h.push(t, id, 2, "贰佰万元", d)
	shown := pad.Submit(visit+"/answer", signed(0)).Want(http.StatusConflict, "The content has changed", "贰佰万元")
	// The page now shows the revision; what was signed before it is still not taken for it.
	pad.Submit(visit+"/answer", signed(0)).Want(http.StatusConflict, "The content has changed")
	shown.Submit(visit+"/pad", nil).Want(http.StatusOK, "贰佰万元").Submit(visit+"/answer", signed(0)).Want(http.StatusOK, "Done")
	if _, s := h.filed(t, id); s.Revision != 2 {
		t.Errorf("got %+v", s)
	}
}

func endsWhileSigning(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	pad, visit := h.pad(t, b, typed(h.asked(t, d), d))
	photo := materialtest.PhotoJPEG(t)
	other := h.SignedIn(t, "clerk-there")
	other.Post(visit+"/answer", url.Values{"form_token": {other.Open("/window").Field("form_token")}, "revision": {"1"}}).Want(http.StatusNotFound)
	b.Open(visit).Submit(visit+"/end", url.Values{"outcome": {"left"}}).Want(http.StatusOK, "ended")
	pad.Submit(visit+"/answer", signed(0)).Want(http.StatusConflict, "The state has changed")
	pad.Attach(visit+"/answer", url.Values{"manner": {"signed_paper"}, "paper": {"1"}, "decision": {"done_at_window"}}, consoletest.Files{"scan": {photo}}).
		Want(http.StatusConflict, "The state has changed")
	if n := h.count(t, string(window.KindAnswered)); n != 0 {
		t.Errorf("the ledger has %d answers", n)
	}
}

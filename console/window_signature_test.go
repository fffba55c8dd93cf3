package console_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/material"
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
		{"returns a document with its photos", returnsPhotos},
	})
}

// handwriting is what the script of the pad sends.
func handwriting(n int) string {
	return todo.Strokes{Width: 1000, Height: 500, Strokes: [][]todo.Point{{{X: 100, Y: 100}, {X: 500 + n, Y: 220, Millis: 90}, {X: 620, Y: 400, Millis: 240}}}}.Encode()
}

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

func photographs(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	photo := materialtest.PhotoJPEG(t)
	page := begin(b).Want(http.StatusOK, "Photo of the document", "Front", "Back")
	page = page.Attach(visits, typed(h.asked(t, d), d), consoletest.Files{"photo_front": {photo}, "photo_back": {photo}}).Want(http.StatusOK, "Submitted")
	b.Open(page.Path + "/photos/front").Want(http.StatusForbidden) // the clerk has seen the document itself
	page.WantNot("/photos/")
}

func photographsNoPicture(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form, photo := typed(h.asked(t, d), d), materialtest.PhotoJPEG(t)
	page := begin(b)
	page = page.Attach(visits, form, consoletest.Files{"photo_front": {[]byte("<svg onload=alert(1)>")}}).Want(http.StatusUnprocessableEntity, "not a picture that is accepted")
	page.WantNot("onload").Attach(visits, form, consoletest.Files{"photo_back": {photo}}).Want(http.StatusUnprocessableEntity, "photo of the front").
		Attach(visits, form, consoletest.Files{"photo_front": {photo, photo}}).Want(http.StatusUnprocessableEntity, "at most one").
		Attach(visits, form, consoletest.Files{"photo_front": {photo}}).Want(http.StatusOK, "Submitted")
}

func looksAtPhotos(t *testing.T, h *hall, b *consoletest.Browser) {
	d, photo := h.adult(t), materialtest.PhotoJPEG(t)
	page := begin(h.SignedIn(t, "clerk")).Attach(visits, typed(h.asked(t, d), d), consoletest.Files{"photo_front": {photo}, "photo_back": {photo}})
	b.Open(page.Path+"/photos/front").Want(http.StatusConflict, "Look at the document first")
	shown := b.Open(page.Path).WantNot("/photos/").Submit(page.Path+"/evidence", nil).Want(http.StatusOK, d.Number.Reveal())
	for _, side := range window.Sides() {
		address := page.Path + "/photos/" + string(side)
		if !strings.Contains(shown.Body, `<img src="`+address+`"`) {
			t.Errorf("the page lacks the %s", side)
		}
		picture := b.Open(address)
		if picture.Status != http.StatusOK || !materialtest.IsClean(material.Picture, []byte(picture.Body)) {
			t.Errorf("%s: got %d", side, picture.Status)
		}
		for name, want := range map[string]string{"Content-Type": "image/jpeg", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
			if got := picture.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", side, name, got)
			}
		}
		if !strings.HasPrefix(picture.Header.Get("Content-Security-Policy"), "sandbox;") {
			t.Errorf("%s: it is not in a sandbox", side)
		}
	}
	b.Open(page.Path + "/photos/edge").Want(http.StatusNotFound)
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusOK, "Approved")
	b.Open(page.Path + "/photos/front").Want(http.StatusConflict)
	if got := h.Logs.String(); strings.Contains(got, "front") || strings.Contains(got, d.Number.Reveal()) {
		t.Error("a log names the photo or the number")
	}
}

func returnsPhotos(t *testing.T, h *hall, b *consoletest.Browser) {
	d, photo := h.adult(t), materialtest.PhotoJPEG(t)
	clerk := h.SignedIn(t, "clerk")
	form := typed(h.asked(t, d), d)
	page := begin(clerk).Attach(visits, form, consoletest.Files{"photo_front": {photo}})
	b.Open(page.Path).Submit(page.Path+"/evidence", nil).Submit(page.Path+"/decision", url.Values{"decision": {"return"}}).Want(http.StatusOK, "Returned")
	clerk.Open(page.Path).Submit(visits, form).Want(http.StatusOK, "Submitted")
	b.Open(page.Path).Submit(page.Path+"/evidence", nil).Want(http.StatusOK, d.Number.Reveal()).WantNot("/photos/")
}

// R55: whatever a clerk or a thief of their session uploads, nothing of the file itself is served.
func TestUploads_HostileFiles(t *testing.T) { //nolint:paralleltest // it measures the memory of the process
	h := newHall(t)
	b := h.SignedIn(t, "clerk")
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	files, raw := materialtest.Corpus(t), 0
	peak := materialtest.WatchMemory()
	for _, f := range files {
		// A picture that is sent instead of a video is one here.
		rejected := f.Reason != "" && f.Kind == material.Picture || f.Kind == material.Video && !bytes.HasPrefix(f.Content, []byte("\xff\xd8\xff"))
		none := len(f.Content) == 0 // as if no file was chosen
		seen := begin(b)
		id := seen.Path
		seen = seen.Attach(visits, typed(h.asked(t, d), d), consoletest.Files{"photo_front": {f.Content}})
		switch {
		case (seen.Status == http.StatusOK) != (!rejected || none):
			t.Errorf("%s as a photo: got %d: %s", f.Name, seen.Status, seen.Text())
		case !rejected:
			supervisor := h.SignedIn(t, "supervisor")
			supervisor.Open(id).Submit(id+"/evidence", nil)
			raw += rawOf([]byte(supervisor.Open(id+"/photos/front").Body), f)
		}
		b.Open(id).Submit(id+"/end", url.Values{"outcome": {"wrong"}})
		if rejected && !none {
			scanned := page.Attach(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"1"}}, consoletest.Files{"scan": {f.Content, materialtest.PhotoJPEG(t)}})
			if scanned.Status != http.StatusUnprocessableEntity && scanned.Status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s as a scan: got %d", f.Name, scanned.Status)
			}
			continue
		}
		other := h.adult(t)
		caseID := h.asked(t, other)
		shown := h.read(t, b, typed(caseID, other))
		at := strings.TrimSuffix(shown.Path, "/todos")
		shown.Attach(at+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"1"}}, consoletest.Files{"scan": {f.Content, materialtest.PhotoJPEG(t)}}).Want(http.StatusOK, "Done")
		e, _ := h.filed(t, caseID)
		for _, p := range e.Scan {
			raw += rawOf(p, f)
		}
	}
	most := peak()
	fmt.Printf("uploads at the window: files: %d, served raw: %d, memory at most: %d MiB\n", len(files), raw, most>>20)
	if raw > 0 {
		t.Errorf("%d files were served raw", raw)
	}
	if most > 512<<20 {
		t.Errorf("memory grew to %d MiB, want at most 512", most>>20)
	}
}

// rawOf returns 1 if something of a file is in what is served.
func rawOf(served []byte, f materialtest.File) int {
	if !materialtest.IsClean(material.Picture, served) || bytes.Equal(served, f.Content) || bytes.Contains(served, []byte(materialtest.Secret[:12])) {
		return 1
	}
	return 0
}

// Every reason for which a picture is rejected has a text in both languages.
func TestUploads_ExplainEveryRejection(t *testing.T) {
	t.Parallel()
	texts := windowTexts(t)
	for _, reason := range material.Reasons() {
		if text := texts["problem.picture_"+string(reason)]; text["en"] == "" || text["zh-Hans"] == "" {
			t.Errorf("%s has no text", reason)
		}
	}
}

func windowTexts(t *testing.T) map[string]map[string]string {
	t.Helper()
	content, err := os.ReadFile("texts/window.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]map[string]string
	if err = json.Unmarshal(content, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

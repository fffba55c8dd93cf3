package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/material"
	"renzheng/material/materialtest"
	"renzheng/window"
)

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
	for _, side := range []window.Side{window.Front, window.Back} {
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

func looksAgainForADispute(t *testing.T, h *hall, b *consoletest.Browser) {
	d, photo, clerk := h.adult(t), materialtest.PhotoJPEG(t), h.SignedIn(t, "clerk")
	visit := begin(clerk).Attach(visits, typed(h.asked(t, d), d), consoletest.Files{"photo_front": {photo}}).Path
	b.Open(visit).Submit(visit+"/evidence", nil).WantNot(visit+"/dispute").Submit(visit+"/decision", url.Values{"decision": {"approve"}})
	clerk.Open(visit).WantNot("/dispute").Submit(visit+"/end", url.Values{"outcome": {"done"}})
	page := b.Open("/ledger?reference=" + strings.TrimPrefix(visit, "/window/visits/")).Follow("/window/visits/")
	if page.Path != visit {
		t.Errorf("the ledger leads to %s", page.Path)
	}
	b.Open(visit+"/photos/front").Want(http.StatusConflict, "Back to the visit")
	shown := page.WantNot(d.Number.Reveal(), "/photos/").Submit(visit+"/dispute", nil).Want(http.StatusOK, d.Number.Reveal())
	if !strings.Contains(shown.Body, `<img src="`+visit+`/photos/front"`) {
		t.Error("the page lacks the photo")
	}
	if picture := b.Open(visit + "/photos/front"); picture.Status != http.StatusOK || !materialtest.IsClean(material.Picture, []byte(picture.Body)) {
		t.Errorf("got %d", picture.Status)
	}
	h.Clock.Move(window.PhotoTime + time.Second)
	b.Open(visit+"/photos/front").Want(http.StatusConflict, "Look at the document first")
	h.SignedIn(t, "auditor").Open("/reveals").Want(http.StatusOK, "To answer a dispute")
	other := h.SignedIn(t, "supervisor-there")
	other.Post(visit+"/dispute", url.Values{"form_token": {other.Open("/window").Field("form_token")}}).Want(http.StatusNotFound)
}

func missesAPhoto(t *testing.T, h *hall, b *consoletest.Browser) {
	d, photo := h.adult(t), materialtest.PhotoJPEG(t)
	visit := begin(h.SignedIn(t, "clerk")).Attach(visits, typed(h.asked(t, d), d), consoletest.Files{"photo_front": {photo}}).Path
	shown := b.Open(visit).Submit(visit+"/evidence", nil)
	h.spoil(t, "DELETE FROM visit_photos")
	shown.Submit(visit+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusConflict, "A photo of the document is missing", "return the document").
		Follow(visit).Want(http.StatusOK, "Awaiting approval")
	shown.Submit(visit+"/decision", url.Values{"decision": {"return"}, "why": {"number_differs"}}).Want(http.StatusOK, "Returned")
}

func returnsPhotos(t *testing.T, h *hall, b *consoletest.Browser) {
	d, photo := h.adult(t), materialtest.PhotoJPEG(t)
	clerk := h.SignedIn(t, "clerk")
	form := typed(h.asked(t, d), d)
	page := begin(clerk).Attach(visits, form, consoletest.Files{"photo_front": {photo}})
	b.Open(page.Path).Submit(page.Path+"/evidence", nil).Submit(page.Path+"/decision", url.Values{"decision": {"return"}, "why": {"number_differs"}}).Want(http.StatusOK, "Returned")
	clerk.Open(page.Path).Submit(visits, form).Want(http.StatusOK, "Submitted")
	b.Open(page.Path).Submit(page.Path+"/evidence", nil).Want(http.StatusOK, d.Number.Reveal()).WantNot("/photos/")
}

package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/console/consoletest"
	"renzheng/identity"
	"renzheng/material/materialtest"
	"renzheng/window"
)

func typesDifferently(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("again", h.adult(t).Number.Reveal())
	page := begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "typed differently")
	if !strings.Contains(page.Body, `name="again" value="" required`) || !strings.Contains(page.Body, d.Number.Reveal()) {
		t.Error("the first number is lost, or the second one was kept")
	}
	form.Set("again", d.Number.Reveal())
	page.Submit(visits, form).Want(http.StatusOK, "Awaiting approval")
}

func hasAStranger(t *testing.T, h *hall, b *consoletest.Browser) {
	d, stranger := h.adult(t), h.adult(t)
	begin(b).Submit(visits, typed(h.asked(t, d), stranger)).Want(http.StatusUnprocessableEntity, "does not ask anybody")
	form := typed(h.asked(t, d), d)
	form.Set("number", "123")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "not valid for this type")
	form = typed(h.asked(t, d), d)
	form.Set("reason", "minor")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "for a person under 18")
}

func hasAnotherName(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("name", "李四")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "was compared with the name", "the registry must correct").WantNot("张三")
}

// Who types documents that do not match is stopped, and the ledger has each of them.
func guesses(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := begin(b)
	for range window.DefaultLimits().Member {
		page = page.Submit(visits, typed(id, h.adult(t))).Want(http.StatusUnprocessableEntity, "does not ask anybody")
	}
	page = page.Submit(visits, typed(id, d)).Want(http.StatusTooManyRequests, "Too many documents did not match", "The next one can be entered after")
	if page.Header.Get("Retry-After") != "86400" {
		t.Errorf("got Retry-After %q", page.Header.Get("Retry-After"))
	}
	if n := h.count(t, string(window.KindMissed)); n != window.DefaultLimits().Member {
		t.Errorf("the ledger has %d entries", n)
	}
	b.Open("/window/find?by=case&registry=beijing&code="+id).Want(http.StatusTooManyRequests, "Too many documents, codes or case numbers", "The next search is possible after")
	h.SignedIn(t, "supervisor").Open("/ledger?kind=visit.not_identified").Want(http.StatusOK, "Document did not match", "the person is not asked").WantNot("not_signer")
	h.seen(h.SignedIn(t, "clerk2"), typed(id, d))
}

// guarded is a form of a minor with their parent.
func guarded(form url.Values, parent identity.Document) url.Values {
	for name, value := range map[string]string{
		"reason": "minor", "guardian_type": "resident_id", "guardian_number": parent.Number.Reveal(), "guardian_name": parent.Name.Original(), "relation": "parent",
	} {
		form.Set(name, value)
	}
	return form
}

func servesAMinor(t *testing.T, h *hall, b *consoletest.Browser) {
	d, parent := h.person(t, "20101122", "李小四"), h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("reason", "minor")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "An adult guardian")
	form = guarded(form, parent)
	photo := materialtest.PhotoJPEG(t)
	page := begin(b).Want(http.StatusOK, "Front of the guardian's document").
		Attach(visits, form, consoletest.Files{"photo_front": {photo}, "photo_guardian_front": {photo}, "photo_guardian_back": {photo}}).Want(http.StatusOK, "Submitted")
	supervisor := h.SignedIn(t, "supervisor")
	shown := supervisor.Open(page.Path).Submit(page.Path+"/evidence", nil)
	shown.Want(http.StatusOK, "Parent", parent.Number.Reveal(), "Back of the guardian's document")
	supervisor.Open(page.Path + "/photos/guardian_back").Want(http.StatusOK)
}

func servesNoChild(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.person(t, "20130101", "王小五")
	begin(b).Submit(visits, typed(h.asked(t, d), d)).Want(http.StatusUnprocessableEntity, "Under 14")
}

// Two sessions, two roles and two browsers are one person.
func doesNotApprove(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := h.seen(b, typed(id, d))
	if page.HasForm(page.Path + "/evidence") {
		t.Error("a clerk is offered the approval")
	}
	both := h.SignedIn(t, "clerk-supervisor")
	own := h.seen(both, typed(id, d)).Want(http.StatusOK, "somebody else must approve")
	second := h.SignedIn(t, "clerk-supervisor").Open(own.Path)
	if second.HasForm(own.Path + "/decision") {
		t.Error("the same member is offered the approval in another browser")
	}
	second.Submit(own.Path+"/end", url.Values{"outcome": {"nothing"}}).Want(http.StatusUnprocessableEntity)
	h.SignedIn(t, "clerk-there").Open(page.Path).Want(http.StatusNotFound)
	h.SignedIn(t, "supervisor-there").Open(page.Path).Want(http.StatusNotFound)
	h.SignedIn(t, "operator").Open(page.Path).Want(http.StatusForbidden)
}

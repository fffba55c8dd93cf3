package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/console/consoletest"
	"renzheng/window"
)

func TestWindow_StoriesOfADocumentAlone(t *testing.T) {
	t.Parallel()
	play(t, "clerk", []story{
		{"chooses one of the person's cases", choosesACase},
		{"has a person with one case", hasOneCase},
		{"has a person without a case", hasNoCase},
		{"types a wrong number of a case", typesAWrongCase},
		{"types a number without its registry", typesNoRegistry},
		{"has a person who has answered everything", hasNothingToDo},
		{"looks a case up in which everybody has answered", findsNothingToDo},
		{"is not offered their own case", isNotOfferedTheirOwn},
	})
}

// alone is a form without a case.
func alone(form url.Values) url.Values {
	form.Set("registry", "")
	form.Set("case", "")
	return form
}

func choosesACase(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	first, second, others := h.asked(t, d), h.asked(t, d), h.asked(t, h.adult(t))
	page := begin(b).Want(http.StatusOK, "样例登记机关").Submit(visits, alone(typed("", d)))
	page.Want(http.StatusOK, "Choose the case", "样例登记机关 · "+first, "样例登记机关 · "+second, "todos: 1", "Document not seen yet").WantNot(others, "北京样例科技有限公司")
	h.SignedIn(t, "auditor").Open("/reveals").Want(http.StatusOK, "Numbers of the cases that ask the person", "To serve the person")
	if n := h.count(t, string(window.KindVerified)); n != 0 {
		t.Errorf("the ledger has %d documents before a case was chosen", n)
	}
	page.Submit(visits, url.Values{"chosen": {"beijing " + second}}).Want(http.StatusOK, "Awaiting approval", second).WantNot(first)
}

func hasOneCase(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	form := alone(typed("", d))
	form.Set("registry", "beijing")
	begin(b).Submit(visits, form).Want(http.StatusOK, "Submitted", "Awaiting approval", id)
}

func hasNoCase(t *testing.T, h *hall, b *consoletest.Browser) {
	d, other := h.adult(t), h.adult(t)
	h.asked(t, d)
	begin(b).Submit(visits, alone(typed("", other))).Want(http.StatusUnprocessableEntity, "No registry asks anybody with this document")
	form := alone(typed("", d))
	form.Set("name", "李四")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "was compared with the name").WantNot("张三")
	if n := h.count(t, string(window.KindMissed)); n != 2 {
		t.Errorf("the ledger has %d documents that did not match, want 2", n)
	}
}

func typesAWrongCase(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := begin(b).Submit(visits, typed("2026-9999", d)).Want(http.StatusUnprocessableEntity, "has no open case of this number")
	if page.Field("case") != "2026-9999" || page.Field("number") != d.Number.Reveal() || page.Field("name") != "张三" || page.Field("reason") != "no_smartphone" {
		t.Error("what was typed is lost")
	}
	page.Submit(visits, url.Values{"case": {id}, "again": {d.Number.Reveal()}}).Want(http.StatusOK, "Awaiting approval")
	found := b.Open("/window/find?by=case&registry=beijing&code=2026-9999").Want(http.StatusNotFound, "the registry has no open case of this number")
	if !strings.Contains(found.Body, `value="2026-9999"`) {
		t.Error("the number that was looked up is lost")
	}
}

func typesNoRegistry(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("registry", "")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "Choose the registry")
	if n := h.count(t, string(window.KindMissed)); n != 0 {
		t.Errorf("the ledger has %d documents that did not match", n)
	}
}

// Before a supervisor looks at anything, the clerk learns that there is nothing to do, and can go on for a request to the centre.
func hasNothingToDo(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := h.read(t, b, typed(id, d))
	page.Submit(strings.TrimSuffix(page.Path, "/todos")+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusOK, "Done")
	begin(b).Submit(visits, alone(typed("", d))).Want(http.StatusUnprocessableEntity, "Nothing is to be answered", "Document not seen yet")
	page = begin(b).Submit(visits, typed(id, d)).Want(http.StatusUnprocessableEntity, "Nothing is to be answered", "Go on without a todo")
	page.Submit(visits, url.Values{"again": {d.Number.Reveal()}, "anyway": {"yes"}}).Want(http.StatusOK, "Awaiting approval", "Ask the provincial centre")
	if n := h.count(t, string(window.KindMissed)); n != 0 {
		t.Errorf("the ledger has %d documents that did not match", n)
	}
	if shown := strings.Count(h.SignedIn(t, "auditor").Open("/reveals").Body, "Numbers of the cases"); shown != 3 {
		t.Errorf("got %d rows that tell the person, want 3", shown)
	}
}

func findsNothingToDo(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	find := "/window/find?by=case&registry=beijing&code=" + id
	b.Open(find).Want(http.StatusOK, "To be answered").WantNot("Nothing is to be answered")
	page := h.read(t, b, typed(id, d))
	page.Submit(strings.TrimSuffix(page.Path, "/todos")+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusOK, "Done")
	b.Open(find).Want(http.StatusOK, "Nothing is to be answered")
}

func isNotOfferedTheirOwn(t *testing.T, h *hall, b *consoletest.Browser) {
	d, own := h.adult(t), h.own(t)
	mine := h.asked(t, d, own)
	signer := h.SignedIn(t, "own")
	begin(signer).Submit(visits, alone(typed("", d))).Want(http.StatusForbidden, "Your own affair").WantNot(mine)
	begin(signer).Submit(visits, alone(typed("", own))).Want(http.StatusForbidden, "Your own affair").WantNot(mine)
	first, second := h.asked(t, d), h.asked(t, d)
	begin(signer).Submit(visits, alone(typed("", d))).Want(http.StatusOK, first, second).WantNot(mine)
	begin(b).Submit(visits, alone(typed("", d))).Want(http.StatusOK, first, second, mine)
}

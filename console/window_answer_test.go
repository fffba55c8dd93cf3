package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/window"
)

func readsOut(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("unable", "yes")
	begin(b).Submit(visits, form).Want(http.StatusUnprocessableEntity, "A witness is required")
	form.Set("witness", "赵六")
	page := h.read(t, b, form).Want(http.StatusOK, "Read it aloud in the presence of the witness")
	page.Submit(strings.TrimSuffix(page.Path, "/todos")+"/answer", url.Values{"decision": {"done_at_window"}}).Want(http.StatusOK, "Done")
}

func takesANo(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	page.Submit(visit+"/answer", url.Values{"decision": {"refused"}, "why": {"not_mine"}, "paper": {"12"}}).Want(http.StatusOK, "Done")
	b.Open(visit).Submit(visit+"/todos", nil).Want(http.StatusOK, "Declined")
	if h.count(t, string(window.KindDeclined)) != 1 {
		t.Error("the ledger does not have the no")
	}
}

func readsAgain(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := h.read(t, b, typed(id, d))
	h.Clock.Move(time.Minute)
	h.push(t, id, 2, "贰佰万元", d)
	visit := strings.TrimSuffix(page.Path, "/todos")
	page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusConflict, "The content has changed", "贰佰万元").
		Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"13"}}).Want(http.StatusOK, "Done")
}

func answersOnce(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	for range 2 { // a double click
		page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusOK, "Done")
	}
	page.Submit(visit+"/answer", url.Values{"decision": {"refused"}, "why": {"other"}, "paper": {"12"}}).Want(http.StatusConflict, "already answered")
	b.Open(visit).Submit(visit+"/todos", nil).Want(http.StatusOK, "Done at the window").WantNot("/answer")
	if n := h.count(t, string(window.KindAnswered)); n != 1 {
		t.Errorf("the ledger has %d answers", n)
	}
}

func forgetsThePaper(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {""}}).Want(http.StatusUnprocessableEntity, "number of the signed paper")
	page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "manner": {"read_out"}}).Want(http.StatusUnprocessableEntity, "does not fit")
}

func comesTooLate(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	for range 21 {
		h.Clock.Move(12 * time.Minute)
		b.Open("/window").Want(http.StatusOK)
	}
	page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusConflict, "The state has changed", "Nothing was saved").Follow(visit).
		Want(http.StatusOK, "Timed out")
	b.Open(visit).Want(http.StatusOK, "Timed out")
}

package console_test

import (
	"net/http"
	"net/url"
	"testing"

	"renzheng/console/consoletest"
)

// A number leads to its visit and back, ends with it, and the browser keeps the desk for the next call.
func servesANumber(t *testing.T, h *hall, b *consoletest.Browser) {
	for range 2 {
		b.Open("/queue").Submit("/queue/walk-ins", nil)
	}
	called := b.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"b3"}}).Want(http.StatusOK, "B001", "Desk B3")
	wrong := called.Follow("/window").Want(http.StatusOK, "You have called this number", "B001", "Desk B3").Submit(visits, url.Values{"by": {"document"}})
	wrong.Want(http.StatusOK, "B001", "Desk B3")
	b.Open(called.Path).Want(http.StatusOK, "Go to the visit of this number").Follow(wrong.Path)
	h.SignedIn(t, "supervisor").Open("/window").Want(http.StatusOK, "B001", "Desk B3")
	wrong.Submit(wrong.Path+"/end", url.Values{"outcome": {"wrong"}})
	b.Open(called.Path).Want(http.StatusOK, "Called")

	other := h.SignedIn(t, "clerk2")
	other.Open("/window").WantNot("B001").Submit(visits, url.Values{"by": {"document"}, "number": {called.Path[len("/queue/numbers/"):]}}).
		Want(http.StatusOK, "Document not seen yet").WantNot("B001")
	visit := begin(b).Want(http.StatusOK, "B001")
	ended := visit.Submit(visit.Path+"/end", url.Values{"outcome": {"left"}}).Want(http.StatusOK, "The visit has ended", "B001", "Served")
	next := ended.Submit("/queue/calls", nil).Want(http.StatusOK, "B002", "Desk B3")
	next.Submit(next.Path+"/end", url.Values{"outcome": {"served"}}).Want(http.StatusOK, "Recorded as served")
	b.Open(called.Path).Want(http.StatusOK, "Served").Submit("/queue/calls", nil).Want(http.StatusOK, "Nobody waits")
	other.Open("/queue").Submit("/queue/calls", url.Values{"desk": {""}}).Want(http.StatusUnprocessableEntity, "Enter the desk")
}

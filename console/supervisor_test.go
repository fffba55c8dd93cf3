package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/window"
)

func TestWindow_StoriesOfTheSupervisor(t *testing.T) {
	t.Parallel()
	play(t, "supervisor", []story{
		{"approves what another member saw", approves},
		{"returns what does not fit", returns},
		{"sees what waits", seesWhatWaits},
		{"approves nothing unseen", approvesNothingUnseen},
		{"approves nothing by an old page", approvesNothingByAnOldPage},
		{"approves nothing of their own", approvesNothingOwn},
		{"approves nothing of their ward", approvesNothingOfTheirWard},
		{"reads and exports the ledger", readsTheLedger},
		{"corrects an entry", correctsAnEntry},
	})
}

func approves(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.seen(h.SignedIn(t, "clerk"), typed(h.asked(t, d), d))
	mine := b.Open("/window").Want(http.StatusOK, "Awaiting approval", "No smartphone").WantNot("/window/find", d.Number.Reveal()).Follow(page.Path)
	mine.WantNot(d.Number.Reveal(), "decision")
	shown := mine.Submit(page.Path+"/evidence", nil).Want(http.StatusOK, d.Number.Reveal(), "张三")
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusOK, "Approved", "Verified")
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusConflict) // twice
	if n := h.count(t, string(window.KindApproved)); n != 1 {
		t.Errorf("the ledger has %d approvals", n)
	}
	if mine.HasForm(page.Path + "/todos") {
		t.Error("a supervisor is offered to serve")
	}
}

func returns(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	clerk := h.SignedIn(t, "clerk")
	id := h.asked(t, d)
	page := h.seen(clerk, typed(id, d))
	shown := b.Open(page.Path).Submit(page.Path+"/evidence", nil)
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"return"}}).Want(http.StatusUnprocessableEntity, "Choose why you return it", "Awaiting approval")
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"return"}, "why": {"because"}}).Want(http.StatusUnprocessableEntity, "Choose why you return it")
	shown.Submit(page.Path+"/decision", url.Values{"decision": {"return"}, "why": {"number_differs"}}).Want(http.StatusOK, "Returned", "Document not seen yet")
	b.Open(page.Path).WantNot(d.Number.Reveal())
	const why = "returned the document: the number differs from the document"
	clerk.Open(page.Path).Want(http.StatusOK, why).Submit(visits, typed(id, h.adult(t))).Want(http.StatusUnprocessableEntity, why)
	clerk.Open(page.Path).Submit(visits, typed(id, d)).Want(http.StatusOK, "Awaiting approval").WantNot(why)
	if n := h.count(t, string(window.KindReturned)); n != 1 {
		t.Errorf("the ledger has %d returns", n)
	}
}

// The first page says how many visits wait for this supervisor, and since when.
func seesWhatWaits(t *testing.T, h *hall, b *consoletest.Browser) {
	b.Open("/").Want(http.StatusOK, "No visit waits for your approval")
	d := h.adult(t)
	page := h.seen(h.SignedIn(t, "clerk"), typed(h.asked(t, d), d))
	both := h.SignedIn(t, "clerk-supervisor")
	h.seen(both, typed(h.asked(t, d), d))
	h.Clock.Move(7 * time.Minute)
	b.Open("/").Want(http.StatusOK, "Visits that wait for your approval: 2", "The first has waited for 7 minutes").Follow("/window").Want(http.StatusOK, "7 minutes", "stf_").Follow(page.Path)
	both.Open("/").Want(http.StatusOK, "Visits that wait for your approval: 1") // not their own
	h.SignedIn(t, "clerk").Open("/").WantNot("your approval")
	h.SignedIn(t, "supervisor-there").Open("/").Want(http.StatusOK, "No visit waits for your approval")
}

// A form that no page made, with what a colleague's page has.
func approvesNothingUnseen(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.seen(h.SignedIn(t, "clerk"), typed(h.asked(t, d), d))
	mine := b.Open(page.Path)
	token := formToken.FindStringSubmatch(mine.Body)[1]
	colleague := h.SignedIn(t, "clerk-supervisor").Open(page.Path).Submit(page.Path+"/evidence", nil).Want(http.StatusOK, "张三")
	for _, seen := range []string{"", seenVersion.FindStringSubmatch(colleague.Body)[1]} {
		form := url.Values{"form_token": {token}, "decision": {"approve"}, "seen": {seen}}
		b.Post(page.Path+"/decision", form).Want(http.StatusConflict, "Look at the document first", "Nothing was saved")
	}
	b.Open(page.Path).Want(http.StatusOK, "Awaiting approval")
	if n := h.count(t, string(window.KindApproved)); n != 0 {
		t.Errorf("the ledger has %d approvals", n)
	}
}

var seenVersion = regexp.MustCompile(`name="seen" value="([0-9a-f]{64})"`)

// The clerk enters another person of the case after the supervisor has opened the page.
func approvesNothingByAnOldPage(t *testing.T, h *hall, b *consoletest.Browser) {
	d, victim := h.adult(t), h.person(t, "19910101", "李四")
	clerk, id := h.SignedIn(t, "clerk"), h.asked(t, d, victim)
	page := h.seen(clerk, typed(id, d))
	old := b.Open(page.Path).Submit(page.Path+"/evidence", nil).Want(http.StatusOK, "张三")
	old.Submit(page.Path+"/decision", url.Values{"decision": {"return"}, "why": {"number_differs"}}).Want(http.StatusOK, "Returned")
	clerk.Open(page.Path).Submit(visits, typed(id, victim)).Want(http.StatusOK, "Awaiting approval")
	for _, decision := range []string{"approve", "return"} {
		old.Submit(page.Path+"/decision", url.Values{"decision": {decision}, "why": {"other"}}).Want(http.StatusConflict, "What was typed has changed", "Nothing was saved")
	}
	b.Open(page.Path).Want(http.StatusOK, "Awaiting approval").Submit(page.Path+"/evidence", nil).Want(http.StatusOK, "李四").
		Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusOK, "Approved")
}

func approvesNothingOwn(t *testing.T, h *hall, _ *consoletest.Browser) {
	d, own := h.adult(t), h.own(t)
	id := h.asked(t, d, own)
	page := h.seen(h.SignedIn(t, "clerk"), typed(id, d))
	signer := h.SignedIn(t, "own") // is a signer of the case, and a supervisor
	signer.Open(page.Path).Submit(page.Path+"/evidence", nil).Want(http.StatusForbidden, "Nobody serves or approves themselves or their own case")
	begin(signer).Submit(visits, typed(id, d)).Want(http.StatusForbidden, "Your own affair")
	begin(signer).Submit(visits, typed(id, own)).Want(http.StatusForbidden, "Your own affair")
}

// A guardian acts for the minor: what they do in the visit is their own affair.
func approvesNothingOfTheirWard(t *testing.T, h *hall, b *consoletest.Browser) {
	ward := h.person(t, "20101122", "李小四")
	form := guarded(typed(h.asked(t, ward), ward), h.own(t))
	guardian := h.SignedIn(t, "own") // is a clerk and a supervisor
	begin(guardian).Submit(visits, form).Want(http.StatusForbidden, "Your own affair")
	page := h.seen(h.SignedIn(t, "clerk"), form)
	const own = "Nobody serves or approves themselves or their own case"
	guardian.Open(page.Path).Submit(page.Path+"/evidence", nil).Want(http.StatusForbidden, own).WantNot(ward.Number.Reveal())
	b.Open(page.Path).Submit(page.Path+"/evidence", nil).Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusOK, "Approved")
	for _, act := range []string{"/todos", "/dispute", "/tried"} {
		guardian.Open(page.Path).Submit(page.Path+act, nil).Want(http.StatusForbidden, own).WantNot("北京样例科技有限公司", ward.Number.Reveal())
	}
	read := h.SignedIn(t, "clerk").Open(page.Path).Submit(page.Path+"/todos", nil).Want(http.StatusOK, "北京样例科技有限公司")
	answer := url.Values{"form_token": {guardian.Open(page.Path).Field("form_token")}, "decision": {"done_at_window"}, "paper": {"2026-117"}}
	for _, name := range []string{"todo", "revision", "digest", "manner"} {
		answer.Set(name, read.Field(name))
	}
	guardian.Post(page.Path+"/answer", answer).Want(http.StatusForbidden, own)
	read.Submit(page.Path+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"2026-117"}}).Want(http.StatusOK, "The receipt is sealed")
}

func readsTheLedger(t *testing.T, h *hall, b *consoletest.Browser) {
	begin(h.SignedIn(t, "clerk"))
	begin(h.SignedIn(t, "clerk-there"))
	page := b.Open("/ledger").Want(http.StatusOK, "Visit begun", "Last entry").WantNot("第二窗口")
	if n := strings.Count(page.Body, `<td class="number">`); n != 1 {
		t.Errorf("got %d entries, want those of the own office", n)
	}
	page.Want(http.StatusOK, "Original document alone", "belong to other offices") // how the visit was found, in words
	chosen := page.Submit("/ledger", url.Values{"kind": {"visit.opened"}}).Want(http.StatusOK)
	if chosen.Field("kind") != "visit.opened" || strings.Count(chosen.Body, `<td class="number">`) != 1 {
		t.Errorf("got %q chosen: %s", chosen.Field("kind"), chosen.Text())
	}
	if some := chosen.Follow("/ledger/export?format=csv"); strings.Count(some.Body, "\n") != 2 || !strings.Contains(some.Body, "visit.opened") {
		t.Errorf("an export of what was searched for is %s", some.Body)
	}
	b.Open("/ledger?office=320600").WantNot("第二窗口")
	b.Open("/ledger?kind=visit.answered").Want(http.StatusOK, "There are none")
	b.Open("/ledger?from=2030-01-01").Want(http.StatusOK, "There are none")
	csv := page.Follow("/ledger/export?format=csv")
	if csv.Status != http.StatusOK || strings.Count(csv.Body, "visit.opened") != 1 || !strings.HasPrefix(csv.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("got %d %s", csv.Status, csv.Body)
	}
	if book := page.Follow("/ledger/export?format=xlsx"); book.Status != http.StatusOK || !strings.HasPrefix(book.Body, "PK") {
		t.Errorf("got %d", book.Status)
	}
	all := h.SignedIn(t, "auditor").Open("/ledger").Want(http.StatusOK, "第一窗口", "第二窗口", "have no gap").WantNot("/ledger/corrections")
	if n := strings.Count(all.Body, `<td class="number">`); n != 2 {
		t.Errorf("the auditor sees %d entries, want 2", n)
	}
	h.SignedIn(t, "clerk").Open("/ledger").Want(http.StatusForbidden)
}

func correctsAnEntry(t *testing.T, h *hall, b *consoletest.Browser) {
	begin(h.SignedIn(t, "clerk-there"))
	begin(h.SignedIn(t, "clerk"))
	page := b.Open("/ledger")
	page.Submit("/ledger/corrections", url.Values{"sequence": {"2"}, "reason": {"entered_twice"}}).Want(http.StatusOK, "The ledger has the correction", "Correction")
	page.Submit("/ledger/corrections", url.Values{"sequence": {"1"}, "reason": {"entered_twice"}}).Want(http.StatusNotFound) // of another office
	page.Submit("/ledger/corrections", url.Values{"sequence": {"9"}, "reason": {"entered_twice"}}).Want(http.StatusNotFound)
	page.Submit("/ledger/corrections", url.Values{"sequence": {"2"}, "reason": {"because"}}).Want(http.StatusNotFound)
	if n := h.count(t, "ledger.correction"); n != 1 {
		t.Errorf("the ledger has %d corrections", n)
	}
}

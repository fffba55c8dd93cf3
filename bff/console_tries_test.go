package bff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
)

// Where a clerk sees what was tried, they see what is left, and when the next try is possible: by the slip and in the visit.
func TestClerk_SeesTheTriesThatAreLeft(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.login(t, "zhang").agree(t)
	p.usesUpTries(t)
	slip := p.books(t, object{"office": "320500", "starts_at": p.slots(t)[60]}).want(t, http.StatusCreated, "").text(t, "slip_code")
	w.push(t, caseOfTheWindow, sampleCase(1)).want(t, http.StatusCreated, "")
	clerk := c.SignedIn(t, "clerk")
	next := w.clock().Add(24 * time.Hour).In(time.FixedZone("UTC+8", 8*60*60)).Format("2006-01-02 15:04")

	find := "/window/find?" + url.Values{"by": {"slip"}, "code": {slip}}.Encode()
	found := clerk.Open(find).Want(http.StatusOK, "Tries left", "Alipay Face", next)
	page := found.Submit("/window/visits", nil)
	page = page.Submit(page.Path+"/document", url.Values{
		"registry": {"beijing"}, "case": {caseOfTheWindow}, "type": {"resident_id"}, "number": {zhangNumber}, "again": {zhangNumber}, "name": {zhangName},
		"reason": {"face_failed"},
	}).Want(http.StatusOK, "Awaiting approval").WantNot("Tries left")
	page.Submit(page.Path+"/tried", nil).Want(http.StatusOK, "Tries left", next)
	w.pass(25 * time.Hour)
	again := c.SignedIn(t, "clerk").Open(find).Want(http.StatusOK, "Tries left", "Now")
	if row := triesRow(again); !strings.Contains(row, " 5 Now") {
		t.Errorf("a day later: got %q, want 5 tries", row)
	}
}

// triesRow returns what the page says after the title of the tries that are left.
func triesRow(p *consoletest.Page) string {
	_, row, _ := strings.Cut(p.Text(), "Next possible")
	return row
}

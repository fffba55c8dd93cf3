package bff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// opensTicket asks for technical support and returns the id of the ticket.
func (p person) opensTicket(t *testing.T) string {
	t.Helper()
	return p.ask(t, object{"failure": "face_differs", "document_type": "resident_id"}).text(t, "id")
}

// An operator finds out for support where a person is stuck, and the person sees that somebody looked.
func TestOperator_TracesAPersonForSupport(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.enter(t)
	ticket := p.opensTicket(t)
	b := c.SignedIn(t, "operator")
	b.Open("/tickets/"+ticket).Want(http.StatusOK, "face_differs")
	if got := p.get(t, "/v1/me/accesses").list(t, "accesses"); len(got) != 0 {
		t.Errorf("the person sees %v before anybody looked", got)
	}
	page := b.Open("/tickets/"+ticket).Submit("/trace", nil).Want(http.StatusOK, "Face", "passed", "ver_").WantNot(zhangNumber, zhangName, "acc_", "sub_")
	seen := p.get(t, "/v1/me/accesses").want(t, http.StatusOK, "").list(t, "accesses")
	if len(seen) != 1 || seen[0]["role"] != "运行维护人员" || !strings.Contains(textOf(seen[0], "purpose"), "技术支持") {
		t.Errorf("the person sees %v, want one look of an operator for support", seen)
	}
	_, rest, _ := strings.Cut(page.Body, "<code>ses_")
	id, _, _ := strings.Cut(rest, "<")
	page.Submit("/trace", url.Values{"code": {"ses_" + id}}).Want(http.StatusOK, "ver_")
	c.SignedIn(t, "auditor").Open("/reveals").Want(http.StatusOK, "Steps of a verification, without personal data").WantNot(zhangNumber)
	c.Identity.Change(func(claims map[string]any) { claims["document_number"] = zhangNumber })
	c.SignedIn(t, "operator").Open("/tickets/"+ticket).Submit("/trace", nil).Want(http.StatusForbidden, "Your own affair").WantNot("ver_")
	if seen = p.get(t, "/v1/me/accesses").list(t, "accesses"); len(seen) != 2 {
		t.Errorf("the person sees %d accesses, want 2: a rejected one shows nothing", len(seen))
	}
	t.Log("as documented: an operator traces a person for support, and the person sees it")
}

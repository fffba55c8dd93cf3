package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/support"
)

// asksForSupport opens a session with a ticket and returns the ticket's id.
func (r rows) asksForSupport(sessionID, code, failure string) string {
	r.t.Helper()
	now := r.Clock.Now()
	opened, err := r.Store.OpenSession(r.t.Context(), session.NewSession{
		ID: sessionID, TokenHash: [32]byte([]byte(strings.Repeat(sessionID, 2)[:32])), Channel: identity.Alipay, User: identity.NewChannelUser("2021", "open_id", sessionID),
		Now: now, IdleUntil: now.Add(session.Idle), Until: now.Add(session.Absolute),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	id := "tkt_" + strings.Repeat(code[2:3], 32)
	_, err = r.Store.OpenTicket(r.t.Context(), support.Ticket{
		ID: id, Code: code, AccountID: opened.Account.ID, State: support.Open, CreatedAt: now, ExpiresAt: now.Add(support.TicketLife),
		Context: support.Context{Channel: "alipay", DocumentType: identity.Passport, Failure: failure, Purpose: "access", Language: "zh-Hans"},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

func TestOperator_ListsTicketsByAgeAndFailure(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/").Follow("/tickets").Want(http.StatusOK, "There are no tickets.")
	old := r.asksForSupport("ses_0123456789abcdef", "T-7K2M-93QF", "face_differs")
	r.Clock.Move(time.Hour)
	b = r.SignedIn(t, "operator")
	r.asksForSupport("ses_1123456789abcdef", "T-8K2M-93QF", "face_differs")
	r.asksForSupport("ses_2123456789abcdef", "T-9K2M-93QF", "<b>")
	person := identity.NewSecret("openid-of-the-person")
	if _, err := r.Store.AttachTicket(t.Context(), support.Attachment{Person: person, Reference: old, At: r.Clock.Now(), Now: r.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	if err := r.Store.HandOver(t.Context(), person, r.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	all := b.Open("/tickets").Want(http.StatusOK, "T-7K2M-93QF", "T-9K2M-93QF", "handed to an agent", "not brought to support yet").WantNot("acc_", "openid-of-the-person", "<b>")
	if first, second := strings.Index(all.Body, "T-7K2M-93QF"), strings.Index(all.Body, "T-8K2M-93QF"); first > second {
		t.Error("the oldest ticket is not the first")
	}
	if !strings.Contains(all.Body, `role="img" aria-labelledby="tickets-title tickets-desc"`) {
		t.Error("there is no chart with a name")
	}
	unanswered := all.Follow("/tickets/" + old)
	for range 2 { // a double click
		unanswered.Submit("/tickets/"+old+"/answered", nil).Want(http.StatusOK, "Recorded as answered.", "support has answered")
	}
	b.Open("/tickets").Want(http.StatusOK, "answered by support")
	b.Open("/tickets?failure=face_differs").Want(http.StatusOK, "T-8K2M-93QF").WantNot("T-9K2M-93QF")
	one := all.Follow("/tickets/"+old).Want(http.StatusOK, "WeChat accounts: 1", "an agent was asked for", "Passport").WantNot("acc_", "openid-of-the-person")
	one.Submit("/trace", nil).Want(http.StatusNotFound) // nothing was tried
	b.Open("/tickets/tkt_00000000000000000000000000000000").Want(http.StatusNotFound)
	r.Clock.Move(support.TicketLife)
	r.SignedIn(t, "operator").Open("/tickets").Want(http.StatusOK, "There are no tickets.")
	t.Log("as documented: an operator lists tickets by age and failure")
}

func TestOperator_TracesOnlyWhatHasACode(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	r.asksForSupport("ses_0123456789abcdef", "T-7K2M-93QF", "")
	form := b.Open("/trace").Want(http.StatusOK, "recorded before anything is shown")
	for _, code := range []string{"", "ses_", "ses_01234567", "%", "01ARZ3NDEKTSV4RRFFQ69G5FAV"} {
		form.Submit("/trace", url.Values{"code": {code}}).Want(http.StatusUnprocessableEntity, "Look up a request id in the access log")
	}
	for _, code := range []string{"7K2M-93QF", "T-0000-0000", "ver_1", "ses_%%%%%%%%%%%%"} {
		form.Submit("/trace", url.Values{"code": {code}}).Want(http.StatusNotFound)
	}
	for _, code := range []string{"04HM-ASW9", "04hmasw9", "ses_0123456789abcdef"} {
		form.Submit("/trace", url.Values{"code": {code}}).Want(http.StatusOK, "ses_0123456789abcdef", "Nothing was begun").WantNot("acc_")
	}
	if got := r.textOf("SELECT COUNT(*) FROM staff_accesses WHERE subject_id = '' AND reference = 'ses_0123456789abcdef'"); got != "3" {
		t.Errorf("got %s rows of accesses, want one of each time that the session was shown", got)
	}
}

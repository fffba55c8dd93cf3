package console_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/identity"
	"renzheng/session"
	"renzheng/support"
	"renzheng/window"
)

// story is what one member does, from page to page.
type story struct {
	name string
	play func(t *testing.T, h *hall, b *consoletest.Browser)
}

// play plays each story on a console of its own.
func play(t *testing.T, member string, stories []story) {
	t.Helper()
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			h := newHall(t)
			s.play(t, h, h.SignedIn(t, member))
			if !t.Failed() {
				fmt.Printf("%s: %s: as documented\n", member, s.name)
			}
		})
	}
}

func TestWindow_StoriesOfTheClerk(t *testing.T) {
	t.Parallel()
	play(t, "clerk", []story{
		{"serves a person who signs on paper", signsOnPaper},
		{"finds a case by its number", findsACase},
		{"finds a request for support and a slip", findsATicket},
		{"finds nothing by a wrong code", findsNothing},
		{"looks up nothing by a link of another site", looksUpNothingByALink},
		{"types the number differently", typesDifferently},
		{"has a person whom the case does not ask", hasAStranger},
		{"has a person with another name", hasAnotherName},
		{"guesses documents", guesses},
		{"looks at what was tried", looksAtTries},
		{"serves a minor with a guardian", servesAMinor},
		{"serves nobody under fourteen", servesNoChild},
		{"reads to a person who cannot write", readsOut},
		{"takes a no", takesANo},
		{"reads a revision again", readsAgain},
		{"answers once", answersOnce},
		{"forgets the number of the paper", forgetsThePaper},
		{"begins a visit with words instead of a registry", keepsNoOtherRegistry},
		{"does not approve", doesNotApprove},
		{"comes too late", comesTooLate},
		{"ends a visit without an answer", endsAVisit},
		{"serves the person of a number", servesANumber},
		{"asks the centre", asksTheCentre},
	})
}

func signsOnPaper(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := begin(b).Want(http.StatusOK, "See the original document").WantNot("Verified")
	page = page.Submit(visits, typed(h.asked(t, d), d)).Want(http.StatusOK, "Awaiting approval")
	page.WantNot(d.Number.Reveal(), "张三", "北京样例科技有限公司")
	shown := h.SignedIn(t, "supervisor").Open("/window").Follow(visits).Submit(page.Path+"/evidence", nil)
	shown.Want(http.StatusOK, d.Number.Reveal(), "张三").Submit(page.Path+"/decision", url.Values{"decision": {"approve"}})
	page = b.Open(page.Path).Want(http.StatusOK, "Verified").WantNot("北京样例科技有限公司")
	page = page.Submit(page.Path+"/todos", nil).Want(http.StatusOK, "北京样例科技有限公司", "壹佰万元")
	page.Submit(page.Path[:len(page.Path)-len("/todos")]+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"2026-117"}}).
		Want(http.StatusOK, "the ledger has the entry", "cfm_", "Agreed", "Signed on paper", "Visit begun Original document alone", "Approved", "Answered at the window")
	done := b.Open(strings.TrimSuffix(page.Path, "/todos"))
	receipt := receiptID.FindString(done.Body)
	if entry := ledgerNumber.FindStringSubmatch(done.Body); receipt == "" || entry == nil || entry[1] != "4" {
		t.Errorf("got the receipt %q and the entry %v, want the fourth", receipt, entry)
	}
	h.SignedIn(t, "supervisor").Open(done.Path).Want(http.StatusOK, receipt).Follow("/ledger?reference=").Want(http.StatusOK, "Answered at the window")
	h.SignedIn(t, "auditor").Open("/reveals").Want(http.StatusOK, "To serve the person", "To approve")
	if h.count(t, string(window.KindAnswered)) != 1 {
		t.Error("the ledger does not have the answer")
	}
}

var (
	receiptID    = regexp.MustCompile(`cfm_[0-9a-f]{32}`)
	ledgerNumber = regexp.MustCompile(`</time></td><td class="number">([0-9]+)`)
)

func findsACase(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	id := h.asked(t, d)
	page := b.Open("/window/find?" + url.Values{"by": {"case"}, "registry": {"beijing"}, "code": {id}}.Encode())
	page.Want(http.StatusOK, "Signers of the case", "s0", "To be answered").WantNot(d.Number.Reveal(), "张三", "北京样例科技有限公司")
	page.Submit(visits, nil).Want(http.StatusOK, id).Submit(visits, typed(id, d)).Want(http.StatusOK, "Awaiting approval")
}

func findsATicket(t *testing.T, h *hall, b *consoletest.Browser) {
	now := h.Clock.Now()
	opened, err := h.Store.OpenSession(t.Context(), session.NewSession{
		ID: "ses_0123456789abcdef", TokenHash: [32]byte{1}, Channel: identity.Alipay, User: identity.NewChannelUser("2021", "open_id", "user"),
		Now: now, IdleUntil: now.Add(session.Idle), Until: now.Add(session.Absolute),
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Store.OpenTicket(t.Context(), support.Ticket{
		ID: "tkt_" + strings.Repeat("a", 32), Code: "T-7K2M-93QF", AccountID: opened.Account.ID, State: support.Open, CreatedAt: now, ExpiresAt: now.Add(time.Hour),
		Context: support.Context{Channel: "alipay", Failure: "face_mismatch", Purpose: "access", Language: "zh-Hans"},
	})
	if err != nil {
		t.Fatal(err)
	}
	page := b.Open("/window/find?by=ticket&code=t-7k2m-93qf").Want(http.StatusOK, "Request for support", "face_mismatch", "Alipay")
	page.Submit(visits, nil).Want(http.StatusOK, "Ticket number", "Document not seen yet")
	slip := b.Open("/window/find?by=slip&code=04HM-ASW9").Want(http.StatusOK, "Nothing was begun")
	slip.Submit(visits, url.Values{"code": {"0"}, "id": {"ses_0"}}).Want(http.StatusNotFound) // which would be other persons' sessions
	slip.Submit(visits, nil).Want(http.StatusOK, "Slip code")
}

func findsNothing(_ *testing.T, _ *hall, b *consoletest.Browser) {
	for _, query := range []string{"by=slip&code=7K2M-93QF", "by=slip&code=x", "by=ticket&code=T-0000-0000", "by=case&registry=beijing&code=none"} {
		b.Open("/window/find?"+query).Want(http.StatusNotFound, "Nothing found", "begin with the document alone").WantNot("/window/visits/vis_")
	}
	b.Open("/window/visits/vis_00000000000000000000000000000000").Want(http.StatusNotFound)
}

// A link on another site would look up in the name of the member who follows it, and use up the tries of the office.
func looksUpNothingByALink(t *testing.T, h *hall, b *consoletest.Browser) {
	id := h.asked(t, h.adult(t))
	for range window.DefaultLimits().Member + 1 {
		b.Linked("/window/find?by=case&registry=beijing&code=none").Want(http.StatusOK, "Nothing was looked up")
	}
	page := b.Linked("/window/find?by=case&registry=beijing&code="+id).Want(http.StatusOK, "Nothing was looked up").WantNot("Signers of the case")
	if !strings.Contains(page.Body, `value="`+id+`"`) {
		t.Error("what the link has is not filled in")
	}
	if n := h.count(t, string(window.KindNotFound)); n != 0 {
		t.Errorf("the ledger has %d searches that the member did not make", n)
	}
	page.Submit("/window/find", url.Values{"by": {"case"}, "registry": {"beijing"}, "code": {id}}).Want(http.StatusOK, "Signers of the case")
}

// Without a case nothing compares what a form says of the registry.
func keepsNoOtherRegistry(_ *testing.T, _ *hall, b *consoletest.Browser) {
	words := "张三 110101199001011234 \u202e" + strings.Repeat("x", 200)
	b.Open("/window").Submit(visits, url.Values{"by": {"document"}, "registry": {words}}).Want(http.StatusOK, "Document not seen yet").WantNot("张三")
}

// What was tried is shown after the look is recorded, to the member who asks for it.
func looksAtTries(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.seen(b, typed(h.asked(t, d), d)).WantNot("Provider")
	before := strings.Count(h.SignedIn(t, "auditor").Open("/reveals").Body, "Steps of a verification")
	page.Submit(page.Path+"/tried", nil).Want(http.StatusOK, "Awaiting approval")
	h.SignedIn(t, "supervisor").Open(page.Path).Submit(page.Path+"/tried", nil).Want(http.StatusOK, "Nothing was tried")
	h.SignedIn(t, "clerk-there").Post(page.Path+"/tried", nil).Want(http.StatusForbidden)
	shown := h.SignedIn(t, "auditor").Open("/reveals").Want(http.StatusOK, "Steps of a verification", "To serve the person", "To approve")
	if after := strings.Count(shown.Body, "Steps of a verification"); before != 0 || after != 2 {
		t.Errorf("got %d rows before and %d after two looks", before, after)
	}
}

func endsAVisit(t *testing.T, h *hall, b *consoletest.Browser) {
	page := begin(b)
	page.Submit(page.Path+"/end", url.Values{"outcome": {"left"}}).Want(http.StatusOK, "The visit has ended", "Not completed", "Call the next").Follow("/window").Want(http.StatusOK, "There are none")
	page.Submit(page.Path+"/end", url.Values{"outcome": {"left"}}).Want(http.StatusConflict)
	if h.count(t, string(window.KindEnded)) != 1 {
		t.Error("the ledger has another number of ends")
	}
}

// Both sides see the same clock, and only they see the words.
func asksTheCentre(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.seen(b, typed(h.asked(t, d), d))
	form := url.Values{"kind": {"verify_phone"}, "note": {"收不到验证码，手机 13800138000"}}
	page.Submit(page.Path+"/escalations", url.Values{"kind": {"verify_phone"}, "note": {""}}).Want(http.StatusUnprocessableEntity, "Plain text")
	list := page.Submit(page.Path+"/escalations", form).Want(http.StatusOK, "Sent to the centre", "Verify a phone", "Open").WantNot("13800138000")
	list.Submit("/escalations/", nil).Want(http.StatusOK, "13800138000").WantNot("/answer")
	centre := h.SignedIn(t, "clerk-there")
	centre.Open("/escalations").Want(http.StatusOK, "第一窗口").WantNot("13800138000").Submit("/escalations/", nil).Want(http.StatusOK, "13800138000")
	for range 8 {
		h.Clock.Move(6*time.Hour + 30*time.Minute)
	}
	b = h.SignedIn(t, "clerk")
	b.Open("/escalations").Want(http.StatusOK, "Overdue")
	centre = h.SignedIn(t, "clerk-there")
	words := centre.Open("/escalations").Want(http.StatusOK, "Overdue").Submit("/escalations/", nil)
	action := strings.TrimSuffix(words.Path, "/words") + "/answer"
	words.Submit(action, url.Values{"outcome": {"resolved"}, "answer": {"已核实，号码属于本人"}}).Want(http.StatusOK, "Answered", "Resolved")
	words.Submit(action, url.Values{"outcome": {"resolved"}, "answer": {"再答一次"}}).Want(http.StatusConflict)
	b.Open("/escalations").Want(http.StatusOK, "Resolved").Submit("/escalations/", nil).Want(http.StatusOK, "号码属于本人")
	if h.count(t, string(window.KindSettled)) != 1 {
		t.Error("the ledger does not have the answer of the centre")
	}
}

package bff_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"renzheng/appeal"
	"renzheng/console"
	"renzheng/console/consoletest"
)

// newReview returns the console on the rows of a fixture, with its appeals.
func newReview(t *testing.T, w *fixture) *consoletest.Fixture {
	t.Helper()
	return consoletest.On(t, w.rows, w.clock, func(d *console.Deps, _ *consoletest.Fixture) { d.Appeals = w.deps.Appeals })
}

const wordsOfTheAppeal = "证件未过期，请再看"

// appeals submits an appeal about a verification that failed, and returns its id.
func (p person) appeals(t *testing.T) string {
	t.Helper()
	path := p.opened(t, object{"failure": "tries_exhausted", "verification_id": p.usesUpTries(t)})
	for _, item := range []string{"document_front", "document_back", "holding_document"} {
		p.uploads(t, path, item, aPicture(t))
	}
	p.uploads(t, path, "failure_video", video(t))
	p.call(t, http.MethodPost, path+"/submission", object{"contact": "13800138000", "text": wordsOfTheAppeal}).want(t, http.StatusOK, "")
	return strings.TrimPrefix(path, "/v1/appeals/")
}

// decision is a form that proposes one.
func decision(outcome appeal.Outcome) url.Values {
	return url.Values{"outcome": {string(outcome)}, "reason": {"照片是本人"}, "ground": {"依据登记条例"}}
}

const whySentBack = "照片看不清，请先提问"

// sentBack is a form that sends a proposal back.
func sentBack() url.Values { return url.Values{"return": {whySentBack}} }

func TestReviewer_DecidesWithFourEyes(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newReview(t, w)
	p := w.login(t, "zhang").agree(t)
	id := p.appeals(t)
	at := "/appeals/" + id
	first := c.SignedIn(t, "reviewer")
	first.Open("/").Follow("/appeals").Want(http.StatusOK, id, "to be reviewed", "0 days").WantNot(wordsOfTheAppeal)
	t.Log("as documented: the queue has age and deadline and nothing personal")
	page := first.Open(at).Want(http.StatusOK, "masked", "recorded by this system", "once you have read it").WantNot(wordsOfTheAppeal, "13800138000")
	for _, form := range []string{"/proposal", "/question"} {
		if page.HasForm(at + form) {
			t.Errorf("%s is offered to a reviewer who has not read the appeal", form)
		}
	}
	blind := decision(appeal.TriesReopened)
	blind.Set("form_token", tokenOf(page.Body))
	for version := range 30 { // whichever it is
		blind.Set("version", strconv.Itoa(version))
		if got := first.Post(at+"/proposal", blind); got.Status != http.StatusConflict {
			t.Errorf("version %d: got status %d for a proposal of a reviewer who has not read the appeal", version, got.Status)
		}
	}
	t.Log("as documented: nobody proposes a decision on what they have not read")
	if got := p.get(t, "/v1/appeals/"+id); got.json(t)["read_at"] != nil {
		t.Errorf("the person sees %s before anybody read it", got.body)
	}
	page = page.Submit(at+"/reveal", nil).Want(http.StatusOK, wordsOfTheAppeal, "13800138000", "Person with the document")
	if got := p.get(t, "/v1/appeals/"+id); got.json(t)["read_at"] == nil {
		t.Errorf("the person sees %s, want when it was read", got.body)
	}
	t.Log("as documented: the words are revealed after that is recorded, and the person sees when")
	page.Submit(at+"/proposal", url.Values{"outcome": {"tries_reopened"}, "reason": {"<b>"}, "ground": {"法"}}).Want(http.StatusUnprocessableEntity, "Nothing was saved", "<b>")
	page.Submit(at+"/proposal", url.Values{"outcome": {"pardon"}, "reason": {"好"}, "ground": {"法"}}).Want(http.StatusUnprocessableEntity, "Choose an outcome")
	t.Log("as documented: a proposal that is not complete is shown again with what was typed")
	page.Submit(at+"/proposal", decision(appeal.TriesReopened)).Want(http.StatusOK, "Another reviewer")
	if got := p.get(t, "/v1/appeals/"+id); got.text(t, "state") != "submitted" || got.json(t)["decision"] != nil {
		t.Errorf("the person sees a proposal: %s", got.body)
	}
	t.Log("as documented: a proposal is no decision")
	for _, same := range []*consoletest.Browser{first, c.SignedIn(t, "reviewer")} {
		same.Open(at).Submit(at+"/reveal", nil).Submit(at+"/approval", nil).Want(http.StatusForbidden, "Another reviewer")
	}
	t.Log("as documented: nobody approves their own proposal, from a second browser neither")
	second := c.SignedIn(t, "reviewer2")
	_, rest, _ := strings.Cut(first.Open(at).Submit(at+"/reveal", nil).Body, `name="version" value="`)
	version, _, _ := strings.Cut(rest, `"`)
	unread := url.Values{"form_token": {tokenOf(second.Open("/").Body)}, "version": {version}}
	second.Post(at+"/approval", unread).Want(http.StatusConflict, "Reveal the appeal first", "Nothing was saved")
	t.Log("as documented: nobody approves what they have not read")
	stale := second.Open(at).Submit(at+"/reveal", nil).Want(http.StatusOK, "照片是本人")
	for _, none := range []string{"", "<b>"} {
		second.Open(at).Submit(at+"/reveal", nil).Submit(at+"/return", url.Values{"return": {none}}).Want(http.StatusUnprocessableEntity, "Nothing was saved")
	}
	second.Open(at).Submit(at+"/reveal", nil).Submit(at+"/return", sentBack()).Want(http.StatusOK, "Sent back")
	first.Open(at).WantNot(whySentBack).Submit(at+"/reveal", nil).Want(http.StatusOK, whySentBack)
	if got := p.get(t, "/v1/appeals/"+id); strings.Contains(string(got.body), whySentBack) {
		t.Errorf("the person sees what one reviewer says to another: %s", got.body)
	}
	t.Log("as documented: another reviewer sends a proposal back for a reason, which the first one reads")
	stale.Submit(at+"/approval", nil).Want(http.StatusConflict, "has changed")
	stale.Submit(at+"/approval", nil).Follow(at).Want(http.StatusOK, "masked")
	stale.Submit(at+"/approval", nil).Follow("/appeals").Want(http.StatusOK, id)
	t.Log("as documented: what was sent back meanwhile is not approved from an old page, which leads back")
	first.Open(at).Submit(at+"/reveal", nil).Submit(at+"/proposal", decision(appeal.TriesReopened)).Want(http.StatusOK)
	second.Open(at).Submit(at+"/reveal", nil).Submit(at+"/approval", nil).Want(http.StatusOK, "taken effect", "No appeal waits")
	stale.Submit(at+"/approval", nil).Want(http.StatusConflict, "has changed")
	if got := p.get(t, "/v1/appeals/"+id); got.text(t, "decision", "outcome") != "tries_reopened" || got.text(t, "decision", "ground") != "依据登记条例" {
		t.Errorf("the person sees %s", got.body)
	}
	p.call(t, http.MethodPost, p.start(t)+"/face", nil).want(t, http.StatusCreated, "")
	t.Log("as documented: the decision takes effect once, and the person has their tries again")
	first.Open(at).Want(http.StatusOK, "Restore all tries", "decided").WantNot("照片是本人", wordsOfTheAppeal)
	first.Open(at).Submit(at+"/reveal", nil).Want(http.StatusOK, "照片是本人", "依据登记条例")
	t.Log("as documented: the outcome of a decided appeal is shown before anything personal, its reason afterwards")
}

func TestReviewer_AsksThePerson(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newReview(t, w)
	p := w.login(t, "zhang").agree(t)
	id := p.appeals(t)
	at := "/appeals/" + id
	reviewer := c.SignedIn(t, "reviewer")
	before := reviewer.Open(at).Submit(at+"/reveal", nil)
	before.Submit(at+"/question", url.Values{"question": {"哪一天失败的？"}}).Want(http.StatusOK, "question was sent", "waiting for the person")
	asked := p.get(t, "/v1/appeals/"+id).want(t, http.StatusOK, "")
	if asked.text(t, "state") != "question" || asked.list(t, "messages")[0]["text"] != "哪一天失败的？" {
		t.Errorf("the person sees %s", asked.body)
	}
	p.call(t, http.MethodPost, "/v1/appeals/"+id+"/answer", object{"text": "昨天下午"}).want(t, http.StatusOK, "")
	before.Submit(at+"/question", url.Values{"question": {"哪一天失败的？"}}).Want(http.StatusConflict, "has changed")
	before.Submit(at+"/proposal", decision(appeal.Stands)).Want(http.StatusConflict, "has changed")
	t.Log("as documented: nothing is asked again and nothing proposed from a page without the answer")
	reviewer.Open(at).WantNot("昨天下午").Submit(at+"/reveal", nil).Want(http.StatusOK, "昨天下午", "哪一天失败的？")
	t.Log("as documented: a question goes to the person, and the answer comes back")
}

// R55: a reviewer sees the clean copy in a sandbox, and nobody else sees anything.
func TestReviewer_SeesMaterialsOnly(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newReview(t, w)
	p := w.login(t, "zhang").agree(t)
	id := p.appeals(t)
	at := "/appeals/" + id
	reviewer, unread := c.SignedIn(t, "reviewer"), c.SignedIn(t, "reviewer2")
	page := reviewer.Open(at).Submit(at+"/reveal", nil)
	shown := 0
	for _, link := range page.Links() {
		if !strings.HasPrefix(link, at+"/materials/") {
			continue
		}
		reviewer.Linked(link).Want(http.StatusForbidden, "Nothing was done") // a look in the name of a member who follows a link
		around := reviewer.Open(link).Want(http.StatusOK, "of 4")
		if !around.HasForm(at + "/reveal") {
			t.Errorf("%s leads nowhere", link)
		}
		link += "/file"
		if !strings.Contains(around.Body, `src="`+link+`"`) {
			t.Errorf("the page does not show %s", link)
		}
		reviewer.Linked(link).Want(http.StatusForbidden, "Nothing was done")
		unread.Open(link).Want(http.StatusConflict, "Reveal the appeal first") // or a look at a picture would be a reading of what is decided
		got := reviewer.Open(link).Want(http.StatusOK)
		h := got.Header
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" || !strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox") ||
			!strings.HasPrefix(h.Get("Content-Type"), "image/jpeg") && !strings.HasPrefix(h.Get("Content-Type"), "video/mp4") || strings.Contains(got.Body, "position") {
			t.Errorf("%s: got %v", link, h)
		}
		shown++
		for _, role := range []string{"officer", "auditor", "operator", "clerk", "supervisor"} {
			c.SignedIn(t, role).Open(link).Want(http.StatusForbidden)
		}
	}
	if shown != 4 {
		t.Errorf("got %d materials, want 4", shown)
	}
	t.Log("as documented: materials are shown to reviewers, in a sandbox and without being kept")
}

func TestReviewer_CannotHandleTheirOwnAffair(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newReview(t, w)
	id := w.login(t, "zhang").agree(t).appeals(t)
	c.Identity.Change(func(claims map[string]any) { claims["document_number"] = zhangNumber })
	own := c.SignedIn(t, "reviewer")
	own.Open("/appeals").Want(http.StatusOK, "No appeal waits").WantNot(id)
	own.Open("/appeals/" + id).Want(http.StatusNotFound)
	c.Identity.Change(nil)
	c.SignedIn(t, "reviewer").Open("/appeals").Want(http.StatusOK, id)
	t.Log("as documented: nobody sees their own appeal in the queue")
}

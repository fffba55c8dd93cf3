package bff_test

import (
	"crypto/rand"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/bar"
	"renzheng/bff"
	"renzheng/console"
	"renzheng/console/consoletest"
	"renzheng/material"
	"renzheng/random"
	"renzheng/test/harness"
	"renzheng/window"
)

// newConsole returns the console on the rows of a fixture, so that what members do is seen by the persons.
func newConsole(t *testing.T, w *fixture) *consoletest.Fixture {
	t.Helper()
	policy, err := window.DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	return consoletest.On(t, w.rows, w.clock, func(d *console.Deps, f *consoletest.Fixture) {
		d.Window = window.New(window.Deps{
			Visits: w.rows, Traces: w.rows, Escalations: w.rows, Tries: w.deps.Verifications, Centre: harness.OfficeThere, Cleaner: material.NewCleaner(), Policy: policy, Clock: w.clock, Rand: rand.Reader,
		})
		d.Rules = w.rules(t)
		d.Simulations = w.simulations(t, d.Rules)
		f.Simulations = d.Simulations
		d.Todos, d.Ledger, d.SlipPrefix, d.Appeals = w.deps.Todos, w.rows, bff.SessionOfSlip, w.deps.Appeals
		d.Appointments, d.SlipCode, d.Door = w.deps.Appointments, bff.SlipOfSession, bff.Door{Address: "https://check.example.cn"}
		d.Bars = &bar.Service{Store: w.rows, Clock: w.clock, NewID: newID}
	})
}

func newID(prefix string) (string, error) { return random.ID(rand.Reader, prefix) }

// asksToCorrect makes a person's request for correction and returns its id.
func (p person) asksToCorrect(t *testing.T) string {
	t.Helper()
	return p.call(t, http.MethodPost, "/v1/me/corrections", object{"field": "name", "text": wordsOfThePerson}).want(t, http.StatusCreated, "").text(t, "id")
}

const wordsOfThePerson = "名字写错了，应为张三丰"

func TestOfficer_RevealsAndAnswersACorrection(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.enter(t)
	id := p.asksToCorrect(t)
	officer := c.SignedIn(t, "officer")
	officer.Open("/").Follow("/corrections").Want(http.StatusOK, id, "open").WantNot(wordsOfThePerson)
	page := officer.Open("/corrections/"+id).Want(http.StatusOK, "masked").WantNot(wordsOfThePerson, zhangNumber)
	if got := p.get(t, "/v1/me/accesses").list(t, "accesses"); len(got) != 0 {
		t.Errorf("the person sees %v before anything was revealed", got)
	}
	page = page.Submit("/corrections/"+id+"/reveal", url.Values{"purpose": {"correction"}, "shown": {"correction"}})
	page.Want(http.StatusOK, wordsOfThePerson).WantNot(zhangNumber)
	page.Submit("/corrections/"+id+"/reveal", url.Values{"purpose": {"complaint"}, "shown": {"document"}}).
		Want(http.StatusOK, zhangNumber).WantNot(wordsOfThePerson)
	seen := p.get(t, "/v1/me/accesses").want(t, http.StatusOK, "").list(t, "accesses")
	if len(seen) != 2 || seen[0]["role"] != "个人信息保护负责人" || textOf(seen[0], "office") == "" || textOf(seen[0], "purpose") == "" || seen[0]["confirmation_id"] != nil {
		t.Errorf("the person sees %v, want two reveals with office, role and purpose", seen)
	}
	if body := string(p.get(t, "/v1/me/accesses").body); strings.Contains(body, "陈静") || strings.Contains(body, "stf_") {
		t.Error("the person sees who the member is")
	}
	page.Submit("/corrections/"+id+"/settle", url.Values{"outcome": {"corrected"}, "ground": {"<b>"}}).
		Want(http.StatusUnprocessableEntity, "one line of 1 to 200 characters")
	page.Submit("/corrections/"+id+"/settle", url.Values{"ground": {"已按证件更正"}}).Want(http.StatusUnprocessableEntity, "Choose an outcome")
	page.Submit("/corrections/"+id+"/settle", url.Values{"outcome": {"corrected"}, "ground": {"已按证件更正"}}).Want(http.StatusOK, "Answered")
	page.Submit("/corrections/"+id+"/settle", url.Values{"outcome": {"declined"}, "ground": {"再来一次"}}).Want(http.StatusNotFound)
	officer.Open("/corrections").Want(http.StatusOK, "There are none")
	officer.Open("/corrections?all=yes").Want(http.StatusOK, id, "corrected")
	if listed := p.get(t, "/v1/me/corrections").list(t, "corrections"); listed[0]["outcome"] != "corrected" || listed[0]["ground"] != "已按证件更正" {
		t.Errorf("the person sees %v", listed)
	}
	t.Log("as documented: the officer reveals a request for a purpose and answers it")
}

func TestOfficer_CannotHandleTheirOwnAffair(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.enter(t)
	id := p.asksToCorrect(t)
	c.Identity.Change(func(claims map[string]any) { claims["document_number"] = zhangNumber })
	own := c.SignedIn(t, "officer")
	page := own.Open("/corrections/" + id)
	for _, shown := range []string{"correction", "document"} {
		page.Submit("/corrections/"+id+"/reveal", url.Values{"purpose": {"correction"}, "shown": {shown}}).
			Want(http.StatusForbidden, "Your own affair").WantNot(wordsOfThePerson, zhangNumber)
	}
	page.Submit("/corrections/"+id+"/settle", url.Values{"outcome": {"corrected"}, "ground": {"好"}}).Want(http.StatusForbidden, "Your own affair")
	if got := p.get(t, "/v1/me/corrections").list(t, "corrections"); got[0]["state"] != "open" {
		t.Errorf("got %v, want the request open", got)
	}
	c.Identity.Change(nil)
	c.SignedIn(t, "officer").Open("/corrections/"+id).Submit("/corrections/"+id+"/settle", url.Values{"outcome": {"declined"}, "ground": {"核对无误"}}).
		Want(http.StatusOK, "Answered")
	t.Log("as documented: an officer cannot handle their own affair")
}

func TestOfficer_PlacesAndLiftsHolds(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	newVictim(t, w)
	officer := c.SignedIn(t, "officer")
	form := url.Values{"registry": {"beijing"}, "case": {"case-1"}, "ground": {"(2026)苏01民初1号"}}
	holds := officer.Open("/holds").Want(http.StatusOK, "There are none")
	holds.Submit("/holds", url.Values{"registry": {"beijing"}, "case": {"none"}, "ground": {"x"}}).Want(http.StatusUnprocessableEntity, "no such case")
	holds.Submit("/holds", url.Values{"registry": {"beijing"}, "case": {"case-1"}, "ground": {""}}).Want(http.StatusUnprocessableEntity, "The ground must be")
	holds = holds.Submit("/holds", form).Want(http.StatusOK, "The hold is placed", "a case", "(2026)苏01民初1号")
	holds = holds.Submit("/holds/hld_", nil).Want(http.StatusOK, "The hold is lifted", "There are none")
	form.Set("signer", "s1")
	holds = holds.Submit("/holds", form).Want(http.StatusOK, "a person")
	hold := firstHold(t, c)
	officer.Open("/holds").WantNot(zhangNumber)
	shown := holds.Submit("/holds/"+hold+"/reveal", url.Values{"purpose": {"erasure"}}).Want(http.StatusOK)
	if !strings.Contains(shown.Body, zhangNumber) {
		t.Errorf("the person's document is not shown: %s", shown.Text())
	}
	officer.Open("/holds?all=yes").Want(http.StatusOK, "a case", "a person")
	t.Log("as documented: the officer places, reveals and lifts holds")
}

func firstHold(t *testing.T, c *consoletest.Fixture) string {
	t.Helper()
	holds, err := c.Store.Holds(t.Context(), false)
	if err != nil || len(holds) == 0 {
		t.Fatalf("got %v, %v, want a hold", holds, err)
	}
	return holds[0].ID
}

func TestOfficer_WithholdsAccessesOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	v := newVictim(t, w)
	answered := v.resources["todo"][0].of
	officer := c.SignedIn(t, "officer")
	form := url.Values{"registry": {"beijing"}, "case": {answered}, "signer": {"s1"}, "days": {"30"}, "ground": {"依《某法》第一条"}}
	page := officer.Open("/withholdings").Want(http.StatusOK, "There are none")
	for field, bad := range map[string]string{"days": "181", "ground": "a\nb", "signer": "nobody"} {
		wrong := maps.Clone(form)
		wrong.Set(field, bad)
		page.Submit("/withholdings", wrong).Want(http.StatusUnprocessableEntity, "Nothing was saved")
	}
	for range 2 { // a double click
		page.Submit("/withholdings", form).Want(http.StatusOK, "The accesses are withheld", "依《某法》第一条")
	}
	officer.Open("/withholdings").Submit("/withholdings", form).Want(http.StatusUnprocessableEntity, "cannot be extended")
	t.Log("as documented: the officer withholds accesses once")
}

func TestOfficer_SeesErasures(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.enter(t)
	officer := c.SignedIn(t, "officer")
	officer.Open("/erasures").Want(http.StatusOK, "There are none")
	p.call(t, http.MethodPost, "/v1/me/erasure", object{"understood": true}).want(t, http.StatusOK, "")
	officer.Open("/erasures?all=yes").Want(http.StatusOK, "ers_").WantNot(zhangNumber, "sub_", "acc_")
	t.Log("as documented: the officer sees how far erasures are")
}

func TestAuditor_SeesWhoWasShownWhat(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.enter(t)
	id := p.asksToCorrect(t)
	auditor := c.SignedIn(t, "auditor")
	auditor.Open("/reveals").Want(http.StatusOK, "There are none")
	t.Log("as documented: the auditor sees that nothing was revealed")
	c.SignedIn(t, "officer").Open("/corrections/"+id).Submit("/corrections/"+id+"/reveal", url.Values{"purpose": {"correction"}, "shown": {"correction"}})
	auditor.Open("/reveals").Want(http.StatusOK, "stf_", "Data-protection officer", "To answer the request for correction", id).
		WantNot(wordsOfThePerson, zhangNumber, "sub_", "陈静")
	t.Log("as documented: the auditor sees member, role, purpose and reason of a reveal, and no person")
	auditor.Open("/corrections").Want(http.StatusForbidden)
	auditor.Open("/corrections/" + id).Want(http.StatusForbidden).WantNot(wordsOfThePerson)
	t.Log("as documented: the auditor cannot open what was revealed")
}

package bff_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/rulebook"
	"renzheng/support"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// rules returns the versions of a fixture, of which its API serves those in force.
func (w *fixture) rules(t *testing.T) *rulebook.Service {
	t.Helper()
	limits, err := policy.DefaultLimits().Encode()
	if err != nil {
		t.Fatal(err)
	}
	v := w.deps.Verifications
	s, err := rulebook.New(rulebook.Deps{Store: w.rows, Clock: w.clock, Kinds: []rulebook.Definition{
		{Kind: rulebook.FAQ, File: support.BuiltInFAQ(), Load: ruleLoader(support.LoadFAQ, w.deps.Support.UseFAQ)},
		{Kind: rulebook.Notices, File: notice.BuiltIn(), Load: ruleLoader(notice.Load, v.UseNotices), Change: notice.CheckChange},
		{Kind: rulebook.Limits, File: limits, Load: ruleLoader(policy.LoadLimits, v.UseLimits)},
		{Kind: rulebook.Sources, File: policy.BuiltInSources(), Load: ruleLoader(policy.LoadSources, v.UseSources)},
		{Kind: rulebook.Policy, File: policy.BuiltIn(), Load: ruleLoader(policy.Load, v.UsePolicy), Fields: policy.Describe, Former: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	w.refreshRules = s.Refresh
	return s
}

func ruleLoader[T any](load func([]byte) (T, error), use func(T)) func([]byte) (func(), error) {
	return func(content []byte) (func(), error) {
		loaded, err := load(content)
		return func() { use(loaded) }, err
	}
}

const newAnswer = "在支付宝首页搜索“登记注册身份验证小程序”，或扫描登记机关提供的二维码。"

// changedFAQ returns the form of a change of one answer.
func changedFAQ() url.Values {
	content := strings.Replace(string(support.BuiltInFAQ()), "在支付宝首页搜索“登记注册身份验证小程序”，或用支付宝“扫一扫”扫描登记机关提供的二维码。", newAnswer, 1)
	return url.Values{"content": {content}, "note": {"简化打开方式的说明"}}
}

// proposedFAQ returns the id of a version that the operator proposed.
func proposedFAQ(t *testing.T, c *consoletest.Fixture, w *fixture) string {
	t.Helper()
	c.SignedIn(t, "operator").Open("/rules/new?kind=faq&as=json").Submit("/rules", changedFAQ()).Want(http.StatusOK, "Proposed.")
	all, err := w.rows.VersionsOf(t.Context(), rulebook.FAQ, 1)
	if err != nil || len(all) != 1 {
		t.Fatalf("got %v, %v", all, err)
	}
	return all[0].ID
}

// answers returns the first answer that the API serves, after the round of the worker that follows the versions.
func (w *fixture) answers(t *testing.T) string {
	t.Helper()
	if _, err := w.refreshRules(t.Context()); err != nil {
		t.Fatal(err)
	}
	return string(w.send(t, request{method: http.MethodGet, path: "/v1/support/faq"}).want(t, http.StatusOK, "").body)
}

const whyEnded = "说明有误"

// ended is a form that withdraws a version or rolls it back.
func ended() url.Values { return url.Values{"note": {whyEnded}} }

func TestOperator_ChangesQuestionsWithASecondMember(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	first, second := c.SignedIn(t, "operator"), c.SignedIn(t, "operator2")
	first.Open("/").Follow("/rules").Want(http.StatusOK, "what the servers were started with", "No version was proposed yet")
	id := proposedFAQ(t, c, w)
	if strings.Contains(w.answers(t), newAnswer) {
		t.Error("a proposal is served before it is approved")
	}
	first.Open("/rules/"+id).Want(http.StatusOK, "entries · how_to_open · texts · zh-Hans · answer", "Somebody else must approve it")
	if page := first.Open("/rules/" + id); page.HasForm("/rules/" + id + "/approval") {
		t.Error("the proposer is offered to approve")
	}
	first.Post("/rules/"+id+"/approval", url.Values{"form_token": {tokenOf(first.Open("/rules").Body)}}).Want(http.StatusForbidden, "Another person must do this")
	if strings.Contains(w.answers(t), newAnswer) {
		t.Error("the proposer approved their own version")
	}
	page := second.Open("/rules").Follow("/rules/"+id).Want(http.StatusOK, "简化打开方式的说明")
	page.Submit("/rules/"+id+"/approval", nil).Want(http.StatusOK, "Approved.", "in force")
	if !strings.Contains(w.answers(t), newAnswer) {
		t.Error("the approved version is not served")
	}
	first.Open("/rules/"+id).Submit("/rules/"+id+"/end", nil).Want(http.StatusUnprocessableEntity, "the reason must be one line", "in force")
	first.Open("/rules/"+id).Submit("/rules/"+id+"/end", ended()).Want(http.StatusOK, "Rolled back.", "to be reviewed", "You rolled this version back", whyEnded)
	second.Open("/rules").Want(http.StatusOK, whyEnded)
	if strings.Contains(w.answers(t), newAnswer) {
		t.Error("the version that was rolled back is served")
	}
	first.Post("/rules/"+id+"/review", url.Values{"form_token": {tokenOf(first.Open("/rules").Body)}}).Want(http.StatusForbidden, "Another person must do this")
	second.Open("/rules/"+id).Submit("/rules/"+id+"/review", nil).Want(http.StatusOK, "The rollback is reviewed")
	c.SignedIn(t, "auditor").Open("/ledger").Want(http.StatusOK, "Version proposed", "Version approved", "Version rolled back", "Rollback reviewed", id)
	t.Log("as documented: an operator proposes questions, a second one approves them, replicas serve them, and one rolls them back")
}

func TestOperator_LearnsEverythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	form := changedFAQ()
	form.Set("content", `{"version":"","entries":[{"id":"Bad Id","sources":[],"failures":[],"featured":false,"keywords":[],"texts":{}}]}`)
	form.Set("note", "")
	page := c.SignedIn(t, "operator").Open("/rules/new?kind=faq&as=json").Submit("/rules", form)
	page.Want(http.StatusUnprocessableEntity, "Nothing was stored", "must have a version", "the id must be unique", "the question in zh-Hans must be one line", "the answer in en must have",
		"featured entries", "the reason must be one line", "Bad Id")
	form = changedFAQ()
	form.Set("content", `{"version":"1","version":"2"}`)
	page = page.Submit("/rules", form).Want(http.StatusUnprocessableEntity)
	form = changedFAQ()
	form.Set("from", "tomorrow")
	page.Submit("/rules", form).Want(http.StatusUnprocessableEntity, "the time must be a date")
	if all, err := w.rows.VersionsOf(t.Context(), rulebook.FAQ, 10); err != nil || len(all) != 0 {
		t.Errorf("got %v, %v, want nothing stored", all, err)
	}
	operator := c.SignedIn(t, "operator")
	upload := func(token string, content []byte) *consoletest.Page {
		return operator.Upload("/rules", url.Values{"form_token": {token}, "form_id": {formID(1)}, "kind": {"faq"}, "base": {"0"}, "note": {"x"}, "content": {"ignored"}}, "file", content)
	}
	token := tokenOf(operator.Open("/rules").Body)
	upload(token, []byte(`{"version":`)).Want(http.StatusUnprocessableEntity, "Nothing was stored")
	upload("another", support.BuiltInFAQ()).Want(http.StatusForbidden)
	upload(token, bytes.Repeat([]byte(" "), 4<<20)).Want(http.StatusRequestEntityTooLarge)
	upload(token, support.BuiltInFAQ()).Want(http.StatusUnprocessableEntity, "nothing was changed")
	upload(token, []byte(changedFAQ().Get("content"))).Want(http.StatusOK, "Proposed.")
	t.Log("as documented: a bad content is rejected with all its problems")
}

// What was edited on an older version would undo the one that was approved meanwhile.
func TestOperator_EditsTheVersionThatWasShown(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	first, second := c.SignedIn(t, "operator"), c.SignedIn(t, "operator2")
	stale := second.Open("/rules/new?kind=faq&as=json")
	page := first.Open("/rules/new?kind=faq&as=json").Submit("/rules", changedFAQ()).Want(http.StatusOK)
	second.Open(page.Path).Submit(page.Path+"/approval", nil).Want(http.StatusOK, "Approved.")
	stale.Submit("/rules", changedFAQ()).Want(http.StatusConflict)
	first.Open("/rules/new?kind=faq&as=json").Submit("/rules", changedFAQ()).Want(http.StatusUnprocessableEntity, "nothing was changed")
	again := changedFAQ()
	again.Set("content", strings.Replace(again.Get("content"), newAnswer, newAnswer+"谢谢。", 1))
	var last *consoletest.Page
	for range rulebook.MaxProposals {
		last = first.Open("/rules/new?kind=faq&as=json").Submit("/rules", again).Want(http.StatusOK)
	}
	first.Open("/rules/new?kind=faq&as=json").Submit("/rules", again).Want(http.StatusConflict, "Too many proposals").Follow("/rules").Want(http.StatusOK)
	others := first.Open("/rules").Links()
	for _, link := range others { // one of them is approved, so that the others would undo it
		if strings.HasPrefix(link, "/rules/rul_") && link != last.Path && link != page.Path {
			second.Open(link).Submit(link+"/approval", nil).Want(http.StatusOK, "Approved.")
			break
		}
	}
	if page := second.Open(last.Path).Want(http.StatusOK, "Another version was approved since"); page.HasForm(last.Path + "/approval") {
		t.Error("a version is offered to be approved that would undo another one")
	}
	t.Log("as documented: nobody undoes a version that they have not seen, and nobody piles up proposals")
}

// Nobody is offered what they may not do: the second account of the proposer neither.
func TestOperator_IsNotOfferedToApproveFromAnotherAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	c.Identity.Change(func(claims map[string]any) { claims["document_number"] = zhangNumber })
	id := proposedFAQ(t, c, w)
	if page := c.SignedIn(t, "operator2").Open("/rules/"+id).Want(http.StatusOK, "You proposed this version"); page.HasForm("/rules/" + id + "/approval") {
		t.Error("the proposer is offered to approve from another account")
	}
	c.Identity.Change(nil)
	if page := c.SignedIn(t, "operator2").Open("/rules/" + id); !page.HasForm("/rules/" + id + "/approval") {
		t.Error("somebody else is not offered to approve")
	}
}

func TestOperator_SchedulesAVersion(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	form := changedFAQ()
	form.Set("from", w.clock().Add(2*time.Hour+8*time.Hour).Format("2006-01-02T15:04")) // Beijing time
	c.SignedIn(t, "operator").Open("/rules/new?kind=faq&as=json").Submit("/rules", form).Want(http.StatusOK, "Proposed.")
	second := c.SignedIn(t, "operator2")
	page := second.Open("/rules").Follow("/rules/rul_")
	page = page.Submit(page.Path+"/approval", nil).Want(http.StatusOK, "Approved.", "not in force yet")
	if strings.Contains(w.answers(t), newAnswer) {
		t.Error("the version is served before its time")
	}
	w.pass(3 * time.Hour)
	if !strings.Contains(w.answers(t), newAnswer) {
		t.Error("the version is not served at its time")
	}
	if strings.Contains(page.Body, "Roll back") {
		t.Error("a version that is not in force is offered to be rolled back")
	}
}

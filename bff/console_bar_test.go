package bff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/appeal"
	"renzheng/console/consoletest"
)

const barredNumber = "11010519900307881X" // of nobody else in the tests

// bars is a form that proposes to bar Zhang.
func bars() url.Values {
	return url.Values{
		"type": {"resident_id"}, "number": {zhangNumber}, "again": {zhangNumber}, "name": {zhangName}, "reason": {"impersonation"}, "days": {"30"}, "reference": {"file-17"},
	}
}

// barOf returns the id of the first bar of a page.
func barOf(page *consoletest.Page) string {
	_, rest, _ := strings.Cut(page.Body, "/bars/bar_")
	id, _, _ := strings.Cut(rest, "/")
	return "bar_" + id
}

// aBar proposes a bar and returns its id.
func aBar(t *testing.T, c *consoletest.Fixture) string {
	t.Helper()
	form := bars()
	form.Set("number", barredNumber)
	form.Set("again", form.Get("number"))
	form.Set("name", "王五")
	return barOf(c.SignedIn(t, "reviewer").Open("/bars").Submit("/bars", form).Want(http.StatusOK))
}

// D-14: the person reads reason and end, can appeal, and is verified again once the bar has ended.
func TestReviewer_BarsAPersonForATime(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	c := newConsole(t, w)
	p := w.signed(t)
	first, second := c.SignedIn(t, "reviewer"), c.SignedIn(t, "reviewer2")
	for field, wrong := range map[string]string{"number": "123", "again": barredNumber, "reason": "no_reason", "days": "400", "reference": "<b>"} {
		form := bars()
		form.Set(field, wrong)
		first.Open("/bars").Submit("/bars", form).Want(http.StatusUnprocessableEntity).WantNot(zhangNumber, zhangName)
	}
	page := first.Open("/").Follow("/bars").Submit("/bars", bars()).Want(http.StatusOK, "to be approved", "file-17").WantNot(zhangNumber, zhangName)
	id := barOf(page)
	p.get(t, "/v1/todos").want(t, http.StatusOK, "")
	t.Log("as documented: a proposed bar changes nothing, and the list names nobody")
	first.Post("/bars/"+id+"/approval", url.Values{"form_token": {tokenOf(first.Open("/bars").Body)}}).Want(http.StatusForbidden, "Another reviewer")
	second.Post("/bars/"+id+"/approval", url.Values{"form_token": {tokenOf(second.Open("/bars").Body)}}).Want(http.StatusConflict, "Look at the person first")
	second.Open("/bars").Submit("/bars/"+id+"/person", nil).Want(http.StatusOK, zhangNumber, zhangName, "file-17").
		Submit("/bars/"+id+"/approval", nil).Want(http.StatusOK, "in force", "in the ledger")
	p.get(t, "/v1/todos").want(t, http.StatusForbidden, "access_required")
	t.Log("as documented: another reviewer puts a bar into force, and the person's access ends")

	path := p.start(t)
	attempt := p.call(t, http.MethodPost, path+"/face", nil).want(t, http.StatusCreated, "").text(t, "attempt_id")
	got := p.call(t, http.MethodPost, path+"/face/result", object{"attempt_id": attempt}).want(t, http.StatusOK, "")
	for _, told := range []string{got.text(t, "failure", "note"), p.get(t, path).text(t, "failure", "note")} {
		if !strings.Contains(told, "冒用他人身份") {
			t.Errorf("the person reads %q, want the reason", told)
		}
	}
	if body := string(got.body); got.text(t, "failure", "code") != "subject_barred" || !strings.Contains(body, "2026-12-21T") || !strings.Contains(body, "行政复议") {
		t.Errorf("got %s, want the end and the ways to complain", body)
	}
	t.Log("as documented: the person reads reason, end and how to complain, once a check has passed")
	verification := strings.TrimPrefix(path, "/v1/verifications/")
	appealed := p.submits(t, object{"failure": "subject_barred", "verification_id": verification})
	p.walks(t, [2]*consoletest.Browser{first, second}, appealed, appeal.LimitLifted)
	first.Open("/bars").Want(http.StatusOK, "ended")
	p.accept(t, zhang())
	p.get(t, "/v1/todos").want(t, http.StatusOK, "")
	t.Log("as documented: two reviewers decide the appeal, the bar ends, and the person is verified again")

	id = barOf(first.Open("/bars").Submit("/bars", bars()))
	second.Open("/bars").Submit("/bars/"+id+"/person", nil).Submit("/bars/"+id+"/approval", nil).Want(http.StatusOK)
	first.Open("/bars").Submit("/bars/"+id+"/end", nil).Want(http.StatusOK, "in the ledger")
	p.accept(t, zhang())
	t.Log("as documented: a reviewer ends a bar before its time")
}

package bff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/console/consoletest"
)

const (
	wordsOfTheClerk       = "收不到验证码"
	caseOfTheWindow       = "case-window" // answered by nobody else
	enterpriseOfTheWindow = "北京窗口科技有限公司"
)

// resourcesOfWindow returns what the routes of the window are called with: a visit in each state and what the centre was asked.
func (w *fixture) resourcesOfWindow(t *testing.T, c *consoletest.Fixture) map[string][]string {
	t.Helper()
	asked := sampleCase(1)
	asked["header"] = object{"enterprise_name": enterpriseOfTheWindow, "business_kind": "establishment", "mode": "online", "applied_on": "2026-11-20"}
	w.push(t, caseOfTheWindow, asked).want(t, http.StatusCreated, "")
	open, waiting, verified := w.visit(t, c, "open"), w.visit(t, c, "waiting"), w.visit(t, c, "verified")
	escalation := c.SignedIn(t, "clerk").Open("/window/visits/"+waiting).
		Submit("/window/visits/"+waiting+"/escalations", url.Values{"kind": {"verify_phone"}, "note": {wordsOfTheClerk}}).Want(http.StatusOK)
	_, rest, _ := strings.Cut(escalation.Body, "/escalations/esc_")
	id, _, _ := strings.Cut(rest, "/")
	return map[string][]string{"/window/visits/": {open, waiting, verified}, "/escalations/": {"esc_" + id}}
}

// visit begins a visit of the person and returns its id once it is in a state.
func (w *fixture) visit(t *testing.T, c *consoletest.Fixture, state string) string {
	t.Helper()
	page := c.SignedIn(t, "clerk2").Open("/window").Submit("/window/visits", url.Values{"by": {"document"}})
	id := strings.TrimPrefix(page.Path, "/window/visits/")
	if state == "open" {
		return id
	}
	page.Submit(page.Path+"/document", url.Values{
		"registry": {"beijing"}, "case": {caseOfTheWindow}, "type": {"resident_id"}, "number": {zhangNumber}, "again": {zhangNumber}, "name": {zhangName},
		"reason": {"no_smartphone"},
	}).Want(http.StatusOK)
	if state == "verified" {
		c.SignedIn(t, "supervisor").Open(page.Path).Submit(page.Path+"/evidence", nil).Submit(page.Path+"/decision", url.Values{"decision": {"approve"}}).Want(http.StatusOK)
	}
	return id
}

// todoOf returns the id of the todo of a verified visit.
func (w *fixture) todoOf(t *testing.T, c *consoletest.Fixture, visit string) string {
	t.Helper()
	return c.SignedIn(t, "clerk2").Open("/window/visits/"+visit).Submit("/window/visits/"+visit+"/todos", nil).Field("todo")
}

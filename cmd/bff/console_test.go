package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/console/consoletest"
	"renzheng/sql/storetest"
	"renzheng/support"
	"renzheng/test/harness"
)

// The settings of the sandbox lead from the identity provider to the pages of each role.
func TestConsole_IsServedWithItsSettings(t *testing.T) {
	t.Parallel()
	logs := new(harness.Log)
	sandbox, err := harness.New(t.Context(), harness.Options{
		Data: t.TempDir(), Database: storetest.Engines(t)[0].New(t), Console: harness.FreeConsole, Settings: harness.Settings{"BFF_LOG_LEVEL": "error"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	server, err := sandbox.Start(t.Context(), harness.Program{Serve: serveInside(t.TempDir()), Logs: logs})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	pages := map[string]string{"clerk": "Clerk", "supervisor": "Supervisor", "reviewer": "Reviewer", "operator": "Operator", "officer": "/corrections", "auditor": "/reveals"}
	for member, want := range pages {
		page := consoletest.NewBrowser(t, sandbox.Console).SignIn(member).Want(http.StatusOK, "no person, no case and no check here is real")
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s: the home page lacks %s", member, want)
		}
	}
	changesQuestions(t, sandbox)
	out := consoletest.NewBrowser(t, sandbox.Console)
	out.SignIn("officer").Submit("/sign-out", nil).Follow(sandbox.URL+"/idp/end-session").Want(http.StatusOK, "Signed out")
	if code, err := sandbox.Identity.Logout(t.Context(), "officer"); code != http.StatusOK || err != nil {
		t.Errorf("the back channel answered %d, %v", code, err)
	}
}

// changesQuestions approves a version of the questions, which the running server takes by itself. What the file of the settings must
// have, a version must have as well.
func changesQuestions(t *testing.T, sandbox *harness.Sandbox) {
	t.Helper()
	const old, answer = "Search for 登记注册身份验证小程序 in Alipay", "Look for 登记注册身份验证小程序 in Alipay"
	content := strings.Replace(string(support.BuiltInFAQ()), old, answer, 1)
	form := consoletest.NewBrowser(t, sandbox.Console).SignIn("operator").Follow("/rules").Follow("/rules/new?kind=faq").Follow("/rules/new?kind=faq&as=json")
	form.Submit("/rules", url.Values{"content": {strings.Replace(content, `"number_frozen"`, `"never_heard_of"`, 1)}, "note": {"x"}}).
		Want(http.StatusUnprocessableEntity, "no answer for the failures number_frozen")
	form.Submit("/rules", url.Values{"content": {content}, "note": {"改写"}}).Want(http.StatusOK, "Proposed.")
	page := consoletest.NewBrowser(t, sandbox.Console).SignIn("operator2").Follow("/rules").Follow("/rules/rul_")
	page.Submit(page.Path+"/approval", nil).Want(http.StatusOK, "Approved.")
	for range 1000 { // of the worker's rounds one suffices
		if strings.Contains(consoletest.NewBrowser(t, sandbox.API).Open("/v1/support/faq").Body, answer) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the server does not serve the version")
}

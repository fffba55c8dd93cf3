package main

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/console/consoletest"
	"renzheng/sql/storetest"
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
	out := consoletest.NewBrowser(t, sandbox.Console)
	out.SignIn("officer").Submit("/sign-out", nil).Follow(sandbox.URL+"/idp/end-session").Want(http.StatusOK, "Signed out")
	if code, err := sandbox.Identity.Logout(t.Context(), "officer"); code != http.StatusOK || err != nil {
		t.Errorf("the back channel answered %d, %v", code, err)
	}
}

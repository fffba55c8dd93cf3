package console_test

import (
	"net/http"
	"strings"
	"testing"

	"renzheng/console/consoletest"
)

// A member who is signed in is led to pages of this console only.
func TestSignIn_LeadsNowhereElse(t *testing.T) {
	t.Parallel()
	f := consoletest.New(t, nil)
	b := f.SignedIn(t, "auditor")
	for _, next := range []string{"//evil.example", "/%09/evil.example", "/%0a/evil.example", "/%5cevil.example", "https://evil.example", "%20//evil.example", "/%00/x"} {
		page := b.Open("/sign-in?next=" + next)
		if page.Status != http.StatusOK || page.Path != "/" || strings.Contains(page.Body, "evil") {
			t.Errorf("%s leads to %s with status %d", next, page.Path, page.Status)
		}
	}
}

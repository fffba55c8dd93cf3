package harness

import (
	"net/http"
	"sync/atomic"
)

// adopter is the account to which codes belong that the simulated channels did not issue. A developer's tool of Alipay or
// WeChat makes such codes; with an adopter, a mini-program in the tool signs in to the sandbox. "" = such codes are invalid.
type adopter struct{ openID atomic.Value }

func (a *adopter) account() string {
	openID, _ := a.openID.Load().(string)
	return openID
}

// serveIDE sets the account, which is the form's open_id.
func (s *Sandbox) serveIDE(out http.ResponseWriter, r *http.Request) {
	openID := r.PostFormValue("open_id")
	if _, known := s.fates.account(openID); openID != "" && !known {
		http.Error(out, "no such sample person 没有这个样例人员", http.StatusNotFound)
		return
	}
	s.adopter.openID.Store(openID)
	http.Redirect(out, r, "/", http.StatusSeeOther)
}

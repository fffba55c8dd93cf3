package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"renzheng/verification/failure"
	"renzheng/window"
)

// Every failure that sends a person to the window ends at a tool that exists: a reason of the policy, with which a visit is
// served to its end through the pages of clerk and supervisor.
func TestGraph_TheWindowServesEveryFailure(t *testing.T) {
	t.Parallel()
	policy, err := window.DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	failures, without := 0, 0
	known := map[string]bool{}
	for _, entry := range failure.Catalogue() {
		known[string(entry.Code)] = true
		if !slices.ContainsFunc(entry.Remedies, func(r failure.Remedy) bool { return r.Kind == failure.ServiceWindow }) {
			continue
		}
		failures++
		if policy.After(string(entry.Code)) == "" {
			without++
			t.Errorf("%s sends people to the window, which has no reason for it", entry.Code)
		}
	}
	h := newHall(t)
	clerk, supervisor := h.SignedIn(t, "clerk"), h.SignedIn(t, "supervisor")
	for _, reason := range policy.Reasons {
		for _, code := range reason.Failures {
			if !known[code] {
				t.Errorf("reason %s names the unknown failure %s", reason.Code, code)
			}
		}
		d, parent := h.adult(t), h.adult(t)
		if reason.Minor {
			d = h.person(t, "20101122", "李小四")
		}
		form := typed(h.asked(t, d), d)
		form.Set("reason", reason.Code)
		if reason.Minor {
			form.Set("guardian_type", "resident_id")
			form.Set("guardian_number", parent.Number.Reveal())
			form.Set("guardian_name", parent.Name.Original())
			form.Set("relation", "parent")
		}
		page := h.seen(clerk, form)
		visit := page.Path
		supervisor.Open(visit).Submit(visit+"/evidence", nil).Submit(visit+"/decision", url.Values{"decision": {"approve"}})
		read := clerk.Open(visit).Submit(visit+"/todos", nil).Want(http.StatusOK, reason.Text.English)
		read.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"7"}}).Want(http.StatusOK, "Done")
		clerk.Open(visit).Submit(visit+"/end", url.Values{"outcome": {"done"}}).Want(http.StatusOK, "The visit has ended")
	}
	if failures < 30 || h.count(t, string(window.KindAnswered)) != len(policy.Reasons) {
		t.Errorf("got %d failures and another number of answers than %d", failures, len(policy.Reasons))
	}
	t.Logf("failures that lead to the window: %d, without a tool: %d, reasons served to their end: %d", failures, without, len(policy.Reasons))
}

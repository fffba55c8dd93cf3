package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"renzheng/console/consoletest"
)

func TestWindow_StoriesOfPaper(t *testing.T) {
	t.Parallel()
	play(t, "clerk", []story{
		{"prints what is to be signed, and what was done", prints},
		{"prints nothing for a person who cannot write", printsNothingForThem},
	})
}

// The paper has the content and lines to be filled in by hand; the slip has neither name nor content.
func prints(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	page := h.read(t, b, typed(h.asked(t, d), d))
	visit := strings.TrimSuffix(page.Path, "/todos")
	b.Open(visit + "/slip").Want(http.StatusNotFound)
	before := strings.Count(h.SignedIn(t, "auditor").Open("/reveals").Body, "Case and todos")
	paper := page.Submit(visit+"/paper", nil).Want(http.StatusOK, "To be read and signed", "北京样例科技有限公司", "壹佰万元", "第一窗口", "□ agree", "Number of the signed paper")
	paper.WantNot(d.Number.Reveal(), "张三")
	if after := strings.Count(h.SignedIn(t, "auditor").Open("/reveals").Body, "Case and todos"); after != before+1 {
		t.Errorf("got %d rows, then %d after the print", before, after)
	}
	page.Submit(visit+"/paper", url.Values{"todo": {"tdo_0"}}).Want(http.StatusNotFound)
	page.Submit(visit+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"2026-117"}}).Want(http.StatusOK, "Done")
	slip := b.Open(visit).Follow(visit+"/slip").Want(http.StatusOK, "What was done", "第一窗口", "样例登记机关", "Agreed", "can verify its seal")
	slip.WantNot(d.Number.Reveal(), "张三", "北京样例科技有限公司", "2026-117")
	if receiptID.FindString(slip.Body) == "" || ledgerNumber.FindString(slip.Body) == "" {
		t.Error("the slip has no receipt or no entry")
	}
	page.Submit(visit+"/paper", nil).Want(http.StatusNotFound) // it is answered
	h.SignedIn(t, "clerk-there").Open(visit + "/slip").Want(http.StatusNotFound)
}

func printsNothingForThem(t *testing.T, h *hall, b *consoletest.Browser) {
	d := h.adult(t)
	form := typed(h.asked(t, d), d)
	form.Set("unable", "yes")
	form.Set("witness", "赵六")
	page := h.read(t, b, form)
	if page.HasForm(strings.TrimSuffix(page.Path, "/todos") + "/paper") {
		t.Error("a paper is offered to a person who cannot write")
	}
}

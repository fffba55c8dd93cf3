package support_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/support"
	"renzheng/verification/failure"
)

func TestAnswer_FitsForEveryFailureAndLanguage(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	asked := 0
	for _, entry := range failure.Catalogue() {
		for _, language := range identity.Languages() {
			if asked++; asked%support.MaxChanges == 0 {
				w.pass(support.TicketLife) // a ticket changes so often only
			}
			ticket := w.ticket(t, string(entry.Code), language)
			article, _ := faq(t).ForFailure(string(entry.Code), language)
			got := w.says(t, support.Message{Kind: support.Scanned, Scene: ticket.ID})
			if !strings.Contains(got, article.Answer) || !strings.Contains(got, ticket.Code) {
				t.Errorf("%s in %s: got %q", entry.Code, language, got)
			}
		}
	}
}

func TestAnswer_SpeaksThePersonsLanguage(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]map[support.MessageKind]string{
		identity.Chinese:     {support.Subscribed: "您好，这里是", support.Pictured: "只能识别文字", support.Written: "暂时没有找到"},
		identity.Traditional: {support.Subscribed: "您好，這裡是", support.Pictured: "只能識別文字", support.Written: "暫時沒有找到"},
		identity.English:     {support.Subscribed: "Technical support", support.Pictured: "only read text", support.Written: "found no answer"},
	} {
		w := newFixture(t, nil)
		w.says(t, support.Message{Kind: support.Scanned, Scene: w.ticket(t, "", language).ID})
		for kind, part := range want {
			if got := w.says(t, support.Message{Kind: kind, Words: identity.NewSecret("……")}); !strings.Contains(got, part) {
				t.Errorf("%s to %s: got %q", language, kind, got)
			}
		}
	}
	w := newFixture(t, nil) // nobody knows this person
	if got := w.says(t, support.Message{Kind: support.Written, Words: identity.NewSecret("xyzzy")}); !strings.Contains(got, "found no answer") {
		t.Errorf("got %q", got)
	}
}

func TestAnswer_HandsOverToWhoAsksForAHuman(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	for words, want := range map[string]bool{
		"人工": true, "转人工客服": true, "\tAgent": true, "客服": true, "人工核验是什么": false, "银行卡": false,
	} {
		got := w.says(t, support.Message{Kind: support.Written, Words: identity.NewSecret(words)})
		if (got == "transfer") != want {
			t.Errorf("%s: got %q", words, got)
		}
	}
	if got := w.says(t, support.Message{Kind: support.Chosen, Key: support.MenuAgent}); got != "transfer" {
		t.Errorf("got %q", got)
	}
}

func TestAnswer_KnowsATicketByItsCodeHoweverWritten(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	ticket := w.ticket(t, "qr_blank", identity.English)
	for _, words := range []string{
		ticket.Code, strings.ToLower(ticket.Code), strings.ReplaceAll(ticket.Code, "-", " "), " " + strings.ReplaceAll(ticket.Code, "-", ""),
		strings.ReplaceAll(strings.ReplaceAll(ticket.Code, "0", "o"), "1", "l"),
	} {
		if got := w.says(t, support.Message{Kind: support.Written, Words: identity.NewSecret(words)}); !strings.Contains(got, ticket.Code) {
			t.Errorf("%s: got %q", words, got)
		}
	}
	if got := w.says(t, support.Message{Kind: support.Written, Words: identity.NewSecret("T-0000-0000")}); !strings.Contains(got, "ended") {
		t.Errorf("got %q", got)
	}
}

func TestAnswer_IsGivenOnce(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	again := support.Message{ID: "one", Kind: support.Written, Words: identity.NewSecret("银行卡")}
	if first := w.says(t, again); first == support.NoReply {
		t.Error("the first got no answer")
	}
	for range 2 {
		if got := w.says(t, again); got != support.NoReply {
			t.Errorf("got %q again", got)
		}
	}
}

func TestAnswer_ThatIsLateIsLeftToTheRepetition(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	again := support.Message{ID: "one", Kind: support.Subscribed}
	w.slow = support.AnswerTime + time.Millisecond
	if _, err := w.sends(t.Context(), again); !errors.Is(err, support.ErrSlow) {
		t.Errorf("got %v", err)
	}
	w.slow = 0
	if got := w.says(t, again); got == support.NoReply {
		t.Error("the repetition got no answer")
	}
	w.refused = support.ErrPushRejected
	if _, err := w.sends(t.Context(), again); !errors.Is(err, support.ErrPushRejected) {
		t.Errorf("got %v", err)
	}
}

func TestService_WithoutAnAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *support.Deps) { d.Account, d.Window = nil, "大厅一楼" })
	if _, err := w.service.Echo(nil); !errors.Is(err, support.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := w.sends(t.Context(), support.Message{}); !errors.Is(err, support.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if got := w.service.Contact(identity.English); got != (support.Contact{Window: "大厅一楼"}) {
		t.Errorf("got %+v", got)
	}
}

func TestAnswer_SaysNothingToAnEventThatNeedsNoAnswer(t *testing.T) {
	t.Parallel()
	w := newFixture(t, nil)
	for _, kind := range []support.MessageKind{support.Otherwise, support.Unsubscribed} {
		for range 2 {
			if got := w.says(t, support.Message{ID: "one", Kind: kind}); got != support.NoReply {
				t.Errorf("%s: got %q", kind, got)
			}
		}
	}
	for _, kind := range []support.MessageKind{support.Pictured, support.Spoken} {
		if got := w.says(t, support.Message{ID: string(kind), Kind: kind}); !strings.Contains(got, "只能识别文字") {
			t.Errorf("%s: got %q", kind, got)
		}
	}
}

package failure_test

import (
	"slices"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification/failure"
)

// needles are what a text says in each language: it says it if it contains one of
// the strings.
type needles map[string][]string

var (
	saysNotCounted = needles{"zh-Hans": {"不计次数"}, "zh-Hant": {"不計次數"}, "en": {"no try was used"}}
	saysUseless    = needles{
		"zh-Hans": {"不会改变结果"}, "zh-Hant": {"不會改變結果"},
		"en": {"rarely changes", "does not change"},
	}
	saysLater  = needles{"zh-Hans": {"稍后"}, "zh-Hant": {"稍後"}, "en": {"again later"}}
	saysOther  = needles{"zh-Hans": {"换其他方式"}, "zh-Hant": {"換其他方式"}, "en": {"another method"}}
	saysWindow = needles{"zh-Hans": {"到窗口"}, "zh-Hant": {"到窗口"}, "en": {"service window"}}
	saysOwn    = needles{"zh-Hans": {"由账号本人"}, "zh-Hant": {"由帳號本人"}, "en": {"your own account"}}
	saysWait   = needles{"zh-Hans": {"正在等待"}, "zh-Hant": {"正在等待"}, "en": {"is pending"}}
)

// in reports whether the prompt or cause of an entry says it. All languages must
// agree.
func (n needles) in(t *testing.T, entry failure.Entry) bool {
	t.Helper()
	said := 0
	for _, language := range identity.Languages() {
		text := strings.ToLower(entry.Prompt.For(language) + " " + entry.Cause.For(language))
		if slices.ContainsFunc(n[language], func(needle string) bool { return strings.Contains(text, needle) }) {
			said++
		}
	}
	if said != 0 && said != len(identity.Languages()) {
		t.Errorf("%s says %v in %d of its languages", entry.Code, n["en"], said)
	}
	return said > 0
}

func offers(entry failure.Entry, kinds ...failure.RemedyKind) bool {
	return slices.ContainsFunc(entry.Remedies, func(r failure.Remedy) bool { return slices.Contains(kinds, r.Kind) })
}

// What the prompt and the cause say about tries is what the entry does. Clients add
// no sentence of their own.
func TestCatalogue_TextsAgreeOnTries(t *testing.T) {
	t.Parallel()
	for _, entry := range failure.Catalogue() {
		said := saysNotCounted.in(t, entry)
		if said && entry.Counted {
			t.Errorf("%s uses a try and says that it does not", entry.Code)
		}
		// A planned failure has no tries yet, and a pending result is not decided.
		decided := !entry.Planned && entry.Code != failure.ResultPending
		if decided && entry.Retryable && !entry.Counted && !said {
			t.Errorf("%s uses no try and does not say so", entry.Code)
		}
	}
}

// What the prompt and the cause ask for is offered, and what they rule out is not.
func TestCatalogue_TextsAgreeWithRemedies(t *testing.T) {
	t.Parallel()
	again := []failure.RemedyKind{
		failure.RetryNow, failure.RetryBetterLight, failure.RetryFinish, failure.RetryLater, failure.RestartApp, failure.RefreshPage,
	}
	for _, entry := range failure.Catalogue() {
		if saysUseless.in(t, entry) && (entry.Retryable || offers(entry, again...)) {
			t.Errorf("%s says that a repetition is useless, and offers one", entry.Code)
		}
		if waits := saysWait.in(t, entry); waits != offers(entry, failure.WaitResult) || waits && offers(entry, again...) {
			t.Errorf("%s: only a pending result is waited for, and it is not asked for again", entry.Code)
		}
		for _, asked := range []struct {
			says needles
			kind failure.RemedyKind
		}{{saysLater, failure.RetryLater}, {saysOther, failure.OtherMethod}, {saysOwn, failure.UseOwnAccount}} {
			if asked.says.in(t, entry) && !offers(entry, asked.kind) {
				t.Errorf("%s asks for %s, and does not offer it", entry.Code, asked.kind)
			}
		}
		if saysWindow.in(t, entry) && entry.Remedies[0].Kind != failure.ServiceWindow {
			t.Errorf("%s asks to come to the window, and offers %s first", entry.Code, entry.Remedies[0].Kind)
		}
	}
}

// A remedy fits the cause. Each is offered only where the prompt or the cause names
// what it is about.
func TestCatalogue_RemediesFitTheCause(t *testing.T) {
	t.Parallel()
	for kind, names := range map[failure.RemedyKind]needles{
		failure.CheckSpelling:    {"zh-Hans": {"姓名"}, "zh-Hant": {"姓名"}, "en": {"name"}},
		failure.CheckNumber:      {"zh-Hans": {"号码"}, "zh-Hant": {"號碼"}, "en": {"number"}},
		failure.CheckValidity:    {"zh-Hans": {"有效期"}, "zh-Hant": {"有效期"}, "en": {"valid"}},
		failure.ChooseType:       {"zh-Hans": {"证件类型"}, "zh-Hant": {"證件類型"}, "en": {"document type"}},
		failure.PhotoAgain:       {"zh-Hans": {"照片"}, "zh-Hant": {"照片"}, "en": {"photo"}},
		failure.UseOwnAccount:    {"zh-Hans": {"账号"}, "zh-Hant": {"帳號"}, "en": {"account"}},
		failure.RetryBetterLight: {"zh-Hans": {"画面", "镜头"}, "zh-Hant": {"畫面", "鏡頭"}, "en": {"picture", "camera"}},
		failure.AllowCamera:      {"zh-Hans": {"摄像头"}, "zh-Hant": {"攝像頭"}, "en": {"camera"}},
		failure.CheckNetwork:     {"zh-Hans": {"网络", "信号", "页面"}, "zh-Hant": {"網絡", "信號", "頁面"}, "en": {"connection", "signal", "page"}},
		failure.OpenInApp:        {"zh-Hans": {"扫描"}, "zh-Hant": {"掃描"}, "en": {"scanned"}},
		failure.UpdateApp:        {"zh-Hans": {"版本"}, "zh-Hant": {"版本"}, "en": {"version"}},
		failure.OtherCard:        {"zh-Hans": {"银行卡", "卡号", "手机号"}, "zh-Hant": {"銀行卡", "卡號", "手機號"}, "en": {"card", "phone number"}},
		failure.OtherPhone:       {"zh-Hans": {"手机"}, "zh-Hant": {"手機"}, "en": {"phone", "text message"}},
		failure.AskBank:          {"zh-Hans": {"银行"}, "zh-Hant": {"銀行"}, "en": {"bank"}},
	} {
		for _, entry := range failure.Catalogue() {
			if offers(entry, kind) && !names.in(t, entry) {
				t.Errorf("%s offers %s, and does not say why", entry.Code, kind)
			}
		}
	}
}

// If the same way can pass when it is done again, or is not decided yet, another
// document, channel or card does not help.
func TestCatalogue_NothingElseWhereTheSameHelps(t *testing.T) {
	t.Parallel()
	same := []failure.RemedyKind{failure.RetryNow, failure.RetryFinish, failure.CheckNetwork, failure.WaitResult}
	for _, entry := range failure.Catalogue() {
		if offers(entry, same...) && offers(entry, failure.OtherMethod, failure.OtherCard) {
			t.Errorf("%s offers to repeat the same, and something else", entry.Code)
		}
		if offers(entry, failure.RetryNow, failure.RetryBetterLight, failure.RetryFinish, failure.AllowCamera) && !entry.Retryable {
			t.Errorf("%s offers a repetition that cannot pass", entry.Code)
		}
		if offers(entry, failure.OtherCard, failure.AskBank) && entry.Kind != failure.KindCard {
			t.Errorf("%s offers another card, and is not about a card", entry.Code)
		}
	}
}

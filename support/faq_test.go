package support_test

import (
	"slices"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/support"
	"renzheng/verification/failure"
)

func faq(tb testing.TB) *support.FAQ {
	tb.Helper()
	f, err := support.DefaultFAQ()
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func TestFAQ_AnswersForEveryFailure(t *testing.T) {
	t.Parallel()
	f := faq(t)
	var codes []string
	for _, entry := range failure.Catalogue() {
		codes = append(codes, string(entry.Code))
	}
	if missing := f.Unanswered(codes); len(missing) > 0 {
		t.Errorf("no answer for %v", missing)
	}
	for _, code := range codes {
		seen := map[string]bool{}
		for _, language := range identity.Languages() {
			article, known := f.ForFailure(code, language)
			if !known || article.Answer == "" || seen[article.Answer] {
				t.Errorf("%s in %s: got %q, %t", code, language, article.Answer, known)
			}
			seen[article.Answer] = true
		}
	}
	if article, known := f.ForFailure("unheard_of", identity.Chinese); known || article.ID != "" {
		t.Errorf("an unknown code: got %+v", article)
	}
}

func TestFAQ_Search_findsWhatPeopleAsk(t *testing.T) {
	t.Parallel()
	f := faq(t)
	for query, want := range map[string]string{
		"怎么打开小程序":                 "how_to_open",
		"要不要注册账号":                 "no_account",
		"可以用微信吗":                  "which_app",
		"護照可以嗎":                   "who_can_use",
		"港澳通行证":                   "who_can_use",
		"安卓手机什么版本":                "phone_needs",
		"身份验证失败":                  "identity_not_confirmed",
		"不是本人支付宝账号":               "account_owner",
		"人脸比对未通过":                 "face_differs",
		"光线太暗":                    "face_quality",
		"银行卡不通过":                  "bank_card",
		"收不到验证码":                  "sms",
		"１９９ 号段":                  "phone_number",
		"身份证长期有效":                 "validity",
		"名字里有点 ·":                 "dotted_name",
		"生僻字打不出来":                 "rare_name",
		"没有看到待办":                  "todos",
		"被冒用了":                    "not_mine",
		"老人没有智能手机":                "window",
		"My FACE does not match!": "face_differs",
		"bank card":               "bank_card",
		"no sms code received":    "sms",
	} {
		found := f.Search(query, identity.Chinese)
		if len(found) == 0 || found[0].ID != want {
			t.Errorf("%s: got %v, want %s first", query, ids(found), want)
		}
	}
}

func TestFAQ_Search_isBoundedAndSteady(t *testing.T) {
	t.Parallel()
	f := faq(t)
	long := strings.Repeat("人脸身份证银行卡", 10_000)
	first := ids(f.Search(long, identity.English))
	if len(first) == 0 || len(first) > 5 {
		t.Errorf("got %d articles", len(first))
	}
	for range 20 {
		if got := ids(f.Search(long, identity.English)); !slices.Equal(got, first) {
			t.Errorf("got %v, then %v", first, got)
		}
	}
	for _, query := range []string{"", " \n\x00\xff", "!!!", "的", "今天天气怎么样", "今晚吃什么", "what is the time", "xyzzy"} {
		if got := f.Search(query, identity.Chinese); len(got) > 0 {
			t.Errorf("%q: got %v", query, ids(got))
		}
	}
}

func ids(articles []support.Article) []string {
	var all []string
	for _, a := range articles {
		all = append(all, a.ID)
	}
	return all
}

func TestLoadFAQ_refuses(t *testing.T) {
	t.Parallel()
	const texts = `"texts":{"zh-Hans":{"question":"问","answer":"答"},"zh-Hant":{"question":"問","answer":"答"},"en":{"question":"q","answer":"a"}}`
	good := `{"version":"1","entries":[{"id":"a","featured":true,"failures":["x"],` + texts + `}]}`
	if _, err := support.LoadFAQ([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{
		"no version":               strings.Replace(good, `"version":"1"`, `"version":""`, 1),
		"a language missing":       strings.Replace(good, `"en":`, `"fr":`, 1),
		"a language too many":      strings.Replace(good, `"en":`, `"fr":{"question":"q","answer":"r"},"en":`, 1),
		"an answer missing":        strings.Replace(good, `"answer":"a"`, `"answer":" "`, 1),
		"a question of two lines":  strings.Replace(good, `"question":"q"`, `"question":"q\nr"`, 1),
		"an answer that is long":   strings.Replace(good, `"answer":"a"`, `"answer":"`+strings.Repeat("a", 1301)+`"`, 1),
		"a hidden character":       strings.Replace(good, `"answer":"a"`, `"answer":"a\u202eb"`, 1),
		"an unknown member":        strings.Replace(good, `"featured"`, `"feature"`, 1),
		"nothing featured":         strings.Replace(good, `"featured":true`, `"featured":false`, 1),
		"a failure answered twice": strings.Replace(good, `["x"]`, `["x","x"]`, 1),
		"a failure that is none":   strings.Replace(good, `["x"]`, `["X y"]`, 1),
		"an entry twice":           strings.Replace(good, `}]}`, `},{"id":"a",`+texts+`}]}`, 1),
		"a version that is long":   strings.Replace(good, `"version":"1"`, `"version":"`+strings.Repeat("1", 49)+`"`, 1),
		"a source that is long":    strings.Replace(good, `"featured"`, `"sources":["`+strings.Repeat("M", 49)+`"],"featured"`, 1),
		"too many keywords":        strings.Replace(good, `"featured"`, `"keywords":["k"`+strings.Repeat(`,"k"`, 50)+`],"featured"`, 1),
		"an empty keyword":         strings.Replace(good, `"featured"`, `"keywords":[""],"featured"`, 1),
		"something behind it":      good + "{}",
		"nothing":                  "",
		"no entries":               `{"version":"1","entries":[]}`,
	} {
		if _, err := support.LoadFAQ([]byte(raw)); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

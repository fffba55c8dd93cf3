package notice_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

func TestDefaultNotices_EveryFlow(t *testing.T) {
	t.Parallel()
	notices, kinds := defaultNotices(t), []notice.Kind{
		notice.Rules, notice.Face, notice.BankCard, notice.Handover,
	}
	for _, channel := range []string{"alipay", "wechat", "web"} {
		for _, document := range identity.DocumentTypes() {
			route := policy.Route{Purpose: policy.Confirm, Document: document, Channel: channel}
			for _, language := range []string{identity.Chinese, identity.English} {
				found := notices.For(route, kinds, language)
				if len(found) != len(kinds) {
					t.Fatalf("%v: got %d notices, want %d", route, len(found), len(kinds))
				}
				for i, shown := range found {
					if shown.Kind != kinds[i] || shown.Language != language || len(shown.Hash) != 64 {
						t.Errorf("%v: got %s in %s, want %s in %s", route, shown.Kind, shown.Language, kinds[i], language)
					}
				}
			}
		}
	}
}

func TestDefaultNotices_Recipients(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		channel  string
		document identity.DocumentType
		want     string
	}{
		{"a face in Alipay goes to Alipay", "alipay", identity.ResidentID, "支付宝"},
		{"a face in WeChat goes to Tencent", "wechat", identity.ResidentID, "腾讯"},
		{"a passport's face goes to the authority's own system", "alipay", identity.Passport, "登记机关自有"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			route := policy.Route{Purpose: policy.Access, Document: tt.document, Channel: tt.channel}
			found := defaultNotices(t).For(route, []notice.Kind{notice.Face}, "fr")
			if len(found) != 1 || !strings.Contains(found[0].Parts.Recipients, tt.want) {
				t.Errorf("got %v, want one notice that names %s", found, tt.want)
			}
		})
	}
}

// An owner check gives the document to WeChat Pay, which its own notice names (PIPL art. 23).
func TestDefaultNotices_OwnerCheckNamesItsRecipient(t *testing.T) {
	t.Parallel()
	notices := defaultNotices(t)
	for _, channel := range []identity.Channel{identity.Alipay, identity.WeChat, identity.Web} {
		route := policy.Route{Purpose: policy.Access, Document: identity.Passport, Channel: string(channel)}
		for language, want := range map[string]string{identity.Chinese: "微信支付", identity.Traditional: "微信支付", identity.English: "WeChat Pay"} {
			shown := notices.For(route, []notice.Kind{notice.OwnerCheck}, language)
			if offered := channel == identity.WeChat; len(shown) > 0 != offered || notices.Offers(channel, notice.OwnerCheck) != offered {
				t.Errorf("%s: got %d notices", channel, len(shown))
			} else if offered && !strings.Contains(shown[0].Parts.Recipients, want) {
				t.Errorf("%s in %s: got %q, want %s named", channel, language, shown[0].Parts.Recipients, want)
			}
		}
	}
	without := notices.Without(notice.OwnerCheck)
	ref := notices.For(policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: "wechat"}, []notice.Kind{notice.OwnerCheck}, "")[0]
	if _, ok := without.InForce(notice.Ref{ID: ref.ID, Version: ref.Version, Hash: ref.Hash}); ok || without.Offers(identity.WeChat, notice.OwnerCheck) {
		t.Error("a server without owner checks has their notice")
	}
}

func TestDefaultNotices_HashesDiffer(t *testing.T) {
	t.Parallel()
	notices := defaultNotices(t)
	route := policy.Route{Purpose: policy.Confirm, Document: identity.ResidentID, Channel: "alipay"}
	kinds := []notice.Kind{notice.Rules, notice.Face}
	seen := map[string]bool{}
	for _, language := range []string{identity.Chinese, identity.English} {
		for _, shown := range notices.For(route, kinds, language) {
			if seen[shown.Hash] {
				t.Errorf("%s in %s shares its hash with another text", shown.ID, language)
			}
			seen[shown.Hash] = true
		}
	}
}

// A notice that lacks any part in any language must stop the start (R34).
func TestLoadNotices_MissingPart(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("notices.json")
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{
		"who", "purpose", "method", "kinds", "recipients", "retention", "rights", "way_without_face", "withdrawal",
	}
	for _, language := range []string{identity.Chinese, identity.English} {
		for _, part := range parts {
			var notices []map[string]any
			if err = json.Unmarshal(raw, &notices); err != nil {
				t.Fatal(err)
			}
			text := member(t, member(t, notices[0], "texts"), language)
			member(t, text, "parts")[part] = " "
			changed, err := json.Marshal(notices)
			if err != nil {
				t.Fatal(err)
			}
			_, err = notice.Load(changed)
			if err == nil || !strings.Contains(err.Error(), language+" lacks "+part) {
				t.Errorf("got %v, want a refusal for %s in %s", err, part, language)
			}
		}
	}
}

// Each text is bounded, and everything that is too long is named at once.
func TestLoadNotices_NamesEveryTextThatIsTooLong(t *testing.T) {
	t.Parallel()
	var notices []map[string]any
	if err := json.Unmarshal(notice.BuiltIn(), &notices); err != nil {
		t.Fatal(err)
	}
	var want []string
	text := member(t, member(t, notices[0], "texts"), identity.English)
	for name, longest := range map[string]int{"title": 100, "statement": 500} {
		text[name] = strings.Repeat("证", longest+1)
		want = append(want, fmt.Sprintf("en: %s must have at most %d characters", name, longest))
	}
	for name := range member(t, text, "parts") {
		member(t, text, "parts")[name] = strings.Repeat("证", 2001)
		want = append(want, "en: "+name+" must have at most 2000 characters")
	}
	notices[1]["version"] = strings.Repeat("1", 65)
	hidden := member(t, member(t, member(t, notices[2], "texts"), identity.Chinese), "parts")
	hidden["who"] = "市\u202e民"
	want = append(want, "version must have 1 to 64 characters", "zh-Hans: who must have at most 2000 characters, none of which is invisible")
	raw, err := json.Marshal(notices)
	if err != nil {
		t.Fatal(err)
	}
	_, err = notice.Load(raw)
	for _, problem := range want {
		if err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("got %v, want %q in it", err, problem)
		}
	}
}

func TestLoadNotices_Refusals(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, raw, want string
	}{
		{"no notices at all", `[]`, "has 0 notices of kind face"},
		{"no JSON", `{`, "reading the notices"},
		{"an unknown member", `[{"colour":"red"}]`, "/0/colour: unknown member"},
		{"an unknown kind and no language", `[{"id":"a","version":"1","kind":"soul"}]`, `kind "soul" is unknown`},
		{"a language that nobody reads", `[{"id":"a","version":"1","kind":"rules","texts":{"tlh":{}}}]`, `language "tlh"`},
		{"the same id twice", `[{"id":"a"},{"id":"a"}]`, "comes twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := notice.Load([]byte(tt.raw))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q in it", err, tt.want)
			}
		})
	}
}

func FuzzLoadNotices(f *testing.F) {
	f.Add([]byte(`[{"id":"a","version":"1","kind":"rules","for":[{"channels":["web"]}],"texts":{"en":{"title":"t"}}}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		notices, err := notice.Load(raw)
		if err == nil && notices == nil {
			t.Error("got neither notices nor a reason")
		}
	})
}

func defaultNotices(tb testing.TB) *notice.Set {
	tb.Helper()
	notices, err := notice.Default()
	if err != nil {
		tb.Fatal(err)
	}
	return notices
}

func member(t *testing.T, object map[string]any, name string) map[string]any {
	t.Helper()
	inner, ok := object[name].(map[string]any)
	if !ok {
		t.Fatalf("%s is no object", name)
	}
	return inner
}

func TestLoadNotices_NamesTheLanguageThatIsMissing(t *testing.T) {
	t.Parallel()
	for language, missing := range map[string]bool{identity.Chinese: true, identity.English: true, identity.Traditional: false} {
		shown := map[string]any{"id": "n", "version": "1", "kind": "face", "texts": map[string]any{}}
		texts, _ := shown["texts"].(map[string]any)
		for _, other := range []string{identity.Chinese, identity.English, identity.Traditional} {
			if other != language {
				texts[other] = map[string]any{}
			}
		}
		raw, err := json.Marshal([]any{shown})
		if err != nil {
			t.Fatal(err)
		}
		_, err = notice.Load(raw)
		if err == nil || strings.Contains(err.Error(), language+" is missing") != missing {
			t.Errorf("without %s: got %v", language, err)
		}
	}
}

// A consent is to those who are named. Another order or another vendor is another text, to which nobody has agreed yet.
func TestSet_NamesTheRecipientsThatAreUsed(t *testing.T) {
	t.Parallel()
	route := policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: "web"}
	hashes := map[string]bool{}
	for _, tt := range []struct {
		used           []string
		language, want string
	}{
		{[]string{"tencentcloud"}, identity.Chinese, "腾讯云计算（北京）有限责任公司（联系方式：腾讯云客服）。"},
		{[]string{"alibabacloud"}, identity.Traditional, "阿里雲計算有限公司（聯絡方式：阿里雲客服）。"},
		{[]string{"alibabacloud", "tencentcloud"}, identity.Chinese, "阿里云计算有限公司（联系方式：阿里云客服）或腾讯云计算（北京）有限责任公司"},
		{[]string{"tencentcloud", "alibabacloud"}, identity.English, "(contact: customer service of Tencent Cloud) or Alibaba Cloud"},
	} {
		named, err := defaultNotices(t).Naming(notice.DocumentPhoto, tt.used)
		if err != nil {
			t.Fatal(err)
		}
		shown := named.For(route, []notice.Kind{notice.DocumentPhoto}, tt.language)[0]
		if !strings.Contains(shown.Parts.Recipients, tt.want) || strings.Contains(shown.Parts.Recipients, "{") {
			t.Errorf("%v: got %q, want %q", tt.used, shown.Parts.Recipients, tt.want)
		}
		if _, ok := named.InForce(notice.Ref{ID: shown.ID, Version: shown.Version, Hash: shown.Hash}); !ok || hashes[shown.Hash] {
			t.Errorf("%v: its hash is not that of this text alone", tt.used)
		}
		if _, ok := defaultNotices(t).InForce(notice.Ref{ID: shown.ID, Version: shown.Version, Hash: shown.Hash}); ok {
			t.Errorf("%v: the text is in force without its recipients", tt.used)
		}
		hashes[shown.Hash] = true
	}
	if _, err := defaultNotices(t).Naming(notice.DocumentPhoto, []string{"agency"}); err == nil {
		t.Error("a recipient without a name was accepted")
	}
}

func TestLoadNotices_NamesRecipientsWhereTheyAreShown(t *testing.T) {
	t.Parallel()
	for from, to := range map[string]string{
		`"recipients": "{recipients}.`:       `"recipients": "Somebody.`,
		`"recipients": "Nobody else`:         `"recipients": "{recipients} and nobody else`,
		`"en": "Alibaba Cloud Computing Co.`: `"fr": "Alibaba Cloud Computing Co.`,
		`"zh-Hans": "阿里云计算有限公司（联系方式：阿里云客服）"`: `"zh-Hans": ""`,
	} {
		changed := strings.Replace(string(notice.BuiltIn()), from, to, 1)
		if changed == string(notice.BuiltIn()) {
			t.Fatalf("the notices lack %s", from)
		}
		if _, err := notice.Load([]byte(changed)); err == nil {
			t.Errorf("%s was accepted", to)
		}
	}
}

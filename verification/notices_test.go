package verification_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
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
	raw, err := os.ReadFile("notice/notices.json")
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

func TestNotices_Demanded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		purpose policy.Purpose
		check   policy.CheckKind
		want    string
	}{
		{"the face of access needs rules and face", policy.Access, policy.Face, "rules face"},
		{"the card needs rules and bank card", policy.Access, policy.BankCard, "rules bank_card"},
		{"the face of an answer also needs the hand-over", policy.Confirm, policy.Face, "rules face handover"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := verification.Verification{Purpose: tt.purpose, Channel: "alipay"}
			v.Document.Type = identity.ResidentID
			var got []string
			for _, shown := range verification.RequiredNotices(defaultNotices(t), v, tt.check) {
				got = append(got, string(shown.Kind))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

func TestNotices_Match(t *testing.T) {
	t.Parallel()
	notices := defaultNotices(t)
	route := policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: "alipay"}
	rules := func(language string) notice.Notice {
		return notices.For(route, []notice.Kind{notice.Rules}, language)[0]
	}
	consent := func(n notice.Notice, at time.Time) verification.Consent {
		return verification.Consent{Kind: n.Kind, NoticeID: n.ID, Version: n.Version, NoticeHash: n.Hash, AcceptedAt: at}
	}
	old := consent(rules(identity.Chinese), noon)
	old.Version = "0"
	for _, tt := range []struct {
		name    string
		live    verification.Consent
		covered bool
	}{
		{"accepted at the earliest time", consent(rules(identity.Chinese), noon), true},
		{"accepted in another language", consent(rules(identity.English), noon), true},
		{"accepted too long ago", consent(rules(identity.Chinese), noon.Add(-1)), false},
		{"accepted in an old version", old, false},
		{"another notice", verification.Consent{Kind: notice.Rules, AcceptedAt: noon}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			demanded := []notice.Notice{rules(identity.Chinese)}
			needs, missing := verification.Match(notices, demanded, []verification.Consent{tt.live}, noon)
			if (len(needs) == 1) != tt.covered || (len(missing) == 0) != tt.covered {
				t.Fatalf("got %d needs and %d missing", len(needs), len(missing))
			}
			if tt.covered && (needs[0].NoticeHash != tt.live.NoticeHash || !needs[0].Since.Equal(noon)) {
				t.Errorf("got %v, want the consent as it was accepted", needs[0])
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

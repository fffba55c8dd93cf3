package verification_test

import (
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

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
			required := []notice.Notice{rules(identity.Chinese)}
			needs, missing := verification.Match(notices, required, []verification.Consent{tt.live}, noon)
			if (len(needs) == 1) != tt.covered || (len(missing) == 0) != tt.covered {
				t.Fatalf("got %d needs and %d missing", len(needs), len(missing))
			}
			if tt.covered && (needs[0].NoticeHash != tt.live.NoticeHash || !needs[0].Since.Equal(noon)) {
				t.Errorf("got %v, want the consent as it was accepted", needs[0])
			}
		})
	}
}

package session_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/session"
)

func TestService_Prefill_Nothing(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	opened := w.open(t)
	own, grown := w.userOf(t, opened.Session), document(t, "11010519491231002X")
	w.channel.prefills = map[string]session.Prefilled{
		"other":   {User: identity.NewChannelUser("app", "open_id", "li"), Document: grown},
		"absent":  {User: own, Absent: session.NotCertified},
		"nothing": {User: own},
		"child":   {User: own, Document: document(t, citizen(t, "11010520150615001"))},
	}
	for _, tt := range []struct {
		name, code string
		want       session.AbsentReason
		err        error
	}{
		{"another account's code", "other", session.NotThisAccount, nil},
		{"an owner who is not certified", "absent", session.NotCertified, nil},
		{"a document that is none", "nothing", session.NotUnderstood, nil},
		{"a child", "child", session.NotOldEnough, nil},
		{"a used code", "used", "", session.ErrCodeInvalid},
	} {
		got, err := w.Prefill(t.Context(), opened.Session, tt.code)
		if !errors.Is(err, tt.err) || got.Absent != tt.want || got.Document != nil {
			t.Errorf("%s: got %q, %v; want %q", tt.name, got.Absent, err, tt.want)
		}
		if kept, err := w.PendingPrefill(t.Context(), opened.Session); err != nil || kept != nil {
			t.Errorf("%s: something was kept (%v)", tt.name, err)
		}
	}
}

func TestService_Prefill_Kept(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	opened, grown := w.open(t), document(t, "11010519491231002X")
	w.channel.prefills = map[string]session.Prefilled{"own": {User: w.userOf(t, opened.Session), Document: grown}}
	got, err := w.Prefill(t.Context(), opened.Session, "own")
	if err != nil || got.Document == nil || !got.Document.Same(grown) {
		t.Fatalf("got %q, %v; want the owner's document", got.Absent, err)
	}
	if kept, err := w.PendingPrefill(t.Context(), opened.Session); err != nil || kept == nil || !kept.Document.Same(grown) {
		t.Errorf("the prefill was not kept: %v", err)
	}
	w.pass(session.PrefillLife)
	if kept, err := w.PendingPrefill(t.Context(), opened.Session); err != nil || kept != nil {
		t.Errorf("the prefill outlived its ten minutes (%v)", err)
	}
}

func TestService_Prefill_ChannelWithout(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	opened, err := w.Open(t.Context(), session.OpenRequest{Channel: identity.WeChat, Code: "zhang"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Prefill(t.Context(), opened.Session, "own")
	if err != nil || got.Absent != session.NotYetSupported {
		t.Errorf("got %q, %v", got.Absent, err)
	}
}

func document(t *testing.T, number string) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, number, "张三")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func citizen(t *testing.T, body string) string {
	t.Helper()
	check, ok := identity.CheckCharacter(body)
	if !ok {
		t.Fatalf("%s is no body of a number", body)
	}
	return body + string(check)
}

package alipay_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/alipay"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/session"
)

func TestClient_Authorize_givesTheIDThatAlipayGives(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		person   alipaytest.Person
		wantKind string
		want     string
	}{
		"a new application gets open_id only": {
			alipaytest.Person{OpenID: ownerOpenID}, "open_id", ownerOpenID,
		},
		"open_id is preferred where both come": {
			alipaytest.Person{OpenID: ownerOpenID, UserID: "2088000000000001"}, "open_id", ownerOpenID,
		},
		"an old application gets user_id only": {
			alipaytest.Person{OpenID: ownerOpenID, UserID: "2088000000000001", UserIDOnly: true}, "user_id", "2088000000000001",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.people[ownerOpenID] = tc.person
			got, err := w.client(t).Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
			if err != nil {
				t.Fatalf("Authorize: %v", err)
			}
			if want := identity.NewChannelUser(appID, tc.wantKind, tc.want); got != want {
				t.Errorf("got %q %q, want %q %q", got.Kind, got.Reveal(), want.Kind, want.Reveal())
			}
		})
	}
}

func TestClient_Authorize_takesLifetimesAsNumbersOrStrings(t *testing.T) {
	t.Parallel()
	for _, lifetime := range []string{`3600`, `"3600"`, `null`} {
		w := newFixture(t)
		w.gateway.Break(methodToken, alipaytest.Fault{
			Answer: `{"access_token":"a","open_id":"` + ownerOpenID + `","expires_in":` + lifetime + `}`,
		})
		// The fault spoils a good answer, so the code is a good one.
		got, err := w.client(t).Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
		if err != nil || got.Reveal() != ownerOpenID {
			t.Errorf("expires_in %s: got %q, %v", lifetime, got.Reveal(), err)
		}
	}
}

func TestClient_Authorize_refusesCodes(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	used := w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase)
	if _, err := client.Authorize(t.Context(), used); err != nil {
		t.Fatal(err)
	}
	expired := newFixture(t)
	late := expired.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase)
	expired.offset.Store(int64(4 * time.Minute))
	for name, tc := range map[string]struct {
		client *alipay.Client
		code   string
	}{
		"used before":            {client, used},
		"never issued":           {client, "0123456789abcdef"},
		"of another application": {client, w.gateway.IssueForeignCode(ownerOpenID, alipaytest.ScopeBase)},
		"expired":                {expired.client(t), late},
	} {
		_, err := tc.client.Authorize(t.Context(), tc.code)
		if !errors.Is(err, session.ErrCodeInvalid) {
			t.Errorf("%s: got %v, want %v", name, err, session.ErrCodeInvalid)
		}
	}
}

func TestClient_Authorize_neverSendsWhatCannotBeACode(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	for _, code := range []string{"", "a b", "a&auth_token=x", "a\n", "码", strings.Repeat("a", 129)} {
		if _, err := client.Authorize(t.Context(), code); !errors.Is(err, session.ErrCodeInvalid) {
			t.Errorf("%q: got %v, want %v", code, err, session.ErrCodeInvalid)
		}
	}
	if got := w.gateway.Calls(methodToken); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
}

func TestClient_Authorize_doesNotRepeatACallThatTimedOut(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.Timeout = 200 * time.Millisecond
	w.gateway.Break(methodToken, alipaytest.Fault{Hang: true})
	_, err := w.client(t).Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
	if !errors.Is(err, session.ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want unavailable by time-out", err)
	}
	if got := w.gateway.Calls(methodToken); got != 1 {
		t.Errorf("got %d calls, want 1", got)
	}
}

func TestClient_Authorize_believesNoRefusalThatNobodySigned(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body string
		want error
	}{
		"it may say that the code is invalid": {
			`{"error_response":{"code":"40002","sub_code":"isv.code-invalid"}}`, session.ErrCodeInvalid,
		},
		"any other reason is a technical one": {
			`{"error_response":{"code":"20000","sub_code":"isp.unknow-error"}}`, session.ErrUnavailable,
		},
		"success without a signature is none": {
			`{"alipay_system_oauth_token_response":{"access_token":"a","open_id":"b"}}`, session.ErrUnavailable,
		},
		"success in the error node is none": {
			`{"error_response":{"code":"10000","access_token":"a","open_id":"b"},"sign":"AAAA"}`, session.ErrUnavailable,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.gateway.Break(methodToken, alipaytest.Fault{Body: []byte(tc.body)})
			user, err := w.client(t).Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
			if !errors.Is(err, tc.want) || user != (identity.ChannelUser{}) {
				t.Errorf("got %v, %v, want %v", user, err, tc.want)
			}
		})
	}
}

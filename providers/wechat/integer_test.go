package wechat_test

import (
	"errors"
	"testing"

	"renzheng/session"
)

// WeChat writes some of its numbers as strings.
func TestClient_readsNumbersThatAreSentAsText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		token, login string
		want         error
	}{
		{`{"errcode":"0","access_token":"t","expires_in":"7200"}`, `{"errcode":"0","openid":"oMini-1","session_key":"k"}`, nil},
		{`{"errcode":0,"access_token":"t","expires_in":7200}`, `{"openid":"oMini-1","session_key":"k"}`, nil},
		{`{"access_token":"t","expires_in":"7200"}`, `{"errcode":"40029","errmsg":"invalid code"}`, session.ErrCodeInvalid},
		{`{"access_token":"t","expires_in":"7200"}`, `{"errcode":"45011","openid":"oMini-1"}`, session.ErrUnavailable},
	} {
		w := newFixture(t)
		w.config.Transport = canned{callToken: []byte(tc.token), callSession: []byte(tc.login), callVerifyID: []byte(`{"errcode":"0","verify_id":"v-1"}`)}
		client := w.client(t)
		user, err := client.Authorize(t.Context(), "code")
		if !errors.Is(err, tc.want) || (tc.want == nil && user.Reveal() != "oMini-1") {
			t.Errorf("%s: got %v, want %v", tc.login, err, tc.want)
		}
		if started, err := client.StartFace(t.Context(), faceStart(t)); err != nil || started.ProviderID != "v-1" {
			t.Errorf("%s: got %q, %v", tc.token, started.ProviderID, err)
		}
	}
}

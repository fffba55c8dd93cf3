package alipay_test

import (
	"errors"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/session"
	"renzheng/verification"
)

// JSON has several spellings for the "/" and "=" of a signature.
func TestClient_readsASignatureInEverySpellingOfJSON(t *testing.T) {
	t.Parallel()
	certified, _ := certificateFixture(t)
	for mode, w := range map[string]*fixture{"by key": newFixture(t), "by certificate": certified} {
		client := w.client(t)
		for _, method := range []string{methodToken, methodProfile, methodInitialize, methodQuery} {
			w.gateway.Break(method, alipaytest.Fault{Escaped: true})
		}
		prefilled, err := client.Prefill(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser))
		if err != nil || prefilled.Absent != "" {
			t.Errorf("%s: got %v, %v", mode, prefilled.Absent, err)
		}
		started := w.start(t, client)
		w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
		got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
		if err != nil || got.Outcome != verification.OutcomePassed {
			t.Errorf("%s: got %s, %v", mode, got.Outcome, err)
		}
		w.gateway.Break(methodQuery, alipaytest.Fault{Body: []byte(
			`{"alipay_user_certify_open_query_response":{"code":"10000","passed":"T"},"sign":"\/\/\u003d\u003d"}`)})
		if got, err = client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err == nil {
			t.Errorf("%s: a wrong signature with escapes: got %s", mode, got.Outcome)
		}
	}
}

func TestClient_Authorize_readsARefusalInEitherNode(t *testing.T) {
	t.Parallel()
	for _, node := range []string{"error_response", "alipay_system_oauth_token_response"} {
		for _, code := range []string{`"40002"`, `40002`} {
			w := newFixture(t)
			answer := w.gateway.Envelope(node, []byte(`{"code":`+code+`,"msg":"Invalid Arguments","sub_code":"isv.code-invalid"}`))
			w.gateway.Break(methodToken, alipaytest.Fault{Body: answer})
			_, err := w.client(t).Authorize(t.Context(), w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeBase))
			if !errors.Is(err, session.ErrCodeInvalid) {
				t.Errorf("code %s in %s: got %v", code, node, err)
			}
		}
	}
}

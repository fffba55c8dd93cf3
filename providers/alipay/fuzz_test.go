package alipay_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"renzheng/identity"
	"renzheng/providers/alipay"
	"renzheng/providers/alipay/alipaytest"
	"renzheng/verification"
)

// canned answers every call of a method with the same bytes. A fuzz target
// runs one input after the other, so they may be changed in between.
type canned map[string][]byte

func (c canned) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := request.ParseForm(); err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: request,
		Body: io.NopCloser(bytes.NewReader(c[request.PostForm.Get("method")])),
	}, nil
}

// cannedClient returns a client, its answers, and the gateway whose signature it
// believes.
func cannedClient(f *testing.F) (*alipay.Client, canned, *alipaytest.Gateway) {
	f.Helper()
	w := newFixture(f)
	answers := canned{}
	w.config.Transport = answers
	return w.client(f), answers, w.gateway
}

func FuzzQueryAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"code":"10000","passed":"T","material_info":"{\"facial_picture_front\":\"/9j/\"}"}`,
		`{"code":"10000","passed":"F","fail_reason":"Z5128"}`,
		`{"code":"40004","sub_code":"OPEN_CERTIFY_BILL_STATUS_ERROR"}`,
		`{"error_response":null}`,
		`{"alipay_user_certify_open_query_response":{"code":"10000","passed":"T"},"sign":"AAAA","alipay_cert_sn":""}`,
		`{"alipay_user_certify_open_query_response":"AAAA","sign":"AAAA"}`,
		`null`, `"T"`, ``,
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	client, answers, gateway := cannedClient(f)
	f.Fuzz(func(t *testing.T, answer []byte, signed bool) {
		body := answer
		if signed {
			body = gateway.Envelope("alipay_user_certify_open_query_response", answer)
		}
		answers[methodQuery] = body
		got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: "0123456789abcdef"})
		if err != nil {
			_ = err.Error() // must not panic either
			return
		}
		if got.Outcome == verification.OutcomePassed && (!signed || !saysPassed(answer)) {
			t.Errorf("passed by %q, signed %t", answer, signed)
		}
		if !signed {
			t.Errorf("decided %s by an unsigned answer %q", got.Outcome, answer)
		}
	})
}

func saysPassed(answer []byte) bool {
	var read struct{ Code, Passed any }
	return json.Unmarshal(answer, &read) == nil && read.Passed == "T" &&
		(read.Code == "10000" || read.Code == float64(10000))
}

func FuzzPrefillAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"code":"10000","is_certified":"T","user_type":"2","cert_type":"0","cert_no":"11010519491231002X","user_name":"欧阳建国"}`,
		`{"code":"10000","is_certified":"F","user_type":"2"}`,
		`{"code":"40006","sub_code":"isv.insufficient-isv-permissions"}`,
		`{"error_response":{"code":"40006"}}`,
		`{"alipay_user_info_share_response":null}`,
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	client, answers, gateway := cannedClient(f)
	answers[methodToken] = gateway.Envelope("alipay_system_oauth_token_response",
		[]byte(`{"access_token":"a","open_id":"`+ownerOpenID+`"}`))
	f.Fuzz(func(t *testing.T, answer []byte, signed bool) {
		body := answer
		if signed {
			body = gateway.Envelope("alipay_user_info_share_response", answer)
		}
		answers[methodProfile] = body
		got, err := client.Prefill(t.Context(), "0123456789abcdef")
		if err != nil {
			_ = err.Error()
			return
		}
		has := got.Document != identity.Document{}
		if has == (got.Absent != "") || (has && !signed) {
			t.Errorf("got document %t, absent %q by %q, signed %t", has, got.Absent, answer, signed)
		}
		if got.User.Reveal() != ownerOpenID {
			t.Error("the user is not the token's")
		}
	})
}

package tencentcloud_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/providers/tencentcloud"
	"renzheng/verification"
)

// FuzzAnswer holds that no answer makes a call panic, and that only a plain
// "0" of the source, alone and under status 200, lets a person pass.
func FuzzAnswer(f *testing.F) {
	for _, body := range []string{
		`{"Response":{"Result":"0","Description":"ok","RequestId":"` + uuid + `"}}`,
		`{"Response":{"Result":"-6","RequestId":"` + uuid + `"}}`,
		`{"Response":{"Error":{"Code":"InternalError","Message":"x"},"RequestId":"` + uuid + `"}}`,
		`{"Response":{"Result":"-6","Result":"0"}}`, `{"response":{"result":"0"}}`, `null`, `[]`, ``, `{"Response":`,
		"\x1f\x8b\x08", `{"code":4000,"codeDesc":"x"}`,
	} {
		f.Add(http.StatusOK, "application/json", []byte(body))
	}
	f.Add(http.StatusFound, "text/event-stream", []byte(`{"Response":{"Result":"0"}}`))
	query := fuzzQuery(f)

	f.Fuzz(func(t *testing.T, status int, kind string, body []byte) {
		client := open(t, tencentcloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{
				StatusCode: status, Body: io.NopCloser(bytes.NewReader(body)),
				Header: http.Header{"Content-Type": {kind}, "Content-Encoding": {kind}, "Location": {kind}},
			}, nil
		})})
		got, err := client.CheckBankCard(t.Context(), query)
		if (err == nil) == (got.Outcome == "") {
			t.Fatalf("got outcome %q and error %v, want one of them", got.Outcome, err)
		}
		if got.Outcome == verification.OutcomePassed && (status != http.StatusOK || !saysZero(body)) {
			t.Fatalf("passed on status %d and %q", status, body)
		}
		if got.Outcome == verification.OutcomeFailed && got.Failure == "" {
			t.Fatalf("failed without a failure on %q", body)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Fatalf("the error has line breaks: %q", err)
		}
	})
}

// saysZero reads an answer in the plainest way there is.
func saysZero(body []byte) bool {
	var answer struct {
		Response struct {
			Result string
			Error  *struct{}
		}
	}
	return json.Unmarshal(body, &answer) == nil && answer.Response.Result == "0" && answer.Response.Error == nil
}

func fuzzQuery(f *testing.F) verification.BankCardQuery {
	f.Helper()
	document, err := identity.ParseDocument(identity.ResidentID, "11010519491231002X", "张三")
	if err != nil {
		f.Fatal(err)
	}
	card, err := identity.ParseBankCard("6222021234567890128")
	if err != nil {
		f.Fatal(err)
	}
	return verification.BankCardQuery{Document: document, Card: card}
}

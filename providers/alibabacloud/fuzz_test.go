package alibabacloud_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// FuzzAnswer holds that no answer makes a call panic, and that only a plain
// pass, in both codes and under status 200, lets a person pass.
func FuzzAnswer(f *testing.F) {
	for _, body := range []string{
		`{"Code":"200","RequestId":"` + uuid + `","ResultObject":{"BizCode":"1","SubCode":"101"}}`,
		`{"Code":"200","ResultObject":{"BizCode":"2","SubCode":"201"}}`,
		`{"Code":"200","ResultObject":{"BizCode":"2","BizCode":"1","SubCode":"101"}}`,
		`{"Code":"402"}`, `{"code":"200","resultobject":{"bizcode":"1","subcode":"101"}}`, `null`, `[]`, ``, `{"Code":`,
	} {
		f.Add(http.StatusOK, []byte(body))
	}
	f.Add(http.StatusBadRequest, []byte(`{"Code":"Throttling.User"}`))
	document, err := identity.ParseDocument(identity.ResidentID, "11010519491231002X", "张三")
	if err != nil {
		f.Fatal(err)
	}
	if document, err = document.WithValidity("2015-03-01", "长期"); err != nil {
		f.Fatal(err)
	}
	card, err := identity.ParseBankCard("6222021234567890128")
	if err != nil {
		f.Fatal(err)
	}

	f.Fuzz(func(t *testing.T, status int, body []byte) {
		client := answering(t, status, body)
		onCard, cardErr := client.CheckBankCard(t.Context(), verification.BankCardQuery{Document: document, Card: card})
		wantFuzzed(t, onCard.Outcome, onCard.Failure, cardErr)
		onFour, fourErr := client.CheckFourElements(t.Context(), verification.FourElementsQuery{Document: document})
		wantFuzzed(t, onFour.Outcome, onFour.Failure, fourErr)

		biz, sub := plainly(body)
		if onCard.Outcome == verification.OutcomePassed && (status != http.StatusOK || biz != "1" || sub != "101") {
			t.Fatalf("a card passed on status %d and %q", status, body)
		}
		if onFour.Outcome == verification.OutcomePassed && (status != http.StatusOK || biz != "1") {
			t.Fatalf("a document passed on status %d and %q", status, body)
		}
	})
}

func wantFuzzed(t *testing.T, outcome verification.Outcome, code failure.Code, err error) {
	t.Helper()
	if (err == nil) == (outcome == "") {
		t.Fatalf("got outcome %q and error %v, want one of them", outcome, err)
	}
	if (outcome == verification.OutcomeFailed) == (code == "") {
		t.Fatalf("got outcome %q and failure %q, want a failure with failed alone", outcome, code)
	}
	if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
		t.Fatalf("the error has line breaks: %q", err)
	}
}

// plainly reads an answer in the plainest way there is.
func plainly(body []byte) (biz, sub string) {
	var answer struct {
		Code         string
		ResultObject struct{ BizCode, SubCode string }
	}
	if json.Unmarshal(body, &answer) != nil || answer.Code != "200" {
		return "", ""
	}
	return answer.ResultObject.BizCode, answer.ResultObject.SubCode
}

package alibabacloud_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"renzheng/providers/alibabacloud"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
	"renzheng/verification"
)

// answering returns a client to whom everything is answered alike.
func answering(tb testing.TB, status int, body []byte) *alibabacloud.Client {
	tb.Helper()
	return open(tb, alibabacloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
	})})
}

func TestClient_ReadsAnswersStrictly(t *testing.T) {
	t.Parallel()
	const pass = `{"Code":"200","ResultObject":{"BizCode":"1","SubCode":"101"}}`
	cases := map[string]struct {
		status int
		body   string
	}{
		"null":                               {200, `null`},
		"nothing":                            {200, ``},
		"a code that is a number":            {200, strings.Replace(pass, `"200"`, `200`, 1)},
		"a result that is a number":          {200, strings.Replace(pass, `"1"`, `1`, 1)},
		"names in other letters":             {200, strings.ToLower(pass)},
		"two results":                        {200, strings.Replace(pass, `"BizCode":"1"`, `"BizCode":"2","BizCode":"1"`, 1)},
		"two objects":                        {200, strings.Replace(pass, `"ResultObject"`, `"ResultObject":{},"ResultObject"`, 1)},
		"a pass with something behind it":    {200, pass + `{}`},
		"a pass without its object":          {200, `{"Code":"200","BizCode":"1","SubCode":"101"}`},
		"a pass that is text in an object":   {200, `{"Code":"200","ResultObject":"{\"BizCode\":\"1\",\"SubCode\":\"101\"}"}`},
		"a pass over another status":         {502, pass},
		"a pass over a redirect":             {302, pass},
		"a pass over 201":                    {201, pass},
		"an answer beyond 64 KiB":            {200, strings.Replace(pass, `{`, `{"Pad":"`+strings.Repeat("x", 64<<10)+`",`, 1)},
		"a padded result":                    {200, strings.Replace(pass, `"1"`, `" 1"`, 1)},
		"a detail of another kind":           {200, strings.Replace(pass, `"101"`, `"OK"`, 1)},
		"a code with a number of somebody's": {400, `{"Code":"11010519491231002X"}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := answering(t, c.status, []byte(c.body)).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
			if err == nil || errors.Is(err, verification.ErrNothingDone) || got.Outcome != "" {
				t.Errorf("got %q and error %v, want an error in doubt", got.Outcome, err)
			}
		})
	}
}

func TestClient_SendsPersonalDataInTheBodyOnly(t *testing.T) {
	t.Parallel()
	query := providerstest.BankCardQuery(t)
	client := open(t, alibabacloud.Config{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if got := r.URL.String(); got != "https://cloudauth.aliyuncs.com/" {
			t.Errorf("address: got %s, want the vendor's alone", got)
		}
		if head := fmt.Sprint(r.Header); strings.Contains(head, query.Card.Reveal()) || strings.Contains(head, keySecret) {
			t.Errorf("headers: got %s, want no card and no key", head)
		}
		return nil, errors.New("no answer")
	})})
	if _, err := client.CheckBankCard(t.Context(), query); err == nil {
		t.Error("error: got none, want one")
	}
}

// The source has decided, the caller will never know: this must not be taken
// for a failure, nor be asked again (R11).
func TestClient_CheckBankCard_LostAnswer(t *testing.T) {
	t.Parallel()
	fake, endpoint := serve(t, always(alibabacloudtest.Fate{Delivery: fakes.Lost}))
	_, err := clientOf(t, endpoint, impatient).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != kit.CodeTimeout || errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want a time-out in doubt", err)
	}
	if made := fake.Decisions(); len(made) != 1 || made[0].Biz != "1" || made[0].Delivered != fakes.Lost {
		t.Errorf("decisions: got %+v, want one pass that was lost", made)
	}
}

func TestError_RepeatsNothingOfTheAnswer(t *testing.T) {
	t.Parallel()
	query := providerstest.BankCardQuery(t)
	name, card := query.Document.Name.Reveal(), query.Card.Reveal()
	for _, body := range []string{
		fmt.Sprintf(`{"Code":"500","Message":"%s %s","RequestId":"%s"}`, name, card, uuid),
		fmt.Sprintf(`{"Code":"%s","RequestId":"%s"}`, name, card),
		fmt.Sprintf(`{"Code":"%s","RequestId":"%s"}`, card, card),
		fmt.Sprintf(`<html>%s %s %s</html>`, name, card, keySecret),
	} {
		_, err := answering(t, http.StatusOK, []byte(body)).CheckBankCard(t.Context(), query)
		if err == nil {
			t.Fatal("error: got none, want one")
		}
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v %#v", err, errors.Unwrap(err))} {
			if strings.Contains(text, name) || strings.Contains(text, card) || strings.Contains(text, keySecret) {
				t.Errorf("the error repeats the answer: %s", text)
			}
		}
	}
}

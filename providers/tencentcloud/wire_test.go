package tencentcloud_test

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
	"renzheng/providers/tencentcloud"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/verification"
)

const uuid = "0f3e5c2a-1111-4222-8333-444455556666"

func TestClient_ReadsAnswersStrictly(t *testing.T) {
	t.Parallel()
	tooLong := `{"Response":{"Result":"0","Pad":"` + strings.Repeat("x", 64<<10) + `"}}`
	cases := map[string]struct {
		status int
		kind   string
		body   string
	}{
		"null, on which the SDK's parser panics":         {body: `null`},
		"nothing":                                        {body: ``},
		"an event stream":                                {kind: "text/event-stream", body: "data: {}\n\n"},
		"a result that is a number":                      {body: `{"Response":{"Result":0}}`},
		"a result in other letters":                      {body: `{"Response":{"result":"0"}}`},
		"two results":                                    {body: `{"Response":{"Result":"-6","Result":"0"}}`},
		"two responses":                                  {body: `{"Response":{"Result":"-6"},"Response":{"Result":"0"}}`},
		"a pass with something behind it":                {body: `{"Response":{"Result":"0"}} {}`},
		"a pass with an error beside it":                 {body: `{"Response":{"Result":"0","Error":{"Code":"InternalError"}}}`},
		"a pass with an unreadable error beside it":      {body: `{"Response":{"Result":"0","Error":null}}`},
		"a pass under a status that is not the vendor's": {status: http.StatusBadGateway, body: `{"Response":{"Result":"0"}}`},
		"a refusal under such a status":                  {status: http.StatusUnauthorized, body: `{"Response":{"Error":{"Code":"AuthFailure"}}}`},
		"an answer beyond 64 KiB":                        {body: tooLong},
		"the old form of errors":                         {body: `{"code":4100,"codeDesc":"AuthFailure","message":"no"}`},
		"a padded zero":                                  {body: `{"Response":{"Result":" 0"}}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if c.kind != "" {
					w.Header().Set("Content-Type", c.kind)
				}
				if c.status != 0 {
					w.WriteHeader(c.status)
				}
				_, _ = io.WriteString(w, c.body)
			}))
			defer server.Close()
			got, err := clientOf(t, server, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
			if err == nil || errors.Is(err, verification.ErrNothingDone) || got.Outcome != "" {
				t.Errorf("got %q and error %v, want an error in doubt", got.Outcome, err)
			}
		})
	}
}

func TestClient_FollowsNoRedirect(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer target.Close()
	server := httptest.NewServer(http.RedirectHandler(target.URL, http.StatusTemporaryRedirect))
	defer server.Close()

	_, err := clientOf(t, server, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
	if err == nil || errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want one in doubt", err)
	}
	if got := elsewhere.Load(); got != 0 {
		t.Errorf("requests to the other host: got %d, want none", got)
	}
}

func TestClient_GatewayCodes(t *testing.T) {
	t.Parallel()
	cases := map[string]bool{ // whether surely nothing was done
		"AuthFailure.SignatureExpire":          true,
		"AuthFailure.SecretIdNotFound":         true,
		"UnauthorizedOperation.Arrears":        true,
		"InvalidParameterValue.Anything":       true,
		"MissingParameter":                     true,
		"RequestLimitExceeded":                 true,
		"FailedOperation.RequestLimitExceeded": true,
		"FailedOperation":                      false,
		"FailedOperation.UnKnown":              false,
		"InternalError":                        false,
		"AuthFailureOfAnotherKind":             false,
	}
	for code, nothing := range cases {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			_, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate {
				asked.Add(1)
				return tencentcloudtest.Fate{Code: code}
			})
			_, err := clientOf(t, server, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
			var failed *kit.CallError
			if !errors.As(err, &failed) || failed.Code != code || failed.Status != http.StatusOK || failed.RequestID == "" {
				t.Errorf("error: got %v, want code %s, status and request id", err, code)
			}
			if got := errors.Is(err, verification.ErrNothingDone); got != nothing {
				t.Errorf("nothing done: got %t, want %t", got, nothing)
			}
			if got := asked.Load(); got != 1 {
				t.Errorf("requests: got %d, want one without a retry", got)
			}
		})
	}
}

func TestClient_KnowsWhenNothingWasSent(t *testing.T) {
	t.Parallel()
	t.Run("nobody listens", func(t *testing.T) {
		t.Parallel()
		wantNothingSent(t, open(t, tencentcloud.Config{Transport: providerstest.Unreachable()}))
	})
	t.Run("the certificate is somebody else's", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the client
		server.StartTLS()
		defer server.Close()
		wantNothingSent(t, clientOf(t, server, patience))
	})
}

func wantNothingSent(t *testing.T, client *tencentcloud.Client) {
	t.Helper()
	_, err := client.CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
	if !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want ErrNothingDone", err)
	}
}

func TestClient_ReachesOneHostOnly(t *testing.T) {
	t.Parallel()
	var got string
	client := open(t, tencentcloud.Config{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		got = r.URL.Scheme + "://" + r.URL.Host + r.URL.Path
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(`{"Response":{"Result":"0"}}`))}, nil
	})})
	if _, err := client.CheckBankCard(t.Context(), providerstest.BankCardQuery(t)); err != nil {
		t.Fatal(err)
	}
	if want := "https://faceid.tencentcloudapi.com/"; got != want {
		t.Errorf("address: got %s, want %s", got, want)
	}
}

func TestError_RepeatsNothingOfTheAnswer(t *testing.T) {
	t.Parallel()
	query := providerstest.BankCardQuery(t)
	name, card := query.Document.Name.Reveal(), query.Card.Reveal()
	bodies := []string{
		fmt.Sprintf(`{"Response":{"Error":{"Code":"InvalidParameter","Message":"%s %s"},"RequestId":"%s"}}`, name, card, uuid),
		fmt.Sprintf(`{"Response":{"Error":{"Code":"%s","Message":""},"RequestId":"%s"}}`, name, card),
		fmt.Sprintf(`{"Response":{"Error":{"Code":"%s","Message":""},"RequestId":"%s"}}`, card, card),
		fmt.Sprintf(`<html>%s %s %s</html>`, name, card, secretKey),
	}
	for _, body := range bodies {
		client := open(t, tencentcloud.Config{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body))}, nil
		})})
		_, err := client.CheckBankCard(t.Context(), query)
		if err == nil {
			t.Fatal("error: got none, want one")
		}
		for _, text := range []string{err.Error(), fmt.Sprintf("%+v %#v", err, errors.Unwrap(err))} {
			if strings.Contains(text, name) || strings.Contains(text, card) || strings.Contains(text, secretKey) {
				t.Errorf("the error repeats the answer: %s", text)
			}
		}
	}
}

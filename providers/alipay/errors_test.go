package alipay_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/kit"
	"renzheng/verification"
)

func TestCallError_carriesNothingOfOthers(t *testing.T) {
	t.Parallel()
	leaks := `"msg":"` + ownerName + `","sub_msg":"` + ownerNumber + ` http://secret.example"`
	for name, fault := range map[string]alipaytest.Fault{
		"a refusal that talks":       {Answer: `{"code":"40004","sub_code":"SYSTEM_ERROR",` + leaks + `}`},
		"a number as sub code":       {Answer: `{"code":"40004","sub_code":"` + ownerNumber + `",` + leaks + `}`},
		"a name as code":             {Answer: `{"code":"` + ownerName + `","sub_code":"` + ownerName + `"}`},
		"an unsigned one that talks": {Body: []byte(`{"error_response":{"code":"` + ownerNumber + `",` + leaks + `}}`)},
		"a page":                     {Status: 500},
		"garbage with the request":   {Body: []byte(ownerName + ownerNumber)},
		"a time-out":                 {Hang: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.config.Timeout = 300 * time.Millisecond
			for _, method := range []string{methodToken, methodInitialize, methodQuery, methodMessage} {
				w.gateway.Break(method, fault)
			}
			client := w.client(t)
			code := w.gateway.IssueCode(ownerOpenID, alipaytest.ScopeUser)
			_, authorizeErr := client.Authorize(t.Context(), code)
			_, startErr := client.StartFace(t.Context(), faceStart(t))
			_, queryErr := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: "0123456789abcdef"})
			messageErr := client.NotifyTodo(t.Context(), arrival())
			for _, err := range []error{authorizeErr, startErr, queryErr, messageErr} {
				assertClean(t, err, code, w.address)
			}
		})
	}
}

func assertClean(t *testing.T, err error, secrets ...string) {
	t.Helper()
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Provider != "alipay" || failed.Call == "" || failed.Code == "" {
		t.Fatalf("got %v, want a CallError", err)
	}
	for err := error(failed); err != nil; err = errors.Unwrap(err) {
		shown := fmt.Sprintf("%s %v %+v %#v", err, err, err, err)
		for _, secret := range append(secrets, ownerName, ownerNumber, ownerOpenID, "secret.example", "http", "<html>") {
			if strings.Contains(strings.ReplaceAll(shown, "http_status", ""), secret) {
				t.Errorf("%q is in %q", secret, shown)
			}
		}
	}
}

func TestCallError_namesTheCallForSupport(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.gateway.Break(methodQuery, alipaytest.Fault{Answer: `{"code":"40004","sub_code":"UNKNOWN_ERROR"}`})
	_, err := w.client(t).QueryFace(t.Context(), verification.FaceQuery{ProviderID: "0123456789abcdef"})
	var failed *kit.CallError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want a CallError", err)
	}
	if failed.Code != "40004" || failed.SubCode != "UNKNOWN_ERROR" || failed.Status != 200 || len(failed.RequestID) != 32 {
		t.Errorf("got %+v", failed)
	}
	want := "alipay alipay.user.certify.open.query: code 40004, sub code UNKNOWN_ERROR, status 200, request id " + failed.RequestID
	if failed.Error() != want {
		t.Errorf("got %q, want %q", failed.Error(), want)
	}
}

package bff_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"renzheng/bff"
	"renzheng/identity"
	"renzheng/session"
	"renzheng/todo"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// answerTo returns the problem document of an error of the rules. The registry's
// guard is where a test can raise any error.
func (w *fixture) answerTo(t *testing.T, err error) reply {
	t.Helper()
	w.third.script(func(f *thirdParties) { f.verify = func() error { return err } })
	recorder := httptest.NewRecorder()
	sent := request{method: http.MethodGet, path: "/registry/v1/cases/case-1"}.http(t)
	w.api.Public().ServeHTTP(recorder, sent)
	return reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

func TestProblem_OfEveryError(t *testing.T) {
	t.Parallel()
	later := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	cases := map[string]struct {
		err    error
		status int
		code   string
	}{
		"the channel is off":                  {err: session.ErrChannelOff, status: 403, code: "channel_off"},
		"the client is too old":               {err: session.ErrClientUnsupported, status: 403, code: "client_unsupported"},
		"the code is spent":                   {err: session.ErrCodeInvalid, status: 422, code: "auth_code_invalid"},
		"the channel bars the account":        {err: session.ErrAccountBarred, status: 403, code: "risk_refused"},
		"the channel does not answer":         {err: session.ErrUnavailable, status: 503, code: "temporarily_unavailable"},
		"a key with another body":             {err: session.ErrKeyReused, status: 422, code: "idempotency_key_reused"},
		"a key whose first call runs":         {err: session.ErrStillRunning, status: 409, code: "idempotency_key_running"},
		"no session":                          {err: session.ErrNotFound, status: 404, code: "not_found"},
		"no verification":                     {err: verification.ErrNotFound, status: 404, code: "not_found"},
		"an old notice":                       {err: verification.ErrNoticeStale, status: 409, code: "notice_stale"},
		"a request without sense":             {err: verification.ErrRequest, status: 422, code: "request_unfit"},
		"no grant":                            {err: verification.ErrNoGrant, status: 403, code: "access_required"},
		"content that was not shown":          {err: verification.ErrNotServed, status: 409, code: "content_not_shown"},
		"a consent that went meanwhile":       {err: verification.ErrConsent, status: 403, code: "consent_required"},
		"a verification that moved":           {err: verification.ErrConflict, status: 409, code: "state_changed"},
		"a missing consent":                   {err: &verification.ConsentError{}, status: 403, code: "consent_required"},
		"a refused check":                     {err: &verification.RejectedError{Code: failure.GuardianRequired}, status: 422, code: "guardian_required"},
		"another owner of the account":        {err: &verification.RejectedError{Code: failure.AccountOwnerDiffers}, status: 422, code: "account_owner_differs"},
		"a missing route":                     {err: &verification.RejectedError{Code: failure.RouteMissing}, status: 422, code: "route_missing"},
		"a check that is switched off":        {err: &verification.RejectedError{Code: failure.CheckSwitchedOff}, status: 422, code: "check_switched_off"},
		"no try left":                         {err: &verification.ExhaustedError{NextAt: later}, status: 409, code: "tries_exhausted"},
		"no query of the card left":           {err: &verification.ExhaustedError{Quota: policy.Quota{ByCard: true}, NextAt: later}, status: 409, code: "card_locked"},
		"no todo":                             {err: todo.ErrNotFound, status: 404, code: "not_found"},
		"a todo's key with another body":      {err: todo.ErrKeyReused, status: 422, code: "idempotency_key_reused"},
		"a handwriting of before":             {err: todo.ErrStrokesReused, status: 422, code: "strokes_reused"},
		"a todo that was answered":            {err: todo.ErrAnswered, status: 409, code: "state_changed"},
		"a verification that was used":        {err: &todo.RejectedError{Code: todo.CodeVerificationConsumed}, status: 409, code: "verification_consumed"},
		"a case that moves on":                {err: todo.ErrConflict, status: 409, code: "state_changed"},
		"a broken rule of identity":           {err: identity.FieldError{Field: "card", Rule: "card_format"}, status: 422, code: "values_invalid"},
		"a client that has left":              {err: context.Canceled, status: 499, code: "client_gone"},
		"a server that is slow":               {err: context.DeadlineExceeded, status: 503, code: "temporarily_unavailable"},
		"an error that nobody has thought of": {err: errors.New("driver: 张三丰 6222021234567890128"), status: 500, code: "internal_error"},
		"a failure that refuses no call":      {err: &verification.RejectedError{Code: "face_of_tomorrow"}, status: 500, code: "internal_error"},
		"a code of tomorrow":                  {err: &todo.RejectedError{Code: "todo_of_tomorrow"}, status: 500, code: "internal_error"},
	}
	for _, code := range []string{
		verification.CodeExpired, verification.CodeVoided, verification.CodeFailed, verification.CodeConsumed,
		verification.CodePassed, verification.CodeAwaiting, verification.CodeOpen, verification.CodeFaceFirst,
		verification.CodeEarlierFirst,
		verification.CodeCheckDone, verification.CodeNotNeeded, verification.CodeRunning, verification.CodeSuperseded,
		verification.CodeNoPrefill, verification.CodeStateMoved, verification.CodeTodoChanged,
	} {
		cases["state "+code] = struct {
			err    error
			status int
			code   string
		}{err: &verification.StateError{Code: code, State: verification.Expired}, status: 409, code: code}
	}
	for code, status := range map[string]int{
		todo.CodeAlreadyAnswered: 409, todo.CodeRevisionStale: 409, todo.CodeExpired: 409, todo.CodeWithdrawn: 409,
		todo.CodeNameDiffers: 409, todo.CodeVerificationNotUsable: 409, todo.CodeVerificationConsumed: 409,
		todo.CodeStrokesInvalid: 422, todo.CodeStrokesReused: 422, todo.CodeKeyReused: 422, todo.CodeReasonInvalid: 422,
		todo.CodeCaseRevisionConflict: 409, todo.CodeCaseWithdrawn: 409, todo.CodeContentInvalid: 422,
	} {
		cases["refusal "+code] = struct {
			err    error
			status int
			code   string
		}{err: &todo.RejectedError{Code: code}, status: status, code: code}
	}
	for _, code := range []string{
		todo.SignatureMissing, todo.SignatureInvalid, todo.SignatureStale, todo.SignatureFuture, todo.SignatureReplay,
		todo.KeyUnknown, todo.KeyExpired, todo.DigestMismatch,
	} {
		cases["signature "+code] = struct {
			err    error
			status int
			code   string
		}{err: &todo.RequestError{Code: code}, status: 401, code: code}
	}
	w := newFixture(t)
	for name, test := range cases {
		for _, err := range []error{test.err, fmt.Errorf("doing a thing: %w", test.err)} {
			got := w.answerTo(t, err)
			if got.status != test.status || got.text(t, "code") != test.code {
				t.Errorf("%s: got %d %s, want %d %s", name, got.status, got.text(t, "code"), test.status, test.code)
			}
			if got.header.Get("Content-Type") != "application/problem+json" || got.text(t, "request_id") != got.header.Get("X-Request-Id") {
				t.Errorf("%s: not a problem document of this request: %s", name, got.body)
			}
		}
	}
}

func TestProblem_TellsNothingOfUnknownErrors(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	got := w.answerTo(t, errors.New("driver: 张三丰 6222021234567890128"))
	if strings.Contains(string(got.body), "driver") || strings.Contains(string(got.body), "6222") {
		t.Errorf("the problem tells of the error: %s", got.body)
	}
}

func TestProblem_SaysWhatToDo(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	later := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

	exhausted := w.answerTo(t, &verification.ExhaustedError{NextAt: later})
	if exhausted.text(t, "next_at") != "2026-11-22T08:00:00Z" || exhausted.text(t, "failure", "code") != "tries_exhausted" {
		t.Errorf("neither time nor remedies: %s", exhausted.body)
	}
	hidden := w.answerTo(t, &verification.ExhaustedError{Quota: policy.Quota{Hidden: true}, NextAt: later})
	if hidden.text(t, "next_at") != "" {
		t.Errorf("it tells of the tries of others: %s", hidden.body)
	}
	state := w.answerTo(t, &verification.StateError{Code: verification.CodeExpired, State: verification.Expired})
	if state.text(t, "state") != "expired" {
		t.Errorf("it does not say what stands: %s", state.body)
	}
	busy := w.answerTo(t, session.ErrUnavailable)
	if busy.header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	unsigned := w.answerTo(t, &todo.RequestError{Code: todo.SignatureMissing})
	if unsigned.header.Get("WWW-Authenticate") == "" {
		t.Error("401 without WWW-Authenticate")
	}
	content := w.answerTo(t, &todo.RejectedError{Code: todo.CodeContentInvalid, Violations: []todo.Violation{{Pointer: "/items/0/value", Rule: "text_bidi"}}})
	if broken := content.list(t, "errors"); len(broken) != 1 || broken[0]["pointer"] != "/items/0/value" || broken[0]["rule"] != "text_bidi" {
		t.Errorf("it does not say where and why: %s", content.body)
	}
}

func TestProblem_HidesTheAnswersOfOthers(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	standing := &todo.Confirmation{ID: "cfm_1", SubjectID: "sub_1"}
	got := w.answerTo(t, &todo.RejectedError{Code: todo.CodeAlreadyAnswered, Confirmation: standing})
	if got.text(t, "confirmation") != "" {
		t.Errorf("a caller without the grant got a link: %s", got.body)
	}
}

func TestProblem_HasTextsInEveryLanguage(t *testing.T) {
	t.Parallel()
	for code, texts := range bff.Texts() {
		for _, text := range texts {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s lacks a text: %q", code, texts)
			}
		}
	}
	for code, status := range bff.Codes() {
		if status < 400 || status > 503 {
			t.Errorf("%s has status %d", code, status)
		}
	}
}

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
	w.third.script(func(f *thirdParties) { f.gate = func() error { return err } })
	recorder := httptest.NewRecorder()
	sent := request{method: http.MethodGet, path: "/registry/v1/cases/case-1"}.http(t)
	w.api.Public().ServeHTTP(recorder, sent)
	return reply{recorder.Code, recorder.Header(), recorder.Body.Bytes()}
}

func TestProblem_OfEveryError(t *testing.T) {
	t.Parallel()
	later := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	cases := map[string]struct {
		err    error
		status int
		code   string
	}{
		"the channel is off":                  {session.ErrChannelOff, 403, "channel_off"},
		"the client is too old":               {session.ErrClientUnsupported, 403, "client_unsupported"},
		"the code is spent":                   {session.ErrCodeInvalid, 422, "auth_code_invalid"},
		"the channel bars the account":        {session.ErrAccountBarred, 403, "risk_refused"},
		"the channel does not answer":         {session.ErrUnavailable, 503, "temporarily_unavailable"},
		"a key with another body":             {session.ErrKeyReused, 422, "idempotency_key_reused"},
		"a key whose first call runs":         {session.ErrStillRunning, 409, "idempotency_key_running"},
		"no session":                          {session.ErrNotFound, 404, "not_found"},
		"no verification":                     {verification.ErrNotFound, 404, "not_found"},
		"an old notice":                       {verification.ErrNoticeStale, 409, "notice_stale"},
		"a request without sense":             {verification.ErrRequest, 422, "request_unfit"},
		"no grant":                            {verification.ErrNoGrant, 403, "access_required"},
		"content that was not shown":          {verification.ErrNotServed, 409, "content_not_shown"},
		"a consent that went meanwhile":       {verification.ErrConsent, 403, "consent_required"},
		"a verification that moved":           {verification.ErrConflict, 409, "state_changed"},
		"a missing consent":                   {&verification.ConsentError{}, 403, "consent_required"},
		"a refused check":                     {&verification.RejectedError{Code: failure.GuardianRequired}, 422, "guardian_required"},
		"another owner of the account":        {&verification.RejectedError{Code: failure.AccountOwnerDiffers}, 422, "account_owner_differs"},
		"a missing route":                     {&verification.RejectedError{Code: failure.RouteMissing}, 422, "route_missing"},
		"a check that is switched off":        {&verification.RejectedError{Code: failure.CheckSwitchedOff}, 422, "check_switched_off"},
		"no try left":                         {&verification.ExhaustedError{NextAt: later}, 409, "tries_exhausted"},
		"no query of the card left":           {&verification.ExhaustedError{Quota: policy.Quota{ByCard: true}, NextAt: later}, 409, "card_locked"},
		"no todo":                             {todo.ErrNotFound, 404, "not_found"},
		"a todo's key with another body":      {todo.ErrKeyReused, 422, "idempotency_key_reused"},
		"a handwriting of before":             {todo.ErrStrokesReused, 422, "strokes_reused"},
		"a todo that was answered":            {todo.ErrAnswered, 409, "state_changed"},
		"a verification that was used":        {&todo.RefusedError{Code: todo.CodeVerificationConsumed}, 409, "verification_consumed"},
		"a case that moves on":                {todo.ErrConflict, 409, "state_changed"},
		"a broken rule of identity":           {identity.FieldError{Field: "card", Rule: "card_format"}, 422, "values_invalid"},
		"a client that has left":              {context.Canceled, 499, "client_gone"},
		"a server that is slow":               {context.DeadlineExceeded, 503, "temporarily_unavailable"},
		"an error that nobody has thought of": {errors.New("driver: 张三丰 6222021234567890128"), 500, "internal_error"},
		"a failure that refuses no call":      {&verification.RejectedError{Code: "face_of_tomorrow"}, 500, "internal_error"},
		"a code of tomorrow":                  {&todo.RefusedError{Code: "todo_of_tomorrow"}, 500, "internal_error"},
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
		}{&verification.StateError{Code: code, State: verification.Expired}, 409, code}
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
		}{&todo.RefusedError{Code: code}, status, code}
	}
	for _, code := range []string{
		todo.SignatureMissing, todo.SignatureInvalid, todo.SignatureStale, todo.SignatureFuture, todo.SignatureReplay,
		todo.KeyUnknown, todo.DigestMismatch,
	} {
		cases["signature "+code] = struct {
			err    error
			status int
			code   string
		}{&todo.RequestError{Code: code}, 401, code}
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
	content := w.answerTo(t, &todo.RefusedError{Code: todo.CodeContentInvalid, Violations: []todo.Violation{{Pointer: "/items/0/value", Rule: "text_bidi"}}})
	if broken := content.list(t, "errors"); len(broken) != 1 || broken[0]["pointer"] != "/items/0/value" || broken[0]["rule"] != "text_bidi" {
		t.Errorf("it does not say where and why: %s", content.body)
	}
}

func TestProblem_HidesTheAnswersOfOthers(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	standing := &todo.Confirmation{ID: "cfm_1", SubjectID: "sub_1"}
	got := w.answerTo(t, &todo.RefusedError{Code: todo.CodeAlreadyAnswered, Confirmation: standing})
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

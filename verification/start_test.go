package verification_test

import (
	"errors"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/session"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

func rejectionCode(err error) failure.Code {
	if rejected, ok := errors.AsType[*verification.RejectedError](err); ok {
		return rejected.Code
	}
	return ""
}

func TestService_Start_RefusedBeforeAnyCall(t *testing.T) {
	t.Parallel()
	child := documentOf(t, citizenNumber(t, "11010520150615001"), "张三")
	youth := documentOf(t, citizenNumber(t, "11010520090615001"), "张三")
	other := documentOf(t, "11010519491231002X", "李四")
	passport, err := identity.ParseDocument(identity.Passport, "E12345678", "张三")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		document identity.Document
		change   func(*verification.Deps)
		want     failure.Code
	}{
		{"a child", child, nil, failure.GuardianRequired},
		{"a youth of seventeen", youth, nil, failure.GuardianRequired},
		{"a card past its last day", validUntil(t, "2026-11-20"), nil, failure.DocumentExpired},
		{"another name than the account owner's", other, nil, failure.AccountOwnerDiffers},
		{"another number than the account owner's", person(t, 1), nil, failure.AccountOwnerDiffers},
		{"another document than the account owner's", passport, nil, failure.AccountOwnerDiffers},
		{"no bank card provider", zhang(t), func(d *verification.Deps) { d.BankCards = nil }, failure.RouteMissing},
		{"a switched-off face", zhang(t), withSwitches(fixedSwitches{off("face")}), failure.CheckSwitchedOff},
		{"a switched-off bank card is not skipped", zhang(t), withSwitches(fixedSwitches{off("bank_card")}), failure.CheckSwitchedOff},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			if tt.change != nil {
				w = newFixture(t, tt.change)
			}
			a := w.loginWithConsents(t)
			if tt.want == failure.AccountOwnerDiffers {
				w.prefill(t, a, zhang(t))
			}
			_, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &tt.document})
			if rejectionCode(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if view, err := w.Latest(t.Context(), a); err != nil || view != nil {
				t.Errorf("got %v, %v; want nothing kept", view, err)
			}
		})
	}
}

func TestService_Start_RouteMissing(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	passport, err := identity.ParseDocument(identity.Passport, "E12345678", "张三")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Start(t.Context(), w.loginWithConsents(t), verification.StartRequest{Purpose: policy.Access, Document: &passport})
	if rejectionCode(err) != failure.RouteMissing {
		t.Errorf("got %v, want the window where no agency is configured", err)
	}
}

func TestService_Start_Prefill(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	use := verification.StartRequest{Purpose: policy.Access, UsePrefill: true}
	if _, err := w.Start(t.Context(), a, use); stateCode(err) != verification.CodeNoPrefill {
		t.Errorf("without one: got %v", err)
	}
	w.prefill(t, a, zhang(t))
	view, err := w.Start(t.Context(), a, use)
	if err != nil || !view.Prefilled || !view.Document.Same(zhang(t)) {
		t.Fatalf("got %v, %v; want the prefilled document", view.Document, err)
	}
	if _, err = w.Start(t.Context(), a, use); stateCode(err) != verification.CodeNoPrefill {
		t.Errorf("a second use: got %v", err)
	}
	d := zhang(t)
	view, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
	if err != nil || !view.Prefilled {
		t.Errorf("the same typed by hand: got %v; want the channel's own record recognised", err)
	}
	w.advance(session.PrefillLife)
	if _, err = w.Start(t.Context(), w.loginWithConsents(t), use); stateCode(err) != verification.CodeNoPrefill {
		t.Errorf("somebody else's: got %v", err)
	}
}

func confirms(b verification.TodoBinding) verification.StartRequest {
	return verification.StartRequest{Purpose: policy.Confirm, Todo: &b}
}

func TestService_Start_RequestFitsPurpose(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a, d, bound := w.loginWithConsents(t), zhang(t), &verification.TodoBinding{TodoID: "tod_1", Revision: 1, ContentDigest: "digest"}
	for _, tt := range []struct {
		name    string
		request verification.StartRequest
		want    error
	}{
		{"no purpose", verification.StartRequest{Document: &d}, verification.ErrRequest},
		{"access without a document", verification.StartRequest{Purpose: policy.Access}, verification.ErrRequest},
		{"access with two documents", verification.StartRequest{Purpose: policy.Access, Document: &d, UsePrefill: true}, verification.ErrRequest},
		{"access with a todo", verification.StartRequest{Purpose: policy.Access, Document: &d, Todo: bound}, verification.ErrRequest},
		{"an answer without a todo", verification.StartRequest{Purpose: policy.Confirm}, verification.ErrRequest},
		{"an answer without the todo's id", confirms(verification.TodoBinding{Revision: 1, ContentDigest: "digest"}), verification.ErrRequest},
		{"an answer without a revision", confirms(verification.TodoBinding{TodoID: "tod_1", ContentDigest: "digest"}), verification.ErrRequest},
		{"an answer without a digest", confirms(verification.TodoBinding{TodoID: "tod_1", Revision: 1}), verification.ErrRequest},
		{"an answer with a document", verification.StartRequest{Purpose: policy.Confirm, Document: &d, Todo: bound}, verification.ErrRequest},
		{"an answer without a grant", verification.StartRequest{Purpose: policy.Confirm, Todo: bound}, verification.ErrNoGrant},
	} {
		if _, err := w.Start(t.Context(), a, tt.request); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestService_Start_TooManyPersons(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	for n := range w.deps.Limits.Subjects.Tries {
		w.start(t, a, person(t, n))
	}
	w.start(t, a, person(t, 0)) // one of them again is no new one
	d := zhang(t)
	_, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
	if _, ok := errors.AsType[*verification.ExhaustedError](err); !ok || strings.Contains(err.Error(), "sub_") {
		t.Errorf("got %v, want a limit on persons per day", err)
	}
}

func TestService_Void(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	for range 2 {
		if err := w.Void(t.Context(), a, view.ID); err != nil {
			t.Errorf("got %v, want voiding twice to be the same as once", err)
		}
	}
	if _, _, err := w.StartFace(t.Context(), a, view.ID); stateCode(err) != verification.CodeVoided {
		t.Errorf("got %v, want %s", err, verification.CodeVoided)
	}
	view = w.start(t, a, zhang(t))
	w.advance(verification.OpenFor)
	if err := w.Void(t.Context(), a, view.ID); err != nil && stateCode(err) != verification.CodeExpired {
		t.Errorf("got %v", err)
	}
}

func TestService_Expire(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	w.advance(verification.OpenFor)
	if got, err := w.Get(t.Context(), a, view.ID); err != nil || got.State != verification.Expired {
		t.Errorf("before the worker: got %s, %v", got.State, err)
	}
	if _, _, err := w.StartFace(t.Context(), a, view.ID); stateCode(err) != verification.CodeExpired {
		t.Errorf("got %v, want %s", err, verification.CodeExpired)
	}
	if n, err := w.Expire(t.Context()); err != nil || n != 1 {
		t.Errorf("got %d, %v; want one expired", n, err)
	}
	if n, err := w.Expire(t.Context()); err != nil || n != 0 {
		t.Errorf("again: got %d, %v", n, err)
	}
}

func citizenNumber(t *testing.T, body string) string {
	t.Helper()
	check, ok := identity.CheckCharacter(body)
	if !ok {
		t.Fatalf("%s is no body of a number", body)
	}
	return body + string(check)
}

// validUntil is Zhang's card with its last valid day.
func validUntil(t *testing.T, day string) identity.Document {
	t.Helper()
	d, err := zhang(t).WithValidity("2006-11-21", day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A document is still valid on its last day. A long-term one does not expire.
func TestStart_ValidDocuments(t *testing.T) {
	t.Parallel()
	for _, until := range []string{"2026-11-21", "2046-11-21", "长期"} {
		w := newFixture(t)
		if view := w.start(t, w.login(t), validUntil(t, until)); view.State != verification.Open {
			t.Errorf("until %s: got %s, want open", until, view.State)
		}
	}
}

// The channel says that this document is not the account owner's (R7).
func TestStart_RejectsWhoDiffersFromTheOwner(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a, d, other := w.login(t), zhang(t), person(t, 1)
	err := w.rows.PutPrefill(t.Context(), session.Prefill{
		SessionID: a.SessionID, AccountID: a.AccountID, Document: other, Until: w.clock().Add(session.PrefillLife), Differs: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &other})
	if rejectionCode(err) != failure.AccountOwnerDiffers {
		t.Errorf("got %v, want account_owner_differs", err)
	}
	var none *verification.StateError
	_, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, UsePrefill: true})
	if !errors.As(err, &none) || none.Code != verification.CodeNoPrefill {
		t.Errorf("got %v, want prefill_missing", err)
	}
	view, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
	if err != nil || view.Prefilled {
		t.Errorf("got %v, prefilled %t for another document, want a typed one", err, view.Prefilled)
	}
	w.advance(session.PrefillLife)
	if _, err = w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &other}); err != nil {
		t.Errorf("got %v after ten minutes", err)
	}
}

package verification_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// thoroughly is a world of the thorough policy, with its two sources.
func thoroughly(t *testing.T) (*fixture, *fakeSource, *fakeSource) {
	t.Helper()
	one, two := &fakeSource{}, &fakeSource{}
	w := newFixture(t, func(d *verification.Deps) {
		d.Policy = loadPolicy(t, allChecksPolicy)
		d.FourElements = map[string]verification.FourElementsChecker{"one": one, "two": two}
		d.Documents = map[string]verification.DocumentChecker{"one": one, "two": two}
	})
	return w, one, two
}

// carded is a verification whose face and card have passed.
func (w *fixture) carded(t *testing.T, a verification.Actor, d identity.Document) string {
	t.Helper()
	view, _ := w.face(t, a, w.start(t, a, d).ID, facePasses)
	view, _ = w.card(t, a, view.ID, cardPasses)
	return view.ID
}

func printed(t *testing.T) verification.FourElementsRequest {
	t.Helper()
	d, err := identity.Document{}.WithValidity("2015-03-01", "2035-03-01")
	if err != nil {
		t.Fatal(err)
	}
	return verification.FourElementsRequest{ValidFrom: d.ValidFrom, ValidUntil: d.ValidUntil}
}

func TestService_CheckFourElements_ComesInItsTurn(t *testing.T) {
	t.Parallel()
	w, one, _ := thoroughly(t)
	a := w.loginWithConsents(t)
	w.agreeTo(t, a)
	id := w.start(t, a, zhang(t)).ID
	_, _, err := w.CheckFourElements(t.Context(), a, id, printed(t))
	if stateCode(err) != verification.CodeFaceFirst {
		t.Errorf("before the face: got %v", err)
	}
	w.face(t, a, id, facePasses)
	_, _, err = w.CheckFourElements(t.Context(), a, id, printed(t))
	if stateCode(err) != verification.CodeEarlierFirst || one.count() != 0 {
		t.Errorf("before the card: got %v after %d queries", err, one.count())
	}
}

func TestService_CheckFourElements_NeedsItsConsent(t *testing.T) {
	t.Parallel()
	w, one, _ := thoroughly(t)
	a := w.login(t)
	notices, err := notice.Default()
	if err != nil {
		t.Fatal(err)
	}
	route := policy.Route{Purpose: policy.Access, Document: identity.ResidentID, Channel: "alipay"}
	before := []notice.Kind{notice.Rules, notice.Face, notice.BankCard}
	if _, err = w.AcceptNotices(t.Context(), a, references(notices.For(route, before, ""))); err != nil {
		t.Fatal(err)
	}
	id := w.carded(t, a, zhang(t))
	var missing *verification.ConsentError
	_, _, err = w.CheckFourElements(t.Context(), a, id, printed(t))
	if !errors.As(err, &missing) || missing.Missing[0].Kind != notice.Document || one.count() != 0 {
		t.Fatalf("got %v after %d queries, want the notice on the document", err, one.count())
	}
	w.agreeTo(t, a)
	one.respondWith(sourcePasses, nil)
	if _, _, err = w.CheckFourElements(t.Context(), a, id, printed(t)); err != nil {
		t.Error(err)
	}
}

// agreeTo accepts whatever the policy in force asks for.
func (w *fixture) agreeTo(t *testing.T, a verification.Actor) {
	t.Helper()
	refs := references(w.NoticesFor(notice.Query{Channel: "alipay", Purpose: policy.Access}))
	if _, err := w.AcceptNotices(t.Context(), a, refs); err != nil {
		t.Fatal(err)
	}
}

func TestService_CheckFourElements_Ends(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		decision verification.Decision
		err      error
		state    verification.AttemptState
		code     failure.Code
		used     int
	}{
		{"a match passes", sourcePasses, nil, verification.AttemptPassed, "", 0},
		{"a mismatch uses a try", sourceDiffers, nil, verification.AttemptFailed, failure.IdentityNotConfirmed, 1},
		{"no record uses none and reads the same", sourceNoRecord, nil, verification.AttemptFailed, failure.IdentityNotConfirmed, 0},
		{"no answer uses none and is not repeated", verification.Decision{}, errProvider, verification.AttemptUnresolved, failure.TryAgainLater, 0},
		{"an answer that says nothing is none", verification.Decision{}, nil, verification.AttemptUnresolved, failure.TryAgainLater, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w, one, two := thoroughly(t)
			a := w.loginWithConsents(t)
			w.agreeTo(t, a)
			id := w.carded(t, a, zhang(t))
			one.respondWith(tt.decision, tt.err)
			view, attempt, err := w.CheckFourElements(t.Context(), a, id, printed(t))
			if err != nil || attempt.State != tt.state || attempt.Failure != tt.code {
				t.Fatalf("got %s %s, %v", attempt.State, attempt.Failure, err)
			}
			if left := w.deps.Limits.FourElements.Tries - view.Tries.Left; left != tt.used {
				t.Errorf("got %d tries used, want %d", left, tt.used)
			}
			w.advance(time.Hour)
			if _, err = w.Reconcile(t.Context()); err != nil || one.count() != 1 || two.count() != 0 {
				t.Errorf("got %d and %d queries, %v; want one", one.count(), two.count(), err)
			}
		})
	}
}

func TestService_CheckFourElements_Validity(t *testing.T) {
	t.Parallel()
	w, one, _ := thoroughly(t)
	a := w.loginWithConsents(t)
	w.agreeTo(t, a)
	id := w.carded(t, a, zhang(t))
	var problem identity.FieldError
	if _, _, err := w.CheckFourElements(t.Context(), a, id, verification.FourElementsRequest{}); !errors.As(err, &problem) {
		t.Errorf("without any: got %v", err)
	}
	past := printed(t)
	past.ValidUntil = past.ValidFrom
	if _, _, err := w.CheckFourElements(t.Context(), a, id, past); rejectionCode(err) != failure.DocumentExpired {
		t.Errorf("a card past its last day: got %v", err)
	}
	if one.count() != 0 {
		t.Fatalf("the source was asked %d times in vain", one.count())
	}
	one.respondWith(sourcePasses, nil)
	forever := verification.FourElementsRequest{ValidFrom: printed(t).ValidFrom, LongTerm: true}
	if _, _, err := w.CheckFourElements(t.Context(), a, id, forever); err != nil || !one.queries[0].Document.LongTerm {
		t.Errorf("长期: got %v", err)
	}
}

// What was typed at the start need not be typed again.
func TestService_CheckFourElements_TakesWhatWasTyped(t *testing.T) {
	t.Parallel()
	w, one, _ := thoroughly(t)
	a := w.loginWithConsents(t)
	w.agreeTo(t, a)
	d, err := zhang(t).WithValidity("2015-03-01", "长期")
	if err != nil {
		t.Fatal(err)
	}
	one.respondWith(sourcePasses, nil)
	_, attempt, err := w.CheckFourElements(t.Context(), a, w.carded(t, a, d), verification.FourElementsRequest{})
	if err != nil || attempt.Level != "LEVEL" || one.queries[0].Document != d {
		t.Errorf("got level %q, %v", attempt.Level, err)
	}
}

func TestService_CheckFourElements_LastTry(t *testing.T) {
	t.Parallel()
	w, one, _ := thoroughly(t)
	a := w.loginWithConsents(t)
	w.agreeTo(t, a)
	id := w.carded(t, a, zhang(t))
	one.respondWith(sourceDiffers, nil)
	var view verification.View
	for range w.deps.Limits.FourElements.Tries {
		var err error
		if view, _, err = w.CheckFourElements(t.Context(), a, id, printed(t)); err != nil {
			t.Fatal(err)
		}
	}
	if view.State != verification.Failed || view.Failure.Code != failure.TriesExhausted || view.Tries.NextAt.IsZero() {
		t.Errorf("got %s, %v", view.State, view.Failure)
	}
}

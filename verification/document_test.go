package verification_test

import (
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// listed is a verification that only the document is left of.
func listed(t *testing.T) (*fixture, verification.Actor, string, *fakeSource) {
	t.Helper()
	w, one, _ := thoroughly(t)
	a := w.loginWithConsents(t)
	w.agreeTo(t, a)
	id := w.carded(t, a, zhang(t))
	one.respondWith(sourcePasses, nil)
	if _, _, err := w.CheckFourElements(t.Context(), a, id, printed(t)); err != nil {
		t.Fatal(err)
	}
	one.ids, one.queries = nil, nil
	return w, a, id, one
}

func TestService_CheckDocument_Passes(t *testing.T) {
	t.Parallel()
	w, a, id, one := listed(t)
	view, attempt, err := w.CheckDocument(t.Context(), a, id)
	if err != nil || attempt.State != verification.AttemptPassed || view.State != verification.AwaitingAcceptance {
		t.Errorf("got %s and %s, %v", attempt.State, view.State, err)
	}
	if !one.queries[0].Document.Same(zhang(t)) || one.ids[0] != attempt.ID {
		t.Error("the authority was asked about something else")
	}
}

// While there is no answer, a worker and the caller query for the same attempt.
func TestService_CheckDocument_IsAskedUntilItAnswers(t *testing.T) {
	t.Parallel()
	w, a, id, one := listed(t)
	one.respondWith(verification.Decision{}, errProvider)
	view, first, err := w.CheckDocument(t.Context(), a, id)
	if err != nil || first.State != verification.AttemptUnknown || view.Checks[3].State != verification.CheckOpen {
		t.Fatalf("got %s, %v; want it unknown", first.State, err)
	}
	for _, decision := range []verification.Decision{{}, sourceBusy} { // each in doubt as before
		one.respondWith(decision, nil)
		_, again, failed := w.CheckDocument(t.Context(), a, id)
		if failed != nil || again.ID != first.ID || again.State != verification.AttemptUnknown {
			t.Fatalf("got %s %s, %v; want the same attempt in doubt", again.ID, again.State, failed)
		}
	}
	one.respondWith(verification.Decision{}, verification.ErrNothingDone)
	w.worker(t)
	one.respondWith(sourcePasses, nil)
	w.worker(t)
	got, err := w.Get(t.Context(), a, id)
	if err != nil || got.State != verification.AwaitingAcceptance {
		t.Errorf("got %s, %v", got.State, err)
	}
	for _, id := range one.ids {
		if id != first.ID {
			t.Errorf("got a query for %s, want %s alone", id, first.ID)
		}
	}
}

// worker asks once more, when it is due.
func (w *fixture) worker(t *testing.T) {
	t.Helper()
	w.advance(time.Minute)
	if n, err := w.Reconcile(t.Context()); n != 1 || err != nil {
		t.Fatalf("the worker: got %d, %v", n, err)
	}
}

func TestService_CheckDocument_Ends(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		decision verification.Decision
		state    verification.AttemptState
		code     failure.Code
		used     int
	}{
		{"a mismatch uses a try", sourceDiffers, verification.AttemptFailed, failure.IdentityNotConfirmed, 1},
		{"no record uses none and reads the same", sourceNoRecord, verification.AttemptFailed, failure.IdentityNotConfirmed, 0},
		{"nobody could look", sourceBusy, verification.AttemptCancelled, failure.ProviderBusy, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w, a, id, one := listed(t)
			one.respondWith(tt.decision, nil)
			view, attempt, err := w.CheckDocument(t.Context(), a, id)
			// The second authority of the policy is asked where the first did nothing; it says nothing here.
			if tt.code == failure.ProviderBusy {
				if err != nil || attempt.State != verification.AttemptUnknown || attempt.Provider != "two" {
					t.Fatalf("got %s of %s, %v; want the second one in doubt", attempt.State, attempt.Provider, err)
				}
				return
			}
			if err != nil || attempt.State != tt.state || attempt.Failure != tt.code {
				t.Fatalf("got %s %s, %v", attempt.State, attempt.Failure, err)
			}
			if used := w.deps.Limits.Document.Tries - view.Tries.Left; used != tt.used {
				t.Errorf("got %d tries used, want %d", used, tt.used)
			}
		})
	}
}

// Leaving a document that did not match makes nothing undone.
func TestService_CheckDocument_LeavingIsNoWayOut(t *testing.T) {
	t.Parallel()
	w, a, id, one := listed(t)
	one.respondWith(verification.Decision{}, errProvider)
	if _, _, err := w.CheckDocument(t.Context(), a, id); err != nil {
		t.Fatal(err)
	}
	if err := w.Void(t.Context(), a, id); err != nil {
		t.Fatal(err)
	}
	one.respondWith(sourceDiffers, nil)
	w.advance(verification.OpenFor)
	if _, err := w.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	later := w.loginAs(t, w.userOf(t, a))
	w.acceptNotices(t, later, policy.Confirm)
	w.agreeTo(t, later)
	next := w.passFace(t, later) // the card of an hour ago counts
	one.respondWith(sourcePasses, nil)
	view, _, err := w.CheckFourElements(t.Context(), later, next, printed(t))
	if want := w.deps.Limits.Document.Tries - 1; err != nil || view.Tries.Left != want {
		t.Errorf("got %d tries left, %v; want %d: the mismatch counts", view.Tries.Left, err, want)
	}
}

// Calls at once have one try, not one each.
func TestService_CheckDocument_AtOnce(t *testing.T) {
	t.Parallel()
	w, a, id, one := listed(t)
	one.calls = func() {
		one.calls = nil
		_, again, err := w.CheckDocument(t.Context(), a, id)
		if err != nil || again.ID != one.ids[0] {
			t.Errorf("got %s, %v; want the attempt under way", again.ID, err)
		}
	}
	if _, attempt, err := w.CheckDocument(t.Context(), a, id); err != nil || attempt.State != verification.AttemptPassed {
		t.Errorf("got %s, %v", attempt.State, err)
	}
	if one.ids[0] != one.ids[len(one.ids)-1] {
		t.Errorf("got %v asked for", one.ids)
	}
}

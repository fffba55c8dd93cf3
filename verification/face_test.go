package verification_test

import (
	"errors"
	"regexp"
	"slices"
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

func TestService_StartFace_CarriesTheAccount(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	_, attempt, err := w.StartFace(t.Context(), a, view.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := w.faces.started[0]
	if got.User != w.userOf(t, a) || got.User.Kind != "open_id" || !got.Document.Same(zhang(t)) || !got.PortraitToo {
		t.Errorf("the provider got %s of kind %s", got.Document, got.User.Kind)
	}
	if !regexp.MustCompile(`^[A-Za-z0-9_]{32}$`).MatchString(attempt.ID) || got.AttemptID != attempt.ID {
		t.Errorf("got the order number %q for attempt %q", got.AttemptID, attempt.ID)
	}
	if attempt.Call == nil || attempt.Call.CertifyID == "" || attempt.ExpiresAt.Sub(attempt.StartedAt) != verification.FacePass {
		t.Errorf("got call %v until %s", attempt.Call, attempt.ExpiresAt)
	}
}

func TestService_FinishFace(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID

	// The person is still in front of the camera.
	view, attempt := w.face(t, a, id, facePending)
	wantAttempt(t, attempt, verification.AttemptOpen, "")
	wantNext(t, view, policy.Face, "alipay")
	if view.Failure != nil {
		t.Errorf("got failure %v, want none", view.Failure)
	}

	// The provider has judged the face.
	w.faces.respondWith(facePasses)
	view, attempt = w.finishFace(t, a, attempt)
	wantAttempt(t, attempt, verification.AttemptPassed, "")
	wantNext(t, view, policy.BankCard, "tencentcloud")
	if attempt.Level != "FACE" {
		t.Errorf("got level %q, want FACE", attempt.Level)
	}

	// A repetition does not query the provider again.
	queries := w.faces.queries
	w.faces.respondWith(faceDiffers)
	_, attempt = w.finishFace(t, a, attempt)
	wantAttempt(t, attempt, verification.AttemptPassed, "")
	if w.faces.queries != queries {
		t.Errorf("got %d more queries, want none", w.faces.queries-queries)
	}
	if _, _, err := w.StartFace(t.Context(), a, id); stateCode(err) != verification.CodeCheckDone {
		t.Errorf("a second face: got %v, want %s", err, verification.CodeCheckDone)
	}
}

func wantAttempt(t *testing.T, got verification.Attempt, state verification.AttemptState, code failure.Code) {
	t.Helper()
	if got.State != state || got.Failure != code {
		t.Fatalf("got an attempt %s %q, want %s %q", got.State, got.Failure, state, code)
	}
}

func wantNext(t *testing.T, got verification.View, check policy.CheckKind, provider string) {
	t.Helper()
	if got.Next == nil || got.Next.Check != check || got.Next.Provider != provider {
		t.Fatalf("got next %v, want %s by %s", got.Next, check, provider)
	}
}

func TestService_FinishFace_Late(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	_, attempt, err := w.StartFace(t.Context(), a, w.start(t, a, zhang(t)).ID)
	if err != nil {
		t.Fatal(err)
	}

	w.advance(verification.FacePass)
	w.faces.respondWith(facePasses)
	view, attempt := w.finishFace(t, a, attempt)
	wantAttempt(t, attempt, verification.AttemptCancelled, failure.FaceNotFinished)
	wantNext(t, view, policy.Face, "alipay")
	if want := w.deps.Limits.Face.Tries; view.Tries.Left != want {
		t.Errorf("got %d tries left, want all %d", view.Tries.Left, want)
	}
}

func TestService_FinishFace_WithoutLiveness(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view, attempt := w.face(t, a, w.start(t, a, zhang(t)).ID, faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomePassed}})
	if attempt.State != verification.AttemptFailed || view.Failure == nil || view.Failure.Code != failure.FaceLiveness {
		t.Errorf("got %s, want no pass without liveness", attempt.State)
	}
}

func TestService_FinishFace_UnknownThenKnown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		ask  func(t *testing.T, w *fixture, a verification.Actor, attempt verification.Attempt)
	}{
		{"the client's next poll", func(t *testing.T, w *fixture, a verification.Actor, attempt verification.Attempt) {
			t.Helper()
			if _, _, err := w.FinishFace(t.Context(), a, attempt.VerificationID, attempt.ID); err != nil {
				t.Fatal(err)
			}
		}},
		{"the worker", func(t *testing.T, w *fixture, _ verification.Actor, _ verification.Attempt) {
			t.Helper()
			if n, err := w.Reconcile(t.Context()); err != nil || n != 0 {
				t.Fatalf("before it is due: got %d, %v", n, err)
			}
			w.advance(time.Minute)
			if n, err := w.Reconcile(t.Context()); err != nil || n != 1 {
				t.Fatalf("got %d, %v; want one reconciled", n, err)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			a := w.loginWithConsents(t)
			_, attempt := w.face(t, a, w.start(t, a, zhang(t)).ID, faceBreaks)
			if attempt.State != verification.AttemptUnknown {
				t.Fatalf("got %s, want unknown", attempt.State)
			}
			w.faces.respondWith(facePasses)
			tt.ask(t, w, a, attempt)
			view, err := w.Get(t.Context(), a, attempt.VerificationID)
			if err != nil || view.Next == nil || view.Next.Check != policy.BankCard {
				t.Errorf("got next %v, %v; want the face passed", view.Next, err)
			}
		})
	}
}

func TestService_StartFace_ErrorReleases(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		err  error
	}{
		{"the provider did nothing", verification.ErrNothingDone},
		{"the outcome is in doubt", errProvider},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			a := w.loginWithConsents(t)
			id := w.start(t, a, zhang(t)).ID
			w.faces.startErr = tt.err
			view, attempt, err := w.StartFace(t.Context(), a, id)
			if err != nil || attempt.State != verification.AttemptCancelled || attempt.Call != nil {
				t.Fatalf("got %s, %v", attempt.State, err)
			}
			if view.Tries.Left != w.deps.Limits.Face.Tries || view.Failure.Code != failure.ProviderBusy {
				t.Errorf("got %d tries left and %v", view.Tries.Left, view.Failure)
			}
			w.faces.startErr = nil
			if _, attempt, err = w.StartFace(t.Context(), a, id); err != nil || attempt.Call == nil {
				t.Errorf("again: got %v", err)
			}
		})
	}
}

// A query names the attempt, the document and the account that it began with,
// also when nobody is there who could say them again.
func TestService_QueryFace_CarriesWhatWasBegun(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(w *fixture, a verification.Actor, attempt verification.Attempt) error{
		"the client's poll": func(w *fixture, a verification.Actor, attempt verification.Attempt) error {
			_, _, err := w.FinishFace(t.Context(), a, attempt.VerificationID, attempt.ID)
			return err
		},
		"the worker": func(w *fixture, _ verification.Actor, _ verification.Attempt) error {
			w.advance(verification.FacePass)
			_, err := w.Reconcile(t.Context())
			return err
		},
		"the worker, superseded": func(w *fixture, a verification.Actor, attempt verification.Attempt) error {
			w.faces.respondWith(facePending)
			if _, _, err := w.StartFace(t.Context(), a, attempt.VerificationID); err != nil {
				return err
			}
			w.faces.received = nil
			w.advance(verification.FacePass)
			_, err := w.Reconcile(t.Context())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			a := w.loginWithConsents(t)
			_, attempt, err := w.StartFace(t.Context(), a, w.start(t, a, zhang(t)).ID)
			if err != nil {
				t.Fatal(err)
			}
			if err = ask(w, a, attempt); err != nil {
				t.Fatal(err)
			}
			asked := slices.IndexFunc(w.faces.received, func(q verification.FaceQuery) bool { return q.AttemptID == attempt.ID })
			if asked < 0 {
				t.Fatal("the attempt was not asked for")
			}
			got := w.faces.received[asked]
			if got.ProviderID != attempt.ProviderID || got.Document != zhang(t) {
				t.Errorf("got a query for %s of another document or kind", got.ProviderID)
			}
			if got.User != w.userOf(t, a) {
				t.Error("the query does not carry the account")
			}
		})
	}
}

// R10: the provider's id of a face counts only once, whichever attempt has it.
func TestService_StartFace_IDSeenBefore(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.faces.sameID = true
	first, second := w.loginWithConsents(t), w.loginWithConsents(t)
	w.face(t, first, w.start(t, first, zhang(t)).ID, facePasses)
	view, attempt, err := w.StartFace(t.Context(), second, w.start(t, second, person(t, 1)).ID)
	if err != nil || attempt.State != verification.AttemptCancelled || attempt.Call != nil {
		t.Errorf("got %s, %v; want no second use of the first one's face", attempt.State, err)
	}
	if view.Failure == nil || view.Failure.Code != failure.TryAgainLater {
		t.Errorf("got failure %v", view.Failure)
	}
}

// A person who leaves the camera and comes back goes on with the same try.
func TestService_StartFace_GoesOnWithAnOpenFace(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	_, first, err := w.StartFace(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	w.advance(verification.FacePass / 2)
	view, again, err := w.StartFace(t.Context(), a, id)
	if err != nil || again.ID != first.ID || again.Call == nil || *again.Call != *first.Call {
		t.Fatalf("got %s, %v; want %s with its call", again.ID, err, first.ID)
	}
	if want := w.deps.Limits.Face.Tries - 1; view.Tries.Left != want || len(w.faces.started) != 1 {
		t.Errorf("got %d tries left and %d faces begun, want %d and one", view.Tries.Left, len(w.faces.started), want)
	}
	w.faces.respondWith(faceDiffers)
	if _, again, err = w.StartFace(t.Context(), a, id); err != nil || again.ID == first.ID {
		t.Errorf("got %s, %v; want a new one once the first was decided", again.ID, err)
	}
}

func TestService_StartFace_SupersedesOneWithLittleTime(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	_, first, err := w.StartFace(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	w.advance(verification.FacePass/2 + time.Second)
	_, second, err := w.StartFace(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	w.faces.respondWith(facePasses)
	view, current, err := w.FinishFace(t.Context(), a, id, first.ID)
	if err != nil || current.State != verification.AttemptSuperseded || view.Next.Check != policy.Face {
		t.Fatalf("got %s, %v; want the first to have no effect", current.State, err)
	}
	if _, current, err = w.FinishFace(t.Context(), a, id, second.ID); err != nil || current.State != verification.AttemptPassed {
		t.Errorf("got %s, %v; want the second to pass", current.State, err)
	}
}

// Two starts at once: the one that lost its place says so, and has no effect.
func TestService_StartFace_SupersededMeanwhile(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	w.faces.during = func() {
		if _, _, err := w.StartFace(t.Context(), a, id); err != nil {
			t.Error(err)
		}
	}
	if _, _, err := w.StartFace(t.Context(), a, id); stateCode(err) != verification.CodeSuperseded {
		t.Errorf("got %v, want %s", err, verification.CodeSuperseded)
	}
	view, err := w.Get(t.Context(), a, id)
	if err != nil || view.Checks[0].State != verification.CheckOpen || view.Tries.Left != w.deps.Limits.Face.Tries-1 {
		t.Errorf("got %s with %d tries, %v; want the other one open", view.Checks[0].State, view.Tries.Left, err)
	}
}

// A face that did not pass cannot be made undone by leaving it.
func TestService_Face_LeftAttemptCounts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		leave func(w *fixture, a verification.Actor, id string) error
		taken int
	}{
		{"by a new face, which may still be judged", func(w *fixture, a verification.Actor, id string) error {
			_, _, err := w.StartFace(t.Context(), a, id)
			return err
		}, 2},
		{"by voiding", func(w *fixture, a verification.Actor, id string) error { return w.Void(t.Context(), a, id) }, 1},
		{"by starting anew", func(w *fixture, a verification.Actor, _ string) error {
			d := zhang(t)
			_, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &d})
			return err
		}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			a := w.loginWithConsents(t)
			id := w.start(t, a, zhang(t)).ID
			if _, _, err := w.StartFace(t.Context(), a, id); err != nil {
				t.Fatal(err)
			}
			w.faces.respondWith(faceDiffers)
			if err := tt.leave(w, a, id); err != nil {
				t.Fatal(err)
			}
			if err := w.Void(t.Context(), a, id); err != nil {
				t.Fatal(err)
			}
			view := w.start(t, a, zhang(t))
			if want := w.deps.Limits.Face.Tries - tt.taken; view.Tries.Left != want {
				t.Errorf("got %d tries left, want %d", view.Tries.Left, want)
			}
		})
	}
}

func TestService_Face_OthersSeeNothing(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a, other := w.loginWithConsents(t), w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	_, attempt, err := w.StartFace(t.Context(), a, view.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.faces.respondWith(facePasses)
	queries := w.faces.queries
	mine := w.start(t, other, person(t, 1))
	for name, call := range map[string]func() error{
		"get":              func() error { _, err := w.Get(t.Context(), other, view.ID); return err },
		"void":             func() error { return w.Void(t.Context(), other, view.ID) },
		"start a face":     func() error { _, _, err := w.StartFace(t.Context(), other, view.ID); return err },
		"finish a face":    func() error { _, _, err := w.FinishFace(t.Context(), other, view.ID, attempt.ID); return err },
		"finish in theirs": func() error { _, _, err := w.FinishFace(t.Context(), other, mine.ID, attempt.ID); return err },
		"check a card": func() error {
			_, _, err := w.CheckBankCard(t.Context(), other, view.ID, cardOf(t, "6222021234567890128"))
			return err
		},
		"see the portrait": func() error { _, err := w.Portrait(t.Context(), other, view.ID); return err },
		"accept":           func() error { _, err := w.Accept(t.Context(), other, view.ID); return err },
	} {
		if err := call(); !errors.Is(err, verification.ErrNotFound) {
			t.Errorf("%s: got %v, want not found", name, err)
		}
	}
	if w.faces.queries != queries || len(w.cards.queries) != 0 {
		t.Error("a provider was asked for somebody else's verification")
	}
}

func TestService_FinishFace_NamesItsAttempt(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	first, second := w.start(t, a, zhang(t)), w.start(t, a, person(t, 1))
	_, attempt, err := w.StartFace(t.Context(), a, second.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.faces.respondWith(facePasses)
	if _, _, err = w.FinishFace(t.Context(), a, first.ID, attempt.ID); !errors.Is(err, verification.ErrNotFound) {
		t.Errorf("another verification's attempt: got %v", err)
	}
	if _, _, err = w.FinishFace(t.Context(), a, second.ID, attempt.ID); err != nil {
		t.Fatal(err)
	}
	_, card := w.card(t, a, second.ID, cardDiffers)
	if _, _, err = w.FinishFace(t.Context(), a, second.ID, card.ID); !errors.Is(err, verification.ErrNotFound) {
		t.Errorf("a card's attempt: got %v", err)
	}
}

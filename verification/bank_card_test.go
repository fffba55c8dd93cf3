package verification_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// passFace is a verification whose face has passed.
func (w *fixture) passFace(t *testing.T, a verification.Actor) string {
	t.Helper()
	view, _ := w.face(t, a, w.start(t, a, zhang(t)).ID, facePasses)
	return view.ID
}

func TestService_CheckBankCard_FaceFirst(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	_, _, err := w.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if stateCode(err) != verification.CodeFaceFirst || len(w.cards.queries) != 0 {
		t.Errorf("got %v after %d queries, want no oracle before the face", err, len(w.cards.queries))
	}
}

func TestService_CheckBankCard_Passes(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view, attempt := w.card(t, a, w.passFace(t, a), cardPasses)
	if attempt.State != verification.AttemptPassed || attempt.CardLast4 != "0128" || attempt.Level != "BankCard4EVerification" {
		t.Errorf("got %s of a card ending in %s", attempt.State, attempt.CardLast4)
	}
	if view.State != verification.AwaitingAcceptance || view.Next != nil {
		t.Errorf("got %s, want the photo to be accepted", view.State)
	}
	asked := w.cards.queries[0]
	if !asked.Document.Same(zhang(t)) || asked.Card.Reveal() != "6222021234567890128" || asked.Phone.IsZero() {
		t.Errorf("the source was asked about %s", asked.Document)
	}
}

func TestService_CheckBankCard_Ends(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		end   cardAnswer
		state verification.AttemptState
		code  failure.Code
		used  int
	}{
		{"a mismatch uses a try", cardDiffers, verification.AttemptFailed, failure.CardDiffers, 1},
		{"no answer uses none", cardBreaks, verification.AttemptUnresolved, failure.CardUnresolved, 0},
		{"a refusal of the request uses none", cardRefused, verification.AttemptCancelled, failure.ProviderBusy, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			a := w.loginWithConsents(t)
			view, attempt := w.card(t, a, w.passFace(t, a), tt.end)
			if attempt.State != tt.state || view.Failure == nil || view.Failure.Code != tt.code {
				t.Fatalf("got %s and %v", attempt.State, view.Failure)
			}
			if got := w.deps.Limits.BankCard.Tries - view.Tries.Left; got != tt.used {
				t.Errorf("got %d tries used, want %d", got, tt.used)
			}
			w.advance(time.Hour)
			if _, err := w.Reconcile(t.Context()); err != nil || len(w.cards.queries) != 1 {
				t.Errorf("the source was asked %d times (%v), want once: we never repeat", len(w.cards.queries), err)
			}
		})
	}
}

// The networks count queries, not our outcomes: the fourth of a card is not made.
func TestService_CheckBankCard_CardLocked(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	for range w.deps.Limits.Card.Tries {
		w.card(t, a, id, cardBreaks)
	}
	_, _, err := w.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	none, ok := errors.AsType[*verification.ExhaustedError](err)
	if !ok || none.Failure() != failure.CardLocked || len(w.cards.queries) != w.deps.Limits.Card.Tries {
		t.Fatalf("got %v after %d queries", err, len(w.cards.queries))
	}
	w.cards.respondWith(cardPasses)
	view, _, err := w.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890136"))
	if err != nil || view.State != verification.AwaitingAcceptance {
		t.Errorf("another card: got %s, %v", view.State, err)
	}
}

func TestService_CheckBankCard_LastTry(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *verification.Deps) { d.Limits.BankCard.Tries = 2 })
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	if view, _ := w.card(t, a, id, cardDiffers); view.State != verification.Open || view.Tries.Left != 1 {
		t.Fatalf("got %s with %d tries", view.State, view.Tries.Left)
	}
	view, attempt := w.card(t, a, id, cardDiffers)
	if view.State != verification.Failed || view.Failure.Code != failure.TriesExhausted || attempt.Failure != failure.CardDiffers {
		t.Errorf("got %s and %v", view.State, view.Failure)
	}
	if view.Tries.Left != 0 || !view.Tries.NextAt.After(w.clock()) {
		t.Errorf("got %v, want to be told when there are tries again", view.Tries)
	}
}

func TestService_CheckBankCard_CountsForADay(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	_, earlier := w.card(t, a, w.passFace(t, a), cardPasses)
	view, _ := w.face(t, a, w.start(t, a, zhang(t)).ID, facePasses)
	if view.State != verification.AwaitingAcceptance || view.Checks[1].State != verification.CheckSkipped || view.Checks[1].AttemptID != earlier.ID {
		t.Fatalf("got %s and card %v, want the earlier pass to count", view.State, view.Checks[1])
	}
	view, _ = w.face(t, a, w.start(t, a, person(t, 1)).ID, facePasses)
	if view.Next == nil || view.Next.Check != policy.BankCard {
		t.Errorf("another person: got %s, want the card asked for", view.State)
	}
	w.advance(verification.CardCounts + time.Second)
	later := w.loginAs(t, w.userOf(t, a))
	w.acceptNotices(t, later, policy.Confirm)
	view, _ = w.face(t, later, w.start(t, later, zhang(t)).ID, facePasses)
	if view.Next == nil || view.Next.Check != policy.BankCard {
		t.Errorf("a day later: got %s, want the card asked for", view.State)
	}
}

func TestService_CheckBankCard_OneAtATime(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	w.cards.during = func() {
		_, _, err := w.CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890136"))
		if stateCode(err) != verification.CodeRunning {
			t.Errorf("got %v, want %s", err, verification.CodeRunning)
		}
	}
	if view, _ := w.card(t, a, id, cardPasses); view.State != verification.AwaitingAcceptance || len(w.cards.queries) != 1 {
		t.Errorf("got %s after %d queries", view.State, len(w.cards.queries))
	}
}

func TestService_CheckBankCard_CallerGone(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	ctx, leave := context.WithCancel(t.Context())
	w.cards.end, w.cards.during = cardPasses, leave
	if _, _, err := w.CheckBankCard(ctx, a, id, cardOf(t, "6222021234567890128")); err != nil {
		t.Fatal(err)
	}
	view, err := w.Get(t.Context(), a, id)
	if err != nil || view.State != verification.AwaitingAcceptance {
		t.Errorf("got %s, %v; want the answer on record although nobody waited", view.State, err)
	}
}

// failingSettle loses what was to be settled, as a process does that dies then.
type failingSettle struct{ verification.Store }

func (failingSettle) Settle(context.Context, verification.Settlement) error { return errProvider }

func TestService_Reconcile_CardWithoutAnswer(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	deps := w.deps
	deps.Store = failingSettle{w.rows}
	w.cards.respondWith(cardPasses)
	_, _, err := verification.New(deps).CheckBankCard(t.Context(), a, id, cardOf(t, "6222021234567890128"))
	if !errors.Is(err, errProvider) {
		t.Fatalf("got %v", err)
	}
	n, err := w.Reconcile(t.Context())
	if err != nil || n != 0 {
		t.Errorf("while it may run: got %d, %v", n, err)
	}
	w.advance(3 * time.Minute)
	if n, err = w.Reconcile(t.Context()); err != nil || n != 1 {
		t.Errorf("got %d, %v; want one reconciled", n, err)
	}
	view, err := w.Get(t.Context(), a, id)
	if err != nil || view.Failure == nil || view.Failure.Code != failure.CardUnresolved {
		t.Fatalf("got %v, %v; want the card unresolved", view.Failure, err)
	}
	if view.Tries.Left != w.deps.Limits.BankCard.Tries || len(w.cards.queries) != 1 {
		t.Errorf("got %d tries left after %d queries", view.Tries.Left, len(w.cards.queries))
	}
}

// A card that is asked for at the end of a verification has as much time for its answer as any other: a worker must not
// give it up, and its try back, while the source still decides (R11).
func TestService_CheckBankCard_CountsAnAnswerAfterTheEndOfTheVerification(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view, _ := w.face(t, a, w.start(t, a, zhang(t)).ID, facePasses)
	w.advance(view.ExpiresAt.Sub(w.clock()) - time.Second)
	w.cards.during = func() { // two seconds of the source's time
		w.advance(2 * time.Second)
		if _, err := w.Reconcile(t.Context()); err != nil {
			t.Error(err)
		}
	}
	w.cards.respondWith(cardDiffers)
	_, attempt, err := w.CheckBankCard(t.Context(), a, view.ID, cardOf(t, "6222021234567890128"))
	if err != nil || attempt.State != verification.AttemptFailed || !attempt.Counted {
		t.Errorf("got %s, counted %t, %v; want failed and counted", attempt.State, attempt.Counted, err)
	}
}

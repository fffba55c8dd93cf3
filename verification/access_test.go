package verification_test

import (
	"errors"
	"testing"

	"renzheng/verification"
	"renzheng/verification/policy"
)

func TestService_Access_ToTheGrant(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.passFace(t, a)
	if _, err := w.Accept(t.Context(), a, id); stateCode(err) != verification.CodeOpen {
		t.Errorf("accepting too early: got %v", err)
	}
	w.card(t, a, id, cardPasses)
	picture, err := w.Portrait(t.Context(), a, id)
	if err != nil || string(picture) != "picture" {
		t.Errorf("got %q, %v; want the photo", picture, err)
	}
	first, err := w.Accept(t.Context(), a, id)
	if err != nil || !first.Until.Equal(w.clock().Add(verification.GrantFor)) {
		t.Fatalf("got %v, %v", first, err)
	}
	second, err := w.Accept(t.Context(), a, id)
	if err != nil || second.GrantID != first.GrantID {
		t.Errorf("got %v, %v; want the same grant again", second, err)
	}
	view, err := w.Get(t.Context(), a, id)
	if err != nil || view.State != verification.Passed {
		t.Errorf("got %s, %v", view.State, err)
	}
	latest, err := w.Latest(t.Context(), a)
	if err != nil || latest != nil {
		t.Errorf("got %v, %v; want nothing open", latest, err)
	}
	if err = w.Void(t.Context(), a, id); err != nil {
		t.Fatal(err)
	}
	if _, err = w.Accept(t.Context(), a, id); stateCode(err) != verification.CodeVoided {
		t.Errorf("after 重新录入: got %v", err)
	}
}

// R17: a provider without a picture is no dead end.
func TestService_Access_WithoutPortrait(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view, _ := w.face(t, a, w.start(t, a, zhang(t)).ID, faceBare)
	if view, _ = w.card(t, a, view.ID, cardPasses); view.PortraitID != "" {
		t.Errorf("got a portrait from nowhere")
	}
	if _, err := w.Portrait(t.Context(), a, view.ID); !errors.Is(err, verification.ErrNotFound) {
		t.Errorf("got %v, want none", err)
	}
	if made, err := w.Accept(t.Context(), a, view.ID); err != nil || made.GrantID == "" {
		t.Errorf("got %v, want a grant without a photo", err)
	}
}

func TestService_Access_AcceptedTooLate(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view, _ := w.card(t, a, w.passFace(t, a), cardPasses)
	w.advance(verification.UsableFor)
	if _, err := w.Accept(t.Context(), a, view.ID); stateCode(err) != verification.CodeExpired {
		t.Errorf("got %v, want %s", err, verification.CodeExpired)
	}
	if _, err := w.Portrait(t.Context(), a, view.ID); !errors.Is(err, verification.ErrNotFound) {
		t.Errorf("got %v, want the photo gone", err)
	}
}

func TestService_Latest(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	w.start(t, a, zhang(t))
	second := w.start(t, a, zhang(t))
	latest, err := w.Latest(t.Context(), a)
	if err != nil || latest == nil || latest.ID != second.ID || latest.Next.Check != policy.Face {
		t.Fatalf("got %v, %v; want the newest", latest, err)
	}
}

package verification_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

func TestService_Face_LastTry(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	for left := w.deps.Limits.Face.Tries - 1; left > 0; left-- {
		view, _ = w.face(t, a, view.ID, faceDiffers)
		if view.State != verification.Open || view.Tries.Left != left || view.Failure.Code != failure.FaceDiffers {
			t.Fatalf("got %s, %d tries left, %v; want %d", view.State, view.Tries.Left, view.Failure, left)
		}
	}
	view, _ = w.face(t, a, view.ID, faceDiffers)
	if view.State != verification.Failed || view.Failure.Code != failure.TriesExhausted || view.Tries.NextAt.IsZero() {
		t.Fatalf("got %s, %v, %v", view.State, view.Failure, view.Tries)
	}
	if _, _, err := w.StartFace(t.Context(), a, view.ID); stateCode(err) != verification.CodeFailed {
		t.Errorf("got %v, want %s", err, verification.CodeFailed)
	}
	noTryBefore(t, w, a, view.Tries.NextAt)
}

// noTryBefore holds against starting anew what one verification used up.
func noTryBefore(t *testing.T, w *fixture, a verification.Actor, next time.Time) {
	t.Helper()
	view := w.start(t, a, zhang(t))
	if view.Tries.Left != 0 || !view.Tries.NextAt.Equal(next) || view.Failure.Code != failure.TriesExhausted {
		t.Errorf("a new verification: got %v, %v; want no tries by starting anew", view.Tries, view.Failure)
	}
	_, _, err := w.StartFace(t.Context(), a, view.ID)
	none, ok := errors.AsType[*verification.ExhaustedError](err)
	if !ok || !none.NextAt.Equal(next) || none.Failure() != failure.TriesExhausted {
		t.Errorf("got %v, want no try before %s", err, next)
	}
	w.advance(next.Sub(w.clock()))
	again := w.loginAs(t, w.userOf(t, a))
	w.acceptNotices(t, again, policy.Access)
	if view = w.start(t, again, zhang(t)); view.Tries.Left != w.deps.Limits.Face.Tries {
		t.Errorf("after the window: got %d tries", view.Tries.Left)
	}
}

func TestService_Face_StartsAreCapped(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *verification.Deps) { d.Limits.FaceStarts.Tries = d.Limits.Face.Tries })
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	cancelled := faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceCancelled}}
	for range w.deps.Limits.FaceStarts.Tries {
		w.face(t, a, id, cancelled)
	}
	view, err := w.Get(t.Context(), a, id)
	if err != nil || view.State != verification.Open || view.Tries.Left != 0 || view.Failure.Code != failure.TriesExhausted {
		t.Errorf("got %s, %v, %v", view.State, view.Tries, err)
	}
	if _, _, err = w.StartFace(t.Context(), a, id); !isExhausted(err) {
		t.Errorf("got %v, want the cap on starts to hold whatever their outcome", err)
	}
}

// Strangers who fail with a victim's number stop other strangers, never the
// victim, and nobody is told of their tries (R12).
func TestService_Face_StrangersCannotLockOut(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	victim := w.loginWithConsents(t)
	w.face(t, victim, w.start(t, victim, zhang(t)).ID, facePasses)
	w.exhaustSharedTries(t, zhang(t))
	w.advance(time.Minute)

	late := w.loginWithConsents(t)
	view := w.start(t, late, zhang(t))
	if view.Tries.Left != w.deps.Limits.Face.Tries {
		t.Errorf("got %d tries left, want nothing told of others", view.Tries.Left)
	}
	for range 2 { // everybody has these
		w.face(t, late, view.ID, faceDiffers)
	}
	_, _, err := w.StartFace(t.Context(), late, view.ID)
	none, ok := errors.AsType[*verification.ExhaustedError](err)
	if !ok || !none.NextAt.Equal(w.clock().Add(w.deps.Limits.FaceOfSubject.Window)) {
		t.Errorf("one more stranger: got %v, want a refusal that says nothing of when others tried", err)
	}

	if view, _ = w.face(t, victim, w.start(t, victim, zhang(t)).ID, facePasses); view.Next.Check != policy.BankCard {
		t.Errorf("the victim: got %s", view.State)
	}
	owner := w.loginWithConsents(t)
	w.prefill(t, owner, zhang(t))
	view, err = w.Start(t.Context(), owner, verification.StartRequest{Purpose: policy.Access, UsePrefill: true})
	if err != nil {
		t.Fatal(err)
	}
	if view, _ = w.face(t, owner, view.ID, facePasses); view.Next.Check != policy.BankCard {
		t.Errorf("the victim with a new account that the channel vouches for: got %s", view.State)
	}
}

// exhaustSharedTries uses up the tries that all accounts share as one person.
func (w *fixture) exhaustSharedTries(t *testing.T, d identity.Document) {
	t.Helper()
	for tries := 0; tries < w.deps.Limits.FaceOfSubject.Tries; tries += w.deps.Limits.Face.Tries {
		stranger := w.loginWithConsents(t)
		id := w.start(t, stranger, d).ID
		for range w.deps.Limits.Face.Tries {
			w.face(t, stranger, id, faceDiffers)
		}
	}
}

// A first-time person whom no channel vouches for has two tries of their own, even
// if any number of strangers claim the right number under any name (R12).
func TestService_Face_AFirstTimeOwnerKeepsTwoTries(t *testing.T) {
	t.Parallel()
	for name, claimed := range map[string]string{"with the number alone": "王五", "with number and name": "张三"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			w.exhaustSharedTries(t, documentOf(t, "11010519491231002X", claimed))
			more := w.loginWithConsents(t)
			view := w.start(t, more, documentOf(t, "11010519491231002X", claimed))
			for range 2 {
				w.face(t, more, view.ID, faceDiffers)
			}
			if _, _, err := w.StartFace(t.Context(), more, view.ID); !isExhausted(err) {
				t.Errorf("a third guess of one more stranger: got %v, want none", err)
			}

			owner := w.loginWithConsents(t)
			view = w.start(t, owner, zhang(t))
			if view, _ = w.face(t, owner, view.ID, faceDiffers); view.State != verification.Open {
				t.Fatalf("the owner's first face in bad light: got %s", view.State)
			}
			if view, _ = w.face(t, owner, view.ID, facePasses); view.Next.Check != policy.BankCard {
				t.Errorf("the owner's second face: got %s", view.State)
			}
		})
	}
}

func isExhausted(err error) bool {
	_, ok := errors.AsType[*verification.ExhaustedError](err)
	return ok
}

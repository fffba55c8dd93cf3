package verification_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
)

// noCamera is a face that was left before it was judged; its call can be used again for an hour.
func (w *fixture) noCamera() faceAnswer {
	return faceAnswer{result: verification.FaceResult{
		Outcome: verification.OutcomeFailed, Failure: failure.FaceDevice, Reusable: w.clock().Add(time.Hour),
	}}
}

// Somebody who has to allow the camera first goes on with the face that they left, and with its try.
func TestService_StartFace_TakesUpAFaceThatWasLeft(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	view, first := w.face(t, a, id, w.noCamera())
	if first.State != verification.AttemptCancelled || first.Failure != failure.FaceDevice {
		t.Fatalf("got %s %s, want cancelled", first.State, first.Failure)
	}
	if all := w.deps.Limits.Face.Tries; view.Tries.Left != all {
		t.Errorf("got %d tries left, want %d: the person can go on with the one that is held", view.Tries.Left, all)
	}
	w.advance(time.Minute)
	view, again, err := w.StartFace(t.Context(), a, id)
	if err != nil || again.ID != first.ID || again.State != verification.AttemptOpen || again.Call == nil {
		t.Fatalf("got attempt %s %s, %v; want the first, open", again.ID, again.State, err)
	}
	if left := w.deps.Limits.Face.Tries - 1; view.Tries.Left != left {
		t.Errorf("got %d tries left, want %d", view.Tries.Left, left)
	}
	w.faces.respondWith(facePasses)
	if _, again, err = w.FinishFace(t.Context(), a, id, again.ID); err != nil || again.State != verification.AttemptPassed {
		t.Errorf("got %s, %v, want passed", again.State, err)
	}
}

func TestService_StartFace_BeginsAnewWhereALeftFaceCannotBeFinished(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	id := w.start(t, a, zhang(t)).ID
	_, first := w.face(t, a, id, w.noCamera())
	w.advance(verification.FacePass/2 + time.Second)
	_, second, err := w.StartFace(t.Context(), a, id)
	if err != nil || second.ID == first.ID {
		t.Fatalf("got attempt %s, %v, want another than the first", second.ID, err)
	}
	w.faces.respondWith(faceDiffers) // the first page was still open, so that both faces were judged
	w.advance(2 * time.Hour)
	if _, err = w.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := w.start(t, a, zhang(t)).Tries.Left, w.deps.Limits.Face.Tries-2; got != want {
		t.Errorf("got %d tries left, want %d", got, want)
	}
}

// The tries that left faces hold come back when the provider can no longer judge them, not at the end of the day.
func TestService_StartFace_TellsWhenAHeldTryComesBack(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	a := w.loginWithConsents(t)
	var back time.Time
	for n := range w.deps.Limits.Face.Tries {
		end := w.noCamera()
		if n == 0 {
			back = end.result.Reusable
		}
		w.face(t, a, w.start(t, a, zhang(t)).ID, end)
		w.advance(time.Minute)
	}
	view := w.start(t, a, zhang(t))
	if !view.Tries.NextAt.Equal(back) {
		t.Errorf("got %+v, want the next try at %s", view.Tries, back)
	}
	_, _, err := w.StartFace(t.Context(), a, view.ID)
	none, ok := errors.AsType[*verification.ExhaustedError](err)
	if !ok || !none.NextAt.Equal(back) {
		t.Fatalf("got %v, want no try before %s", err, back)
	}
	w.faces.respondWith(faceAnswer{result: verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceDevice}})
	w.advance(back.Sub(w.clock()))
	if _, err = w.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err = w.StartFace(t.Context(), a, w.start(t, a, zhang(t)).ID); err != nil {
		t.Errorf("got %v when the first try is back", err)
	}
}

// Attempts are counted for the day even if their tries come back: then the end of the day decides.
func TestService_StartFace_AfterTheLastStartOfTheDay(t *testing.T) {
	t.Parallel()
	w := newFixture(t, func(d *verification.Deps) { d.Limits.FaceStarts.Tries = d.Limits.Face.Tries })
	a := w.loginWithConsents(t)
	tomorrow := w.clock().Add(w.deps.Limits.FaceStarts.Window)
	for range w.deps.Limits.Face.Tries {
		w.face(t, a, w.start(t, a, zhang(t)).ID, w.noCamera())
	}
	if got := w.start(t, a, zhang(t)).Tries; got.Left != 0 || !got.NextAt.Equal(tomorrow) {
		t.Errorf("got %d tries left, the next at %s; want none before %s", got.Left, got.NextAt, tomorrow)
	}
}

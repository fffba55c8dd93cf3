package verification_test

import (
	"fmt"
	"testing"
	"time"

	"renzheng/sql/storetest"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// An attempt that does not decrypt keeps its try for as long as a provider could decide. After that it must not stay
// undecided: its provider cannot be asked, and an undecided row is never purged (R63, R64).
func TestReconcile_GivesUpAnAttemptThatDoesNotDecrypt(t *testing.T) {
	t.Parallel()
	for _, engine := range storetest.Engines(t) {
		t.Run(engine.Name, func(t *testing.T) {
			t.Parallel()
			a := newHarness(t, engine.New(t))
			a.judge.next(nil)
			attempt := a.shownFace(t)
			if _, err := a.raw.ExecContext(t.Context(), "UPDATE attempts SET call_cipher = ? WHERE id = ?", []byte("x"), attempt.ID); err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				wait      time.Duration
				undecided int
			}{{time.Hour, 1}, {settled, 0}} {
				a.pass(step.wait)
				if n, err := a.replicas[0].Reconcile(t.Context()); n != 1 || err == nil {
					t.Errorf("after %s: %d attempts were looked at, %v; want one and an error", step.wait, n, err)
				}
				left, err := column[int](t.Context(), a.raw, "SELECT COUNT(*) FROM attempts WHERE undecided = 1 AND counted = 0")
				if err != nil || len(left) != 1 || left[0] != step.undecided {
					t.Errorf("after %s: got %v undecided, %v, want %d", step.wait, left, err, step.undecided)
				}
			}
		})
	}
}

// shownFace returns the attempt of a face that was begun and not finished.
func (a *harness) shownFace(t *testing.T) verification.Attempt {
	t.Helper()
	actor, err := a.signIn(t.Context(), "person")
	if err == nil {
		err = a.consent(t.Context(), actor)
	}
	if err != nil {
		t.Fatal(err)
	}
	d := citizen(1, "张三")
	view, err := a.replicas[0].Start(t.Context(), actor, verification.StartRequest{Purpose: policy.Access, Document: &d})
	if err != nil {
		t.Fatal(fmt.Errorf("starting: %w", err))
	}
	_, attempt, err := a.replicas[0].StartFace(t.Context(), actor, view.ID)
	if err != nil {
		t.Fatal(fmt.Errorf("starting a face: %w", err))
	}
	return attempt
}

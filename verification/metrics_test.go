package verification_test

import (
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

	"renzheng/verification"
	"renzheng/verification/policy"
)

// counts is what the rules counted, by labels.
type counts struct {
	mu sync.Mutex
	of map[string]int
}

func (c *counts) add(labels ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of[strings.Join(labels, " ")]++
}

func (c *counts) AttemptEnded(a verification.Attempt) {
	c.add("attempt", string(a.Check), a.Provider, string(a.State), string(a.Failure))
}

func (c *counts) VerificationMoved(purpose policy.Purpose, to verification.State) {
	c.add("verification", string(purpose), string(to))
}

func (c *counts) TryRejected(q policy.Quota) { c.add("quota", q.Kind()) }

func (c *counts) want(t *testing.T, want map[string]int) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !maps.Equal(c.of, want) {
		t.Errorf("got %v, want %v", c.of, want)
	}
}

func newCountedFixture(t *testing.T, changes ...func(*verification.Deps)) (*fixture, *counts) {
	t.Helper()
	counted := &counts{of: map[string]int{}}
	return newFixture(t, append(changes, func(d *verification.Deps) { d.Metrics = counted })...), counted
}

func TestMetrics_CountEachOutcomeOnce(t *testing.T) {
	t.Parallel()
	w, counted := newCountedFixture(t)
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	_, attempt := w.face(t, a, view.ID, facePending) // nothing has ended yet
	w.faces.respondWith(faceDiffers)
	w.finishFace(t, a, attempt)
	w.finishFace(t, a, attempt) // a repetition
	w.face(t, a, view.ID, facePasses)
	w.card(t, a, view.ID, cardPasses)
	for range 2 {
		if _, err := w.Accept(t.Context(), a, view.ID); err != nil {
			t.Fatal(err)
		}
	}
	other := w.start(t, a, zhang(t))
	if err := w.Void(t.Context(), a, other.ID); err != nil {
		t.Fatal(err)
	}
	w.start(t, a, zhang(t))
	w.advance(verification.OpenFor)
	if _, err := w.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	counted.want(t, map[string]int{
		"attempt face alipay failed face_differs": 1, "attempt face alipay passed ": 1, "attempt bank_card tencentcloud passed ": 1,
		"verification access open": 3, "verification access awaiting_acceptance": 1, "verification access passed": 1,
		"verification access voided": 1, "verification access expired": 1,
	})
}

func TestMetrics_CountWhatQuotasReject(t *testing.T) {
	t.Parallel()
	w, counted := newCountedFixture(t, func(d *verification.Deps) { d.Limits.Starts.Tries, d.Limits.Face.Tries = 1, 1 })
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	w.face(t, a, view.ID, faceDiffers)
	document := zhang(t)
	_, err := w.Start(t.Context(), a, verification.StartRequest{Purpose: policy.Access, Document: &document})
	if !errors.As(err, new(*verification.ExhaustedError)) {
		t.Fatalf("got %v, want no start left", err)
	}
	counted.want(t, map[string]int{
		"attempt face alipay failed face_differs": 1, "verification access open": 1, "verification access failed": 1,
		"quota verifications": 1,
	})
}

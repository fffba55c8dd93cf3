package verification_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// readCounter is a store that counts what is read of it.
type readCounter struct {
	verification.Store

	reads []string
}

func (c *readCounter) count(what string) { c.reads = append(c.reads, what) }

func (c *readCounter) Verification(ctx context.Context, sessionID, id string, now time.Time) (verification.Verification, error) {
	c.count("verification")
	return c.Store.Verification(ctx, sessionID, id, now)
}

func (c *readCounter) LatestVerification(ctx context.Context, sessionID string, now time.Time) (verification.Verification, error) {
	c.count("latest verification")
	return c.Store.LatestVerification(ctx, sessionID, now)
}

func (c *readCounter) Attempt(ctx context.Context, sessionID, id string, now time.Time) (verification.Attempt, error) {
	c.count("attempt")
	return c.Store.Attempt(ctx, sessionID, id, now)
}

func (c *readCounter) LeftFace(ctx context.Context, sessionID, id string, now time.Time) (verification.Attempt, error) {
	c.count("left face")
	return c.Store.LeftFace(ctx, sessionID, id, now)
}

func (c *readCounter) Quotas(
	ctx context.Context, card identity.BankCard, quotas []policy.Quota, now time.Time,
) ([]policy.QuotaState, error) {
	c.count("quotas")
	return c.Store.Quotas(ctx, card, quotas, now)
}

func (c *readCounter) HasPassed(ctx context.Context, accountID, subjectID string, kind policy.CheckKind) (bool, error) {
	c.count("earlier passes")
	return c.Store.HasPassed(ctx, accountID, subjectID, kind)
}

func (c *readCounter) RecentPass(
	ctx context.Context, accountID, subjectID string, kind policy.CheckKind, since time.Time,
) (verification.Attempt, error) {
	c.count("recent pass")
	return c.Store.RecentPass(ctx, accountID, subjectID, kind, since)
}

func (c *readCounter) LeftUntil(ctx context.Context, accountID, subjectID string) (time.Time, error) {
	c.count("left until")
	return c.Store.LeftUntil(ctx, accountID, subjectID)
}

func (c *readCounter) Consents(ctx context.Context, accountID string, now time.Time) ([]verification.Consent, error) {
	c.count("consents")
	return c.Store.Consents(ctx, accountID, now)
}

func (c *readCounter) Switches(ctx context.Context) ([]policy.Switch, error) {
	c.count("switches")
	return c.Store.Switches(ctx)
}

func TestService_StartFace_ReadsAtMostFiveTimes(t *testing.T) {
	t.Parallel()
	counter := &readCounter{}
	w := newFixture(t, func(d *verification.Deps) {
		counter.Store = d.Store
		d.Store = counter
	})
	a := w.loginWithConsents(t)
	view := w.start(t, a, zhang(t))
	counter.reads = nil
	started, attempt, err := w.StartFace(t.Context(), a, view.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(counter.reads) > 5 {
		t.Errorf("got %d reads, want at most 5: %v", len(counter.reads), counter.reads)
	}
	stored, err := w.Get(t.Context(), a, view.ID)
	if err != nil || !slices.Equal(stored.Checks, started.Checks) || stored.Tries != started.Tries {
		t.Errorf("got %v and %+v, %v; want what is stored: %v and %+v", started.Checks, started.Tries, err, stored.Checks, stored.Tries)
	}
	if attempt.Call == nil || attempt.State != verification.AttemptOpen {
		t.Errorf("got attempt %s with call %v, want it open", attempt.State, attempt.Call)
	}
}

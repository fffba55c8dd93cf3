package resilience_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/providers/resilience"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// settings are quick to judge: four calls within a minute, half of them bad.
func settings() resilience.Settings {
	return resilience.Settings{
		Places: 8, Wait: 100 * time.Millisecond, Calls: 4, Ratio: 0.5, Window: time.Minute,
		OpenFor: 10 * time.Second, Probes: 3,
	}
}

func newGuard(t *testing.T, s resilience.Settings) (*resilience.Guard, *prometheus.Registry) {
	t.Helper()
	registry := prometheus.NewRegistry()
	guard, err := resilience.New(s, registry)
	if err != nil {
		t.Fatal(err)
	}
	return guard, registry
}

// reporting is an adapter's error that says what it tells of its provider.
type reporting struct{ healthy, ok bool }

func (reporting) Error() string          { return "spoken" }
func (s reporting) Health() (bool, bool) { return s.healthy, s.ok }

// clerk is a provider that does what the test says, and counts who came.
type clerk struct {
	calls atomic.Int64
	does  func(ctx context.Context) (failure.Code, error) // "" = passed
}

var (
	_ verification.FaceChecker         = (*clerk)(nil)
	_ verification.BankCardChecker     = (*clerk)(nil)
	_ verification.FourElementsChecker = (*clerk)(nil)
	_ verification.DocumentChecker     = (*clerk)(nil)
)

func (c *clerk) act(ctx context.Context) (verification.Outcome, failure.Code, error) {
	c.calls.Add(1)
	code, err := c.does(ctx)
	if code != "" {
		return verification.OutcomeFailed, code, err
	}
	return verification.OutcomePassed, "", err
}

func (c *clerk) StartFace(ctx context.Context, s verification.FaceStart) (verification.FaceStarted, error) {
	_, _, err := c.act(ctx)
	return verification.FaceStarted{ProviderID: s.AttemptID}, err
}

func (c *clerk) QueryFace(ctx context.Context, q verification.FaceQuery) (verification.FaceResult, error) {
	outcome, code, err := c.act(ctx)
	return verification.FaceResult{Outcome: outcome, Failure: code, Level: q.AttemptID}, err
}

func (c *clerk) CheckBankCard(ctx context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	outcome, code, err := c.act(ctx)
	return verification.Decision{Outcome: outcome, Failure: code, Level: q.AttemptID}, err
}

func (c *clerk) CheckFourElements(ctx context.Context, q verification.FourElementsQuery) (verification.Decision, error) {
	outcome, code, err := c.act(ctx)
	return verification.Decision{Outcome: outcome, Failure: code, Level: q.AttemptID}, err
}

func (c *clerk) CheckDocument(ctx context.Context, q verification.DocumentQuery) (verification.Decision, error) {
	outcome, code, err := c.act(ctx)
	return verification.Decision{Outcome: outcome, Failure: code, Level: q.AttemptID}, err
}

// answering is a checker that always returns the same.
func answering(code failure.Code, err error) *clerk {
	return &clerk{does: func(context.Context) (failure.Code, error) { return code, err }}
}

// repeat makes some calls one after another and returns the last error.
func repeat(n int, call func() error) error {
	var err error
	for range n {
		err = call()
	}
	return err
}

// wantRejected fails unless the call was turned away for this reason.
func wantRejected(t *testing.T, err error, reason string, kind error) {
	t.Helper()
	var rejected *resilience.RejectedError
	if !errors.As(err, &rejected) || rejected.Reason != reason || !errors.Is(err, kind) {
		t.Errorf("got error %v, want %s as %v", err, reason, kind)
	}
}

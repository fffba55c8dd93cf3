package providerstest

import (
	"context"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// OpenFourElements returns an adapter in front of a provider that plays the scenario.
type OpenFourElements func(t *testing.T, s Scenario) verification.FourElementsChecker

// OpenDocument returns an adapter in front of a provider that plays the scenario.
type OpenDocument func(t *testing.T, s Scenario) verification.DocumentChecker

// askDocument asks an adapter of either kind in a scenario.
type askDocument func(ctx context.Context, t *testing.T, s Scenario, d identity.Document) (verification.Decision, error)

// PersonWithValidity returns the sample document, valid for twenty years.
func PersonWithValidity(t *testing.T) identity.Document {
	t.Helper()
	d, err := Person(t).WithValidity("2015-03-01", "2035-03-01")
	if err != nil {
		t.Fatalf("reading the sample validity: %v", err)
	}
	return d
}

// RunFourElements runs the suite for adapters of sources of four elements.
func RunFourElements(t *testing.T, open OpenFourElements) {
	t.Helper()
	ask := func(ctx context.Context, t *testing.T, s Scenario, d identity.Document) (verification.Decision, error) {
		t.Helper()
		return open(t, s).CheckFourElements(ctx, verification.FourElementsQuery{AttemptID: attemptID, Document: d})
	}
	runDocuments(t, ask)
	t.Run("a document without validity is not asked for", func(t *testing.T) {
		t.Parallel()
		_, err := ask(t.Context(), t, Passes, Person(t))
		wantUnasked(t, err)
	})
}

// RunDocument runs the suite for adapters of authorities' document checks.
func RunDocument(t *testing.T, open OpenDocument) {
	t.Helper()
	runDocuments(t, func(ctx context.Context, t *testing.T, s Scenario, d identity.Document) (verification.Decision, error) {
		t.Helper()
		return open(t, s).CheckDocument(ctx, verification.DocumentQuery{AttemptID: attemptID, Document: d})
	})
}

func runDocuments(t *testing.T, ask askDocument) {
	t.Helper()
	t.Run("decisions", func(t *testing.T) { t.Parallel(); documentDecisions(t, ask) })
	t.Run("errors", func(t *testing.T) { t.Parallel(); documentErrors(t, ask) })
}

func documentDecisions(t *testing.T, ask askDocument) {
	t.Helper()
	const failed = verification.OutcomeFailed
	cases := map[Scenario]verification.Decision{
		Passes:      {Outcome: verification.OutcomePassed},
		Differs:     {Outcome: failed, Failure: failure.IdentityNotConfirmed},
		NoRecord:    {Outcome: failed, Failure: failure.IdentityNotConfirmed, Uncounted: true}, // R13: one public code
		Busy:        {Outcome: failed, Failure: failure.ProviderBusy},
		UnknownCode: {Outcome: failed, Failure: failure.TryAgainLater},
	}
	for scenario, want := range cases {
		t.Run(string(scenario), func(t *testing.T) {
			t.Parallel()
			got, err := ask(t.Context(), t, scenario, PersonWithValidity(t))
			if err != nil {
				t.Fatalf("error: got %v, want none", err)
			}
			if got.Level == "" {
				t.Error("level: got none, want the provider's name of its product")
			}
			if got.Level, got.RequestID = "", ""; got != want {
				t.Errorf("decision: got %+v, want %+v", got, want)
			}
		})
	}
}

func documentErrors(t *testing.T, ask askDocument) {
	t.Helper()
	sourceErrors(t, func(t *testing.T, s Scenario) (verification.Decision, error) {
		t.Helper()
		return ask(t.Context(), t, s, PersonWithValidity(t))
	})
	t.Run("a context that has ended", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := ask(ctx, t, Passes, PersonWithValidity(t))
		wantNothingDone(t, err)
	})
	t.Run("a document without a number", func(t *testing.T) {
		t.Parallel()
		_, err := ask(t.Context(), t, Passes, identity.Document{Type: identity.ResidentID})
		wantUnasked(t, err)
	})
}

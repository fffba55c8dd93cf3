package providerstest

import (
	"context"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// FaceRig is an adapter and the person in front of its provider.
type FaceRig struct {
	Checker verification.FaceChecker
	// Finish plays the person's part between start and query, as the scenario
	// says; nil where the fake needs none.
	Finish func(t *testing.T, providerID string)
}

// OpenFace returns a rig whose provider plays the scenario: Refused at the start,
// every other scenario at the query.
type OpenFace func(t *testing.T, s Scenario) FaceRig

// FaceStart returns the start that the suite makes.
func FaceStart(t *testing.T) verification.FaceStart {
	t.Helper()
	return verification.FaceStart{
		AttemptID: attemptID, Document: Person(t), User: identity.NewChannelUser("", "open_id", "open-id-of-the-suite"),
	}
}

// RunFace runs the suite for adapters of face providers.
func RunFace(t *testing.T, open OpenFace) {
	t.Helper()
	t.Run("decisions", func(t *testing.T) { t.Parallel(); faceDecisions(t, open) })
	t.Run("errors of the query", func(t *testing.T) { t.Parallel(); faceErrors(t, open) })
	t.Run("errors of the start", func(t *testing.T) { t.Parallel(); faceStartErrors(t, open) })
}

func startFace(t *testing.T, rig FaceRig) verification.FaceStarted {
	t.Helper()
	started, err := rig.Checker.StartFace(t.Context(), FaceStart(t))
	if err != nil {
		t.Fatalf("starting: got %v, want no error", err)
	}
	if started.ProviderID == "" || started.Call.Kind == "" {
		t.Fatal("start: got no provider id or no call for the client, want both")
	}
	if rig.Finish != nil {
		rig.Finish(t, started.ProviderID)
	}
	return started
}

// faceQuery asks for what FaceStart began.
func faceQuery(t *testing.T, started verification.FaceStarted) verification.FaceQuery {
	t.Helper()
	s := FaceStart(t)
	return verification.FaceQuery{
		ProviderID: started.ProviderID, AttemptID: s.AttemptID, StartedAt: time.Now(),
		Document: s.Document, User: s.User,
	}
}

func faceDecisions(t *testing.T, open OpenFace) {
	t.Helper()
	cases := map[Scenario]verification.FaceResult{
		Passes:     {Outcome: verification.OutcomePassed, Liveness: true}, // R14
		Differs:    {Outcome: verification.OutcomeFailed, Failure: failure.FaceDiffers},
		Unfinished: {Outcome: verification.OutcomePending},
	}
	for scenario, want := range cases {
		t.Run(string(scenario), func(t *testing.T) {
			t.Parallel()
			rig := open(t, scenario)
			got, err := rig.Checker.QueryFace(t.Context(), faceQuery(t, startFace(t, rig)))
			if err != nil {
				t.Fatalf("error: got %v, want none", err)
			}
			if got.Outcome != want.Outcome || got.Failure != want.Failure {
				t.Errorf("decision: got %s %s, want %s %s", got.Outcome, got.Failure, want.Outcome, want.Failure)
			}
			if want.Liveness && !got.Liveness {
				t.Error("liveness: got a pass without the provider's verdict, want one with it")
			}
		})
	}
}

func faceErrors(t *testing.T, open OpenFace) {
	t.Helper()
	for _, scenario := range []Scenario{Hangs, Breaks, Garbles} {
		t.Run(string(scenario), func(t *testing.T) {
			t.Parallel()
			rig := open(t, scenario)
			got, err := rig.Checker.QueryFace(t.Context(), faceQuery(t, startFace(t, rig)))
			if err == nil || got.Outcome != "" {
				t.Errorf("query: got outcome %q and error %v, want an error alone", got.Outcome, err)
			}
			wantHealth(t, err, ill)
			wantNoEcho(t, err)
		})
	}
}

func faceStartErrors(t *testing.T, open OpenFace) {
	t.Helper()
	t.Run(string(Refused), func(t *testing.T) {
		t.Parallel()
		_, err := open(t, Refused).Checker.StartFace(t.Context(), FaceStart(t))
		wantNothingDone(t, err)
	})
	t.Run("a context that has ended", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := open(t, Passes).Checker.StartFace(ctx, FaceStart(t))
		if err == nil {
			t.Error("start: got no error, want one")
		}
		wantNoEcho(t, err)
	})
}

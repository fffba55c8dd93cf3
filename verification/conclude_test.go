package verification_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"renzheng/verification"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

func openFace() verification.Pending {
	return verification.Pending{
		Attempt: verification.Attempt{
			ID: "att_1", Check: policy.Face, Provider: "alipay", ProviderID: "c1",
			State: verification.AttemptOpen, StartedAt: noon, ExpiresAt: noon.Add(verification.FacePass),
		},
		Verification: verification.Verification{
			Purpose: policy.Access, State: verification.Open,
			Checks: []verification.Check{
				{Kind: policy.Face, State: verification.CheckOpen, AttemptID: "att_1"},
				{Kind: policy.BankCard, State: verification.CheckPending},
			},
		},
	}
}

func TestConcludeFace(t *testing.T) {
	t.Parallel()
	alive := verification.FaceResult{Outcome: verification.OutcomePassed, Liveness: true, Level: "FACE"}
	pending := verification.FaceResult{Outcome: verification.OutcomePending}
	differs := verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceDiffers}
	left := verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceCancelled, Reusable: noon.Add(time.Hour)}
	broken := errors.New("timeout")
	type end struct {
		state   verification.AttemptState
		failure failure.Code
		counted bool
		held    bool // undecided: the try stays reserved
	}
	for _, tt := range []struct {
		name     string
		result   verification.FaceResult
		queryErr error
		after    time.Duration
		whole    verification.State // "" = open
		want     end
	}{
		{"a living face passes", alive, nil, time.Minute, "", end{verification.AttemptPassed, "", false, false}},
		{"a pass without liveness is none", verification.FaceResult{Outcome: verification.OutcomePassed}, nil, time.Minute, "", end{verification.AttemptFailed, failure.FaceLiveness, true, false}},
		{"a pass at the last moment counts", alive, nil, verification.FacePass - time.Millisecond, "", end{verification.AttemptPassed, "", false, false}},
		{"a pass after its time does not count", alive, nil, verification.FacePass, "", end{verification.AttemptCancelled, failure.FaceNotFinished, false, false}},
		{"a pass for a voided verification does not count", alive, nil, time.Minute, verification.Voided, end{verification.AttemptCancelled, failure.FaceNotFinished, false, false}},
		{"another face uses a try", differs, nil, time.Minute, "", end{verification.AttemptFailed, failure.FaceDiffers, true, false}},
		{"another face uses a try also when learned late", differs, nil, time.Hour, verification.Expired, end{verification.AttemptFailed, failure.FaceDiffers, true, false}},
		{"leaving uses none", verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceCancelled}, nil, time.Minute, "", end{verification.AttemptCancelled, failure.FaceCancelled, false, false}},
		{"leaving a face that can be shown again holds the try", left, nil, time.Minute, "", end{verification.AttemptCancelled, failure.FaceCancelled, false, true}},
		{"leaving one that cannot be shown any more does not", left, nil, time.Hour, "", end{verification.AttemptCancelled, failure.FaceCancelled, false, false}},
		{"a lost network uses none", verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.NetworkLost}, nil, time.Minute, "", end{verification.AttemptCancelled, failure.NetworkLost, false, false}},
		{"a refusal for risk uses none", verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.RiskRefused}, nil, time.Minute, "", end{verification.AttemptCancelled, failure.RiskRefused, false, false}},
		{"an unknown code uses none", verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: "x"}, nil, time.Minute, "", end{verification.AttemptCancelled, failure.TryAgainLater, false, false}},
		{"an unknown outcome uses none", verification.FaceResult{Outcome: "x", Liveness: true}, nil, time.Minute, "", end{verification.AttemptCancelled, failure.TryAgainLater, false, false}},
		{"no answer leaves it unknown", alive, broken, time.Minute, "", end{verification.AttemptUnknown, "", false, true}},
		{"no answer for a day ends it", alive, broken, 24 * time.Hour, "", end{verification.AttemptCancelled, failure.FaceNotFinished, false, false}},
		{"a face not shown in time is not finished, and may still be judged", pending, nil, verification.FacePass, "", end{verification.AttemptCancelled, failure.FaceNotFinished, false, true}},
		{"a face not shown in a day cannot be judged any more", pending, nil, 24 * time.Hour, "", end{verification.AttemptCancelled, failure.FaceNotFinished, false, false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := openFace()
			if tt.whole != "" {
				p.Verification.State = tt.whole
			}
			a, concluded := verification.ConcludeFace(p, tt.result, tt.queryErr, noon.Add(tt.after))
			if got := (end{a.State, a.Failure, a.Counted, a.Undecided}); !concluded || got != tt.want {
				t.Errorf("got %v, concluded %t; want %v", got, concluded, tt.want)
			}
		})
	}
	if _, concluded := verification.ConcludeFace(openFace(), pending, nil, noon.Add(time.Minute)); concluded {
		t.Error("a face that is being shown must stay open")
	}
}

// A closed attempt stays closed. A later result of the provider decides only about its try (R63).
func TestConcludeFace_OfAClosedAttempt(t *testing.T) {
	t.Parallel()
	failed := verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceDiffers}
	passed := verification.FaceResult{Outcome: verification.OutcomePassed, Liveness: true}
	pending := verification.FaceResult{Outcome: verification.OutcomePending}
	left := verification.FaceResult{Outcome: verification.OutcomeFailed, Failure: failure.FaceCancelled, Reusable: noon.Add(time.Hour)}
	for _, tt := range []struct {
		name     string
		result   verification.FaceResult
		queryErr error
		after    time.Duration
		state    verification.AttemptState
		counted  bool
		held     bool
	}{
		{"a failure counts", failed, nil, time.Minute, verification.AttemptFailed, true, false},
		{"a pass gives the try back", passed, nil, time.Minute, verification.AttemptCancelled, false, false},
		{"before its time is over it is undecided", pending, nil, time.Minute, verification.AttemptSuperseded, false, true},
		{"after its time it is undecided", pending, nil, time.Hour, verification.AttemptSuperseded, false, true},
		{"left, it may be shown again", left, nil, time.Minute, verification.AttemptSuperseded, false, true},
		{"an unanswered query leaves it undecided", pending, errors.New("timeout"), time.Hour, verification.AttemptSuperseded, false, true},
		{"after a day nobody judges it", pending, nil, 24 * time.Hour, verification.AttemptCancelled, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := openFace()
			p.Attempt.State, p.Attempt.Undecided, p.Verification.State = verification.AttemptSuperseded, true, verification.Voided
			a, concluded := verification.ConcludeFace(p, tt.result, tt.queryErr, noon.Add(tt.after))
			if !concluded || a.State != tt.state || a.Counted != tt.counted || a.Undecided != tt.held {
				t.Errorf("got %s counted %t undecided %t, concluded %t", a.State, a.Counted, a.Undecided, concluded)
			}
			if got := verification.SettlementOf(p, a, policy.Tries{}, nil); len(got.From) != 0 {
				t.Errorf("got %v, want a closed attempt to be settled from no state", got.From)
			}
		})
	}
	nobody := openFace()
	nobody.Attempt.ProviderID = ""
	if a, _ := verification.ConcludeFace(nobody, pending, nil, noon.Add(verification.FacePass)); a.Undecided {
		t.Error("a face that never reached its provider keeps its try")
	}
}

func TestConcludeCard(t *testing.T) {
	t.Parallel()
	passed := verification.Decision{Outcome: verification.OutcomePassed}
	for _, tt := range []struct {
		name     string
		result   verification.Decision
		queryErr error
		state    verification.AttemptState
		failure  failure.Code
		counted  bool
	}{
		{"an own card passes", passed, nil, verification.AttemptPassed, "", false},
		{"no answer is unresolved", passed, errors.New("timeout"), verification.AttemptUnresolved, failure.CardUnresolved, false},
		{"an answer that decides nothing is unresolved", verification.Decision{Outcome: verification.OutcomePending}, nil, verification.AttemptUnresolved, failure.CardUnresolved, false},
		{"nothing done is cancelled", passed, errors.Join(verification.ErrNothingDone), verification.AttemptCancelled, failure.ProviderBusy, false},
		{"a mismatch uses a try", verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardDiffers}, nil, verification.AttemptFailed, failure.CardDiffers, true},
		{"a dormant card uses none", verification.Decision{Outcome: verification.OutcomeFailed, Failure: failure.CardUnusable}, nil, verification.AttemptFailed, failure.CardUnusable, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := verification.ConcludeCard(verification.Attempt{Provider: "tencentcloud"}, tt.result, tt.queryErr, noon)
			if a.State != tt.state || a.Failure != tt.failure || a.Counted != tt.counted || a.SettledAt != noon {
				t.Errorf("got %s %s counted %t", a.State, a.Failure, a.Counted)
			}
			if a.State == verification.AttemptPassed && a.Level != "tencentcloud" {
				t.Errorf("got level %q, want the provider's name where it names no product", a.Level)
			}
		})
	}
}

func TestSettlement(t *testing.T) {
	t.Parallel()
	skip := &verification.Check{Kind: policy.BankCard, State: verification.CheckSkipped, AttemptID: "att_0"}
	for _, tt := range []struct {
		name    string
		purpose policy.Purpose
		state   verification.AttemptState
		counted bool
		left    int
		skip    *verification.Check
		check   verification.CheckState
		whole   verification.State
	}{
		{"a passed face leaves the card to do", policy.Access, verification.AttemptPassed, false, 0, nil, verification.CheckPassed, ""},
		{"a passed face with a recent card awaits acceptance", policy.Access, verification.AttemptPassed, false, 0, skip, verification.CheckPassed, verification.AwaitingAcceptance},
		{"a passed answer is usable at once", policy.Confirm, verification.AttemptPassed, false, 0, skip, verification.CheckPassed, verification.Passed},
		{"a failed face with tries left may be repeated", policy.Access, verification.AttemptFailed, true, 1, nil, verification.CheckPending, ""},
		{"the last failed try ends all", policy.Access, verification.AttemptFailed, true, 0, nil, verification.CheckFailed, verification.Failed},
		{"what uses no try is never the last", policy.Access, verification.AttemptFailed, false, 0, nil, verification.CheckPending, ""},
		{"a cancelled try may be repeated", policy.Access, verification.AttemptCancelled, false, 0, nil, verification.CheckPending, ""},
		{"an unresolved card may be repeated by the person", policy.Access, verification.AttemptUnresolved, false, 0, nil, verification.CheckPending, ""},
		{"an unknown face keeps the check open", policy.Access, verification.AttemptUnknown, false, 0, nil, verification.CheckOpen, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := openFace()
			p.Verification.Purpose = tt.purpose
			a := p.Attempt
			a.State, a.Counted, a.SettledAt = tt.state, tt.counted, noon
			got := verification.SettlementOf(p, a, policy.Tries{Left: tt.left}, tt.skip)
			if got.Check != tt.check || got.Verification != tt.whole {
				t.Errorf("got check %s, whole %q; want %s, %q", got.Check, got.Verification, tt.check, tt.whole)
			}
			usable := tt.whole == verification.AwaitingAcceptance || tt.whole == verification.Passed
			if usable != got.UsableUntil.Equal(noon.Add(verification.UsableFor)) {
				t.Errorf("got usable until %s", got.UsableUntil)
			}
			if !slices.Equal(got.From, []verification.AttemptState{verification.AttemptOpen, verification.AttemptUnknown}) {
				t.Errorf("got %v, want only what has not ended to be settled", got.From)
			}
		})
	}
}

func TestNextAsk(t *testing.T) {
	t.Parallel()
	a, last := verification.Attempt{StartedAt: noon}, time.Duration(0)
	for _, age := range []time.Duration{0, time.Minute, 10 * time.Minute, time.Hour, 20 * time.Hour} {
		wait := verification.NextQuery(a, noon.Add(age)).Sub(noon.Add(age))
		if wait < last || wait < 5*time.Second || wait > time.Hour {
			t.Errorf("at %s: got a wait of %s after %s", age, wait, last)
		}
		last = wait
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		v    verification.Verification
		want verification.State
	}{
		{"open within its time", verification.Verification{State: verification.Open, ExpiresAt: noon.Add(1)}, verification.Open},
		{"open past its time", verification.Verification{State: verification.Open, ExpiresAt: noon}, verification.Expired},
		{"a photo nobody accepted", verification.Verification{State: verification.AwaitingAcceptance, UsableUntil: noon}, verification.Expired},
		{"a photo to accept", verification.Verification{State: verification.AwaitingAcceptance, UsableUntil: noon.Add(1)}, verification.AwaitingAcceptance},
		{"an answer's pass past its use", verification.Verification{State: verification.Passed, Purpose: policy.Confirm, UsableUntil: noon}, verification.Expired},
		{"an accepted access stays", verification.Verification{State: verification.Passed, Purpose: policy.Access, UsableUntil: noon}, verification.Passed},
		{"a voided one stays", verification.Verification{State: verification.Voided, ExpiresAt: noon}, verification.Voided},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := verification.CurrentState(tt.v, noon).State; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAllows(t *testing.T) {
	t.Parallel()
	checks := func(face, card verification.CheckState) []verification.Check {
		return []verification.Check{{Kind: policy.Face, State: face}, {Kind: policy.BankCard, State: card}}
	}
	for _, tt := range []struct {
		name   string
		state  verification.State
		checks []verification.Check
		kind   policy.CheckKind
		want   string // code; "" = allowed
	}{
		{"the face first", verification.Open, checks(verification.CheckPending, verification.CheckPending), policy.Face, ""},
		{"the face again while it is open", verification.Open, checks(verification.CheckOpen, verification.CheckPending), policy.Face, ""},
		{"the card before the face", verification.Open, checks(verification.CheckPending, verification.CheckPending), policy.BankCard, verification.CodeFaceFirst},
		{"the card while the face is open", verification.Open, checks(verification.CheckOpen, verification.CheckPending), policy.BankCard, verification.CodeFaceFirst},
		{"the card after the face", verification.Open, checks(verification.CheckPassed, verification.CheckPending), policy.BankCard, ""},
		{"a face that has passed", verification.Open, checks(verification.CheckPassed, verification.CheckPending), policy.Face, verification.CodeCheckDone},
		{"a card that counts from before", verification.AwaitingAcceptance, checks(verification.CheckPassed, verification.CheckSkipped), policy.BankCard, verification.CodeAwaiting},
		{"a card nobody asked for", verification.Open, checks(verification.CheckPending, "")[:1], policy.BankCard, verification.CodeNotNeeded},
		{"a verification that was used", verification.Consumed, nil, policy.Face, verification.CodeConsumed},
		{"a verification whose time is over", verification.Expired, nil, policy.Face, verification.CodeExpired},
		{"a verification that was voided", verification.Voided, nil, policy.Face, verification.CodeVoided},
		{"a verification without tries", verification.Failed, nil, policy.Face, verification.CodeFailed},
		{"a verification that has passed", verification.Passed, nil, policy.Face, verification.CodePassed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := verification.Allows(verification.Verification{State: tt.state, Checks: tt.checks}, tt.kind)
			if got := stateCode(err); got != tt.want {
				t.Errorf("got %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

func stateCode(err error) string {
	if state, ok := errors.AsType[*verification.StateError](err); ok {
		return state.Code
	}
	return ""
}

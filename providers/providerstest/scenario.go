package providerstest

import (
	"errors"
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
)

// Scenario is how the provider behaves in one case of a suite.
type Scenario string

// The scenarios. An adapter that is opened for Hangs must have a time-out well
// under a second, so that the suite stays quick.
const (
	Passes      Scenario = "the provider lets the person pass"
	Differs     Scenario = "the provider says that it does not match"
	NoRecord    Scenario = "the provider knows no such document" // documents only
	Busy        Scenario = "the provider decided nothing because it is busy"
	UnknownCode Scenario = "the provider answers with a code nobody has seen"
	Unfinished  Scenario = "the person has not finished" // face only
	Refused     Scenario = "the provider refuses the request itself"
	Hangs       Scenario = "the provider takes the request and never answers"
	Breaks      Scenario = "the provider takes the request and drops the connection"
	Garbles     Scenario = "the provider's answer cannot be read"
)

// Sentinels that no error may repeat.
const (
	personName   = "欧阳·哨兵"
	personNumber = "11010519491231002X"
	cardNumber   = "6222021234567890128"
	phoneNumber  = "13800138000"
	attemptID    = "att_0123456789abcdef0123456789ab"
)

// Person returns the document that the suites ask about, a valid resident ID.
func Person(t *testing.T) identity.Document {
	t.Helper()
	d, err := identity.ParseDocument(identity.ResidentID, personNumber, personName)
	if err != nil {
		t.Fatalf("reading the sample document: %v", err)
	}
	return d
}

// wantNoEcho fails where an error repeats what was asked (R32).
func wantNoEcho(t *testing.T, err error) {
	t.Helper()
	for _, secret := range []string{personName, personNumber, cardNumber, phoneNumber, "哨兵"} {
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("the error repeats personal data: %v", err)
		}
	}
}

// wantInDoubt fails unless the error leaves the outcome open: claiming that
// nothing happened would let the call be repeated (R11).
func wantInDoubt(t *testing.T, err error) {
	t.Helper()
	if err == nil || errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want one that leaves the outcome in doubt", err)
	}
	wantHealth(t, err, ill)
	wantNoEcho(t, err)
}

// What an error says of its provider's health.
const (
	works  = "the provider works"
	ill    = "the provider does not work"
	silent = "nothing"
)

// wantHealth fails unless the error says this of its provider: what it says
// decides whether the provider is asked at all for a while.
func wantHealth(t *testing.T, err error, want string) {
	t.Helper()
	var reporter interface{ Health() (healthy, ok bool) }
	if !errors.As(err, &reporter) {
		t.Errorf("health: got %v, want an error that speaks of it", err)
		return
	}
	got := silent
	switch healthy, ok := reporter.Health(); {
	case ok && healthy:
		got = works
	case ok:
		got = ill
	}
	if got != want {
		t.Errorf("health: got %q from %v, want %q", got, err, want)
	}
}

// wantUnasked is for a question that was not sent at all.
func wantUnasked(t *testing.T, err error) {
	t.Helper()
	wantNothingDone(t, err)
	wantHealth(t, err, silent)
}

func wantNothingDone(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want ErrNothingDone", err)
	}
	wantNoEcho(t, err)
}

// sourceErrors runs the scenarios in which a data source decides nothing.
func sourceErrors(t *testing.T, ask func(*testing.T, Scenario) (verification.Decision, error)) {
	t.Helper()
	for scenario, want := range map[Scenario]func(*testing.T, error){
		Refused: wantNothingDone,
		Hangs:   wantInDoubt,
		Breaks:  wantInDoubt,
		Garbles: wantInDoubt,
	} {
		t.Run(string(scenario), func(t *testing.T) {
			t.Parallel()
			got, err := ask(t, scenario)
			want(t, err)
			if got != (verification.Decision{}) {
				t.Errorf("result with an error: got %+v, want none", got)
			}
		})
	}
}

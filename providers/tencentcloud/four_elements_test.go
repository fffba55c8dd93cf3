package tencentcloud_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/providerstest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_KeepsTheContractOfFourElements(t *testing.T) {
	t.Parallel()
	fates := map[providerstest.Scenario]tencentcloudtest.Fate{
		providerstest.Passes:      {},
		providerstest.Differs:     {Result: "-1"},
		providerstest.NoRecord:    {Result: "-7"},
		providerstest.Busy:        {Result: "-6"},
		providerstest.UnknownCode: {Result: "-99"},
		providerstest.Refused:     {Code: "RequestLimitExceeded"},
		providerstest.Hangs:       {Delivery: fakes.Hung},
		providerstest.Breaks:      {Delivery: fakes.Cut},
		providerstest.Garbles:     {Delivery: fakes.Garbled},
	}
	providerstest.RunFourElements(t, func(t *testing.T, s providerstest.Scenario) verification.FourElementsChecker {
		t.Helper()
		_, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate { return fates[s] })
		timeout := patience
		if s == providerstest.Hangs {
			timeout = impatient
		}
		return clientOf(t, server, timeout)
	})
}

func TestClient_CheckFourElements_Codes(t *testing.T) {
	t.Parallel()
	type decision struct {
		failure   failure.Code
		uncounted bool
	}
	unread := decision{failure.IdentityNotConfirmed, true}
	for result, want := range map[string]decision{
		"0": {}, "-1": {failure.IdentityNotConfirmed, false},
		"-2": unread, "-3": unread, "-4": unread, "-5": unread, "-7": unread,
		"-6": {failure.ProviderBusy, false}, "-8": {failure.TriesExhausted, false}, "-9": {failure.TryAgainLater, false},
	} {
		_, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate { return tencentcloudtest.Fate{Result: result} })
		query := verification.FourElementsQuery{Document: providerstest.PersonWithValidity(t)}
		got, err := clientOf(t, server, patience).CheckFourElements(t.Context(), query)
		if err != nil || (decision{got.Failure, got.Uncounted}) != want || (got.Outcome == verification.OutcomePassed) != (result == "0") {
			t.Errorf("%s: got %+v and error %v, want %+v", result, got, err, want)
		}
	}
}

func TestClient_CheckFourElements_WritesTheValidity(t *testing.T) {
	t.Parallel()
	for until, want := range map[string]string{"2035-03-01": "20350301", "长期": "00000000"} {
		fake, server := serve(t, nil)
		document, err := providerstest.Person(t).WithValidity("2015-03-01", until)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := clientOf(t, server, patience).CheckFourElements(t.Context(), verification.FourElementsQuery{Document: document}); err != nil {
			t.Fatal(err)
		}
		if made := fake.Decisions(); len(made) != 1 || made[0].Query.From != "20150301" || made[0].Query.Until != want {
			t.Errorf("received: got %+v, want until %s", made, want)
		}
	}
}

func TestClient_CheckFourElements_AsksForResidentIDsOnly(t *testing.T) {
	t.Parallel()
	fake, server := serve(t, nil)
	query := verification.FourElementsQuery{Document: providerstest.PersonWithValidity(t)}
	query.Document.Type = identity.TaiwanResidencePermit
	if _, err := clientOf(t, server, patience).CheckFourElements(t.Context(), query); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want ErrNothingDone", err)
	}
	if made := fake.Decisions(); len(made) != 0 {
		t.Errorf("decisions: got %d, want none", len(made))
	}
}

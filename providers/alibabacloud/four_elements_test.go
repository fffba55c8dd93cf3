package alibabacloud_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
	"renzheng/providers/providerstest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_KeepsTheContractOfFourElements(t *testing.T) {
	t.Parallel()
	fates := map[providerstest.Scenario]alibabacloudtest.Fate{
		providerstest.Passes:      {},
		providerstest.Differs:     {Biz: "2"},
		providerstest.NoRecord:    {Biz: "3"},
		providerstest.Busy:        {Code: "402"},
		providerstest.UnknownCode: {Biz: "7"},
		providerstest.Refused:     {Gateway: "Throttling.User"},
		providerstest.Hangs:       {Delivery: fakes.Hung},
		providerstest.Breaks:      {Delivery: fakes.Cut},
		providerstest.Garbles:     {Delivery: fakes.Garbled},
	}
	providerstest.RunFourElements(t, func(t *testing.T, s providerstest.Scenario) verification.FourElementsChecker {
		t.Helper()
		return clientIn(t, s, fates[s])
	})
}

func TestClient_CheckFourElements_WritesTheValidity(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind                      identity.DocumentType
		number, from, until, want string
	}{
		{identity.ResidentID, "11010519491231002X", "2015-03-01", "2035-03-01", "20150301 20350301"},
		{identity.ResidentID, "11010519491231002X", "2015-03-01", "长期", "20150301 长期"},
		{identity.HKMacauResidencePermit, "810000199001010019", "2021-12-31", "2026-12-31", "20211231 20261231"},
	} {
		fake, endpoint := serve(t, nil)
		document, err := identity.ParseDocument(c.kind, c.number, "张三")
		if err != nil {
			t.Fatal(err)
		}
		if document, err = document.WithValidity(c.from, c.until); err != nil {
			t.Fatal(err)
		}
		got, err := clientOf(t, endpoint, patience).CheckFourElements(t.Context(), verification.FourElementsQuery{Document: document})
		if err != nil || got.Outcome != verification.OutcomePassed {
			t.Errorf("got %+v and error %v, want a pass", got, err)
		}
		if made := fake.Decisions(); len(made) != 1 || made[0].Query.From+" "+made[0].Query.Until != c.want {
			t.Errorf("received: got %+v, want %s", made, c.want)
		}
	}
}

func TestClient_CheckFourElements_Codes(t *testing.T) {
	t.Parallel()
	query := verification.FourElementsQuery{Document: providerstest.PersonWithValidity(t)}
	for code, want := range map[string]verification.Decision{
		"401": {Failure: failure.IdentityNotConfirmed, Uncounted: true},
		"402": {Failure: failure.ProviderBusy},
		"403": {Failure: failure.TriesExhausted},
	} {
		_, endpoint := serve(t, always(alibabacloudtest.Fate{Code: code}))
		got, err := clientOf(t, endpoint, patience).CheckFourElements(t.Context(), query)
		if err != nil || got.Failure != want.Failure || got.Uncounted != want.Uncounted || got.Outcome != verification.OutcomeFailed {
			t.Errorf("%s: got %+v and error %v, want %+v", code, got, err, want)
		}
	}
	_, endpoint := serve(t, always(alibabacloudtest.Fate{Code: "500"}))
	_, err := clientOf(t, endpoint, patience).CheckFourElements(t.Context(), query)
	wantError(t, err, "500", false)

	query.Document.Type = identity.Passport
	if _, err := clientOf(t, endpoint, patience).CheckFourElements(t.Context(), query); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("a passport: got %v, want it not to be asked for", err)
	}
}

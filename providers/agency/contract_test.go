package agency_test

import (
	"testing"

	"renzheng/providers/agency"
	"renzheng/providers/agency/agencytest"
	"renzheng/providers/fakes"
	"renzheng/providers/providerstest"
	"renzheng/verification"
)

func TestClient_KeepsTheContractOfDocuments(t *testing.T) {
	t.Parallel()
	fates := map[providerstest.Scenario]agencytest.Fate{
		providerstest.Passes:      {},
		providerstest.Differs:     {Document: "mismatch"},
		providerstest.NoRecord:    {Document: "no_record"},
		providerstest.Busy:        {Document: "unavailable"},
		providerstest.UnknownCode: {Document: "never_heard"},
		providerstest.Refused:     {Refusal: "busy"},
		providerstest.Hangs:       {Delivery: fakes.Hung},
		providerstest.Breaks:      {Delivery: fakes.Cut},
		providerstest.Garbles:     {Delivery: fakes.Garbled},
	}
	providerstest.RunDocument(t, func(t *testing.T, s providerstest.Scenario) verification.DocumentChecker {
		t.Helper()
		_, address := serve(t, fateOf(fates[s]))
		return clientIn(t, s, address)
	})
}

func TestClient_KeepsTheContractOfFaces(t *testing.T) {
	t.Parallel()
	actions := map[providerstest.Scenario]agencytest.Action{
		providerstest.Passes: agencytest.Show, providerstest.Differs: agencytest.Other,
	}
	fates := map[providerstest.Scenario]agencytest.Fate{
		providerstest.Hangs:   {Delivery: fakes.Hung},
		providerstest.Breaks:  {Delivery: fakes.Cut},
		providerstest.Garbles: {Delivery: fakes.Garbled},
	}
	providerstest.RunFace(t, func(t *testing.T, s providerstest.Scenario) providerstest.FaceRig {
		t.Helper()
		fate := at(agencytest.FaceQuery, fates[s])
		if s == providerstest.Refused {
			fate = at(agencytest.FaceStart, agencytest.Fate{Refusal: "document_unsupported"})
		}
		gateway, address := serve(t, fate)
		return providerstest.FaceRig{
			Checker: clientIn(t, s, address),
			Finish: func(t *testing.T, providerID string) {
				t.Helper()
				action, acts := actions[s]
				if !acts {
					return
				}
				if err := gateway.Act(providerID, providerstest.FaceStart(t).User.Reveal(), action); err != nil {
					t.Fatal(err)
				}
			},
		}
	})
}

func clientIn(t *testing.T, s providerstest.Scenario, address string) *agency.Client {
	t.Helper()
	if s == providerstest.Hangs {
		return open(t, agency.Config{URL: address, Timeout: impatient})
	}
	return open(t, agency.Config{URL: address, Timeout: patience})
}

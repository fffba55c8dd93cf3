package tencentcloud_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
	"renzheng/providers/tencentcloud/tencentcloudtest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_KeepsTheContract(t *testing.T) {
	t.Parallel()
	fates := map[providerstest.Scenario]tencentcloudtest.Fate{
		providerstest.Passes:      {},
		providerstest.Differs:     {Result: "-6"},
		providerstest.Busy:        {Result: "-18"},
		providerstest.UnknownCode: {Result: "-99"},
		providerstest.Refused:     {Code: "RequestLimitExceeded"},
		providerstest.Hangs:       {Delivery: fakes.Hung},
		providerstest.Breaks:      {Delivery: fakes.Cut},
		providerstest.Garbles:     {Delivery: fakes.Garbled},
	}
	providerstest.RunBankCard(t, func(t *testing.T, s providerstest.Scenario) verification.BankCardChecker {
		t.Helper()
		_, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate { return fates[s] })
		timeout := patience
		if s == providerstest.Hangs {
			timeout = impatient
		}
		return clientOf(t, server, timeout)
	})
}

// The codes of both actions, as the vendor lists them. They shift by one where
// the phone's code is missing, so each has its own table here too.
func TestClient_CheckBankCard_Codes(t *testing.T) {
	t.Parallel()
	const (
		differs  = failure.CardDiffers
		who      = failure.IdentityNotConfirmed
		input    = failure.CardInputWrong
		unusable = failure.CardUnusable
		busy     = failure.ProviderBusy
		locked   = failure.CardLocked
		route    = failure.RouteMissing
		unknown  = failure.TryAgainLater
	)
	tables := map[string]map[string]failure.Code{
		tencentcloudtest.FourElements: {
			"0": "", "-1": differs, "-2": who, "-3": who, "-4": input, "-5": input, "-6": differs,
			"-7": unusable, "-8": unusable, "-9": unusable, "-10": unusable, "-11": unusable, "-12": unusable,
			"-13": unusable, "-14": unusable, "-15": unusable, "-16": unusable, "-17": unusable,
			"-18": busy, "-19": locked, "-20": route, "-21": unusable, "-22": unknown, "-9999": unknown,
		},
		tencentcloudtest.ThreeElements: {
			"0": "", "-1": differs, "-2": who, "-3": who, "-4": input, "-5": differs,
			"-6": unusable, "-7": unusable, "-8": unusable, "-9": unusable, "-10": unusable, "-11": unusable,
			"-12": unusable, "-13": unusable, "-14": unusable, "-15": unusable, "-16": unusable,
			"-17": busy, "-18": locked, "-19": route, "-20": unusable, "-21": unknown, "-9999": unknown,
		},
	}
	for action, table := range tables {
		for result, code := range table {
			t.Run(action+" "+result, func(t *testing.T) {
				t.Parallel()
				fake, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate {
					return tencentcloudtest.Fate{Result: result}
				})
				got, err := clientOf(t, server, patience).CheckBankCard(t.Context(), queryFor(t, action))
				if err != nil {
					t.Fatal(err)
				}
				want := verification.OutcomeFailed
				if result == "0" {
					want = verification.OutcomePassed
				}
				wantDecision(t, got, want, code)
				made := fake.Decisions()
				if len(made) != 1 || made[0].RequestID != got.RequestID || got.Level != action {
					t.Errorf("receipt: got level %s and request id %s, want those of the one decision %+v", got.Level, got.RequestID, made)
				}
			})
		}
	}
}

func queryFor(t *testing.T, action string) verification.BankCardQuery {
	t.Helper()
	query := providerstest.BankCardQuery(t)
	if action == tencentcloudtest.ThreeElements {
		query.Phone = identity.Phone{}
	}
	return query
}

func TestClient_CheckBankCard_SendsEachElementAsItIs(t *testing.T) {
	t.Parallel()
	fake, server := serve(t, nil)
	document, err := identity.ParseDocument(identity.ResidentID, "11010519491231002x", "𠮷某•买买提")
	if err != nil {
		t.Fatal(err)
	}
	query := providerstest.BankCardQuery(t)
	query.Document = document
	if _, err := clientOf(t, server, patience).CheckBankCard(t.Context(), query); err != nil {
		t.Fatal(err)
	}
	want := tencentcloudtest.Query{
		Action: tencentcloudtest.FourElements, Name: "𠮷某·买买提", Number: "11010519491231002X",
		Card: query.Card.Reveal(), Phone: query.Phone.Reveal(),
	}
	if got := fake.Decisions(); len(got) != 1 || got[0].Query != want {
		t.Errorf("received: got %+v, want one %+v", got, want)
	}
}

func TestClient_CheckBankCard_AsksForResidentIDsOnly(t *testing.T) {
	t.Parallel()
	for _, kind := range identity.DocumentTypes() {
		if kind == identity.ResidentID {
			continue
		}
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			fake, server := serve(t, nil)
			query := providerstest.BankCardQuery(t)
			query.Document.Type = kind
			_, err := clientOf(t, server, patience).CheckBankCard(t.Context(), query)
			if !errors.Is(err, verification.ErrNothingDone) {
				t.Errorf("error: got %v, want ErrNothingDone", err)
			}
			if got := fake.Decisions(); len(got) != 0 {
				t.Errorf("decisions: got %d, want none", len(got))
			}
		})
	}
}

// The source has decided, the caller will never know: this must not be taken
// for a failure, nor be asked again (R11).
func TestClient_CheckBankCard_LostAnswer(t *testing.T) {
	t.Parallel()
	fake, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate {
		return tencentcloudtest.Fate{Delivery: fakes.Lost}
	})
	_, err := clientOf(t, server, impatient).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != kit.CodeTimeout || errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want a time-out in doubt", err)
	}
	if got := fake.Decisions(); len(got) != 1 || got[0].Result != "0" || got[0].Delivered != fakes.Lost {
		t.Errorf("decisions: got %+v, want one pass that was lost", got)
	}
}

func TestClient_CheckBankCard_CallerLeaves(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	_, server := serve(t, func(tencentcloudtest.Query) tencentcloudtest.Fate {
		leave()
		return tencentcloudtest.Fate{Delay: time.Minute}
	})
	_, err := clientOf(t, server, patience).CheckBankCard(ctx, providerstest.BankCardQuery(t))
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != kit.CodeCancelled || errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("error: got %v, want a cancellation in doubt", err)
	}
}

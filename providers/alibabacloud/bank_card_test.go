package alibabacloud_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/alibabacloud/alibabacloudtest"
	"renzheng/providers/fakes"
	"renzheng/providers/kit"
	"renzheng/providers/providerstest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_KeepsTheContractOfBankCards(t *testing.T) {
	t.Parallel()
	fates := map[providerstest.Scenario]alibabacloudtest.Fate{
		providerstest.Passes:      {},
		providerstest.Differs:     {Biz: "2", Sub: "201"},
		providerstest.Busy:        {Code: "402"},
		providerstest.UnknownCode: {Biz: "2", Sub: "999"},
		providerstest.Refused:     {Gateway: "Throttling.User"},
		providerstest.Hangs:       {Delivery: fakes.Hung},
		providerstest.Breaks:      {Delivery: fakes.Cut},
		providerstest.Garbles:     {Delivery: fakes.Garbled},
	}
	providerstest.RunBankCard(t, func(t *testing.T, s providerstest.Scenario) verification.BankCardChecker {
		t.Helper()
		return clientIn(t, s, fates[s])
	})
}

func clientIn(t *testing.T, s providerstest.Scenario, fate alibabacloudtest.Fate) *alibabacloud.Client {
	t.Helper()
	_, endpoint := serve(t, always(fate))
	if s == providerstest.Hangs {
		return clientOf(t, endpoint, impatient)
	}
	return clientOf(t, endpoint, patience)
}

// The codes as the vendor lists them, each with what the person must hear.
func TestClient_CheckBankCard_Codes(t *testing.T) {
	t.Parallel()
	const (
		input    = failure.CardInputWrong
		unusable = failure.CardUnusable
		locked   = failure.CardLocked
		unknown  = failure.TryAgainLater
	)
	cases := map[string]failure.Code{ // BizCode, SubCode
		"1 101": "", "1 201": unknown, "1 999": unknown,
		"2 101": unknown, "2 201": failure.CardDiffers,
		"2 202": unusable, "2 203": unusable, "2 204": unusable, "2 205": unusable, "2 206": unusable, "2 207": unusable,
		"2 208": unusable, "2 209": unusable, "2 210": unusable, "2 211": unusable, "2 212": unusable, "2 213": unusable,
		"2 214": unusable, "2 215": unusable, "2 216": unknown, "2 999": unknown,
		"3 101": unknown, "3 201": unknown, "3 301": unusable, "3 302": unusable, "3 303": unusable,
		"3 304": input, "3 305": unknown, "3 306": locked, "4 101": unknown,
	}
	for codes, code := range cases {
		t.Run(codes, func(t *testing.T) {
			t.Parallel()
			fake, endpoint := serve(t, always(alibabacloudtest.Fate{Biz: codes[:1], Sub: codes[2:]}))
			got, err := clientOf(t, endpoint, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
			if err != nil {
				t.Fatal(err)
			}
			want := verification.OutcomeFailed
			if codes == "1 101" {
				want = verification.OutcomePassed
			}
			if got.Outcome != want || got.Failure != code {
				t.Errorf("got %s %s, want %s %s", got.Outcome, got.Failure, want, code)
			}
			if made := fake.Decisions(); len(made) != 1 || got.RequestID != made[0].RequestID || got.Level != alibabacloudtest.FourMeta {
				t.Errorf("got level %s and request id %s, want those of the one decision %+v", got.Level, got.RequestID, made)
			}
			if counted := failure.Lookup(got.Failure).Counted && got.Failure != ""; counted != (codes == "2 201") {
				t.Errorf("counted: got %t, want a mismatch alone to be counted", counted)
			}
		})
	}
}

func TestClient_CheckBankCard_ServiceCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]failure.Code{
		"401": failure.CardInputWrong, "402": failure.ProviderBusy, "403": failure.CardLocked,
	} {
		_, endpoint := serve(t, always(alibabacloudtest.Fate{Code: code}))
		got, err := clientOf(t, endpoint, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
		if err != nil || got.Outcome != verification.OutcomeFailed || got.Failure != want {
			t.Errorf("%s: got %s %s and error %v, want %s", code, got.Outcome, got.Failure, err, want)
		}
	}
	for code, want := range map[string]nothing{"400": true, "410": true, "411": true, "412": true, "500": false, "777": false} {
		_, endpoint := serve(t, always(alibabacloudtest.Fate{Code: code}))
		_, err := clientOf(t, endpoint, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
		wantError(t, err, code, want)
	}
}

func TestClient_CheckBankCard_GatewayCodes(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]nothing{
		"Throttling.User": true, "InvalidAccessKeyId.NotFound": true, "SignatureDoesNotMatch": true, "InvalidTimeStamp.Expired": true,
		"SignatureNonceUsed": true, "Forbidden.RAM": true, "MissingParameter": true,
		"ServiceUnavailable": false, "InternalError": false, "Unheard": false,
	} {
		_, endpoint := serve(t, always(alibabacloudtest.Fate{Gateway: code}))
		_, err := clientOf(t, endpoint, patience).CheckBankCard(t.Context(), providerstest.BankCardQuery(t))
		wantError(t, err, code, want)
	}
}

// nothing is whether a code means that surely nothing was done.
type nothing bool

func wantError(t *testing.T, err error, code string, nothingDone nothing) {
	t.Helper()
	var failed *kit.CallError
	if !errors.As(err, &failed) || failed.Code != code || failed.Status == 0 || failed.RequestID == "" {
		t.Errorf("error: got %v, want code %s, status and request id", err, code)
	}
	if got := errors.Is(err, verification.ErrNothingDone); got != bool(nothingDone) {
		t.Errorf("%s: nothing done: got %t, want %t", code, got, nothingDone)
	}
}

func TestClient_CheckBankCard_SendsEachElementAsItIs(t *testing.T) {
	t.Parallel()
	fake, endpoint := serve(t, nil)
	document, err := identity.ParseDocument(identity.ResidentID, "11010519491231002x", "𠮷某•买买提")
	if err != nil {
		t.Fatal(err)
	}
	query := providerstest.BankCardQuery(t)
	query.Document = document
	client := clientOf(t, endpoint, patience)
	if _, err = client.CheckBankCard(t.Context(), query); err != nil {
		t.Fatal(err)
	}
	want := alibabacloudtest.Query{
		Action: alibabacloudtest.BankCard, Product: alibabacloudtest.FourMeta, Name: "𠮷某·买买提", Number: "11010519491231002X",
		Card: query.Card.Reveal(), Phone: query.Phone.Reveal(),
	}
	query.Phone = identity.Phone{}
	got, err := client.CheckBankCard(t.Context(), query)
	if err != nil || got.Outcome != verification.OutcomePassed || got.Level != alibabacloudtest.ThreeMeta {
		t.Errorf("three elements: got %+v and error %v, want a pass", got, err)
	}
	made := fake.Decisions()
	if len(made) != 2 || made[0].Query != want {
		t.Fatalf("received: got %+v, want first %+v", made, want)
	}
	want.Product, want.Phone = alibabacloudtest.ThreeMeta, ""
	if made[1].Query != want {
		t.Errorf("received: got %+v, want then %+v", made[1].Query, want)
	}
}

func TestClient_CheckBankCard_AsksForResidentIDsOnly(t *testing.T) {
	t.Parallel()
	fake, endpoint := serve(t, nil)
	client := clientOf(t, endpoint, patience)
	for _, kind := range identity.DocumentTypes() {
		query := providerstest.BankCardQuery(t)
		query.Document.Type = kind
		_, err := client.CheckBankCard(t.Context(), query)
		if got := errors.Is(err, verification.ErrNothingDone); got != (kind != identity.ResidentID) {
			t.Errorf("%s: got %v", kind, err)
		}
	}
	if made := fake.Decisions(); len(made) != 1 {
		t.Errorf("decisions: got %d, want one", len(made))
	}
}

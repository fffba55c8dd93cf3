package providerstest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"renzheng/identity"
	"renzheng/verification"
	"renzheng/verification/failure"
)

// OpenBankCard returns an adapter in front of a provider that plays the scenario.
type OpenBankCard func(t *testing.T, s Scenario) verification.BankCardChecker

// BankCardQuery returns the query that the suite asks, with a phone.
func BankCardQuery(t *testing.T) verification.BankCardQuery {
	t.Helper()
	card, cardErr := identity.ParseBankCard(cardNumber)
	phone, phoneErr := identity.ParsePhone(phoneNumber)
	if err := errors.Join(cardErr, phoneErr); err != nil {
		t.Fatalf("reading the sample card: %v", err)
	}
	return verification.BankCardQuery{AttemptID: attemptID, Document: Person(t), Card: card, Phone: phone}
}

// RunBankCard runs the suite for adapters of bank card sources.
func RunBankCard(t *testing.T, open OpenBankCard) {
	t.Helper()
	t.Run("decisions", func(t *testing.T) { t.Parallel(); bankCardDecisions(t, open) })
	t.Run("errors", func(t *testing.T) { t.Parallel(); bankCardErrors(t, open) })
	t.Run("nothing is asked in vain", func(t *testing.T) { t.Parallel(); bankCardUnasked(t, open) })
	t.Run("many at once", func(t *testing.T) { t.Parallel(); bankCardParallel(t, open) })
}

func bankCardDecisions(t *testing.T, open OpenBankCard) {
	t.Helper()
	cases := map[Scenario]failure.Code{
		Passes:      "",
		Differs:     failure.CardDiffers,
		Busy:        failure.ProviderBusy,
		UnknownCode: failure.TryAgainLater,
	}
	for scenario, code := range cases {
		t.Run(string(scenario), func(t *testing.T) {
			t.Parallel()
			got, err := open(t, scenario).CheckBankCard(t.Context(), BankCardQuery(t))
			if err != nil {
				t.Fatalf("error: got %v, want none", err)
			}
			want := verification.OutcomeFailed
			if code == "" {
				want = verification.OutcomePassed
			}
			if got.Outcome != want || got.Failure != code {
				t.Errorf("decision: got %s %s, want %s %s", got.Outcome, got.Failure, want, code)
			}
			if got.Level == "" {
				t.Error("level: got none, want the provider's name of its product")
			}
		})
	}
}

func bankCardErrors(t *testing.T, open OpenBankCard) {
	t.Helper()
	sourceErrors(t, func(t *testing.T, s Scenario) (verification.Decision, error) {
		t.Helper()
		return open(t, s).CheckBankCard(t.Context(), BankCardQuery(t))
	})
}

func bankCardUnasked(t *testing.T, open OpenBankCard) {
	t.Helper()
	t.Run("a context that has ended", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := open(t, Passes).CheckBankCard(ctx, BankCardQuery(t))
		wantNothingDone(t, err)
	})
	t.Run("a query without a card", func(t *testing.T) {
		t.Parallel()
		query := BankCardQuery(t)
		query.Card = identity.BankCard{}
		_, err := open(t, Passes).CheckBankCard(t.Context(), query)
		wantUnasked(t, err)
	})
}

func bankCardParallel(t *testing.T, open OpenBankCard) {
	t.Helper()
	const callers = 16
	checker, query := open(t, Passes), BankCardQuery(t)
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			got, err := checker.CheckBankCard(t.Context(), query)
			if err != nil || got.Outcome != verification.OutcomePassed {
				t.Errorf("one of many calls: got %s and error %v, want a pass", got.Outcome, err)
			}
		})
	}
	all.Wait()
}

package resilience

import (
	"context"

	"renzheng/verification"
)

// BankCardChecker guards the bank-card checks of a provider.
func (g *Guard) BankCardChecker(provider string, inner verification.BankCardChecker) verification.BankCardChecker {
	return &bankCardChecker{inner, g.circuit(provider, callBankCard, verification.ErrNothingDone)}
}

type bankCardChecker struct {
	inner   verification.BankCardChecker
	circuit *circuit
}

var _ verification.BankCardChecker = (*bankCardChecker)(nil)

// CheckBankCard asks if the circuit allows it.
func (b *bankCardChecker) CheckBankCard(ctx context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	return execute(ctx, b.circuit, func(ctx context.Context) (verification.Decision, error) {
		return b.inner.CheckBankCard(ctx, q)
	}, func(r verification.Decision) verdict { return healthOf(r.Failure) })
}

// FourElementsChecker guards the four-element checks of a provider.
func (g *Guard) FourElementsChecker(provider string, inner verification.FourElementsChecker) verification.FourElementsChecker {
	return &fourElementsChecker{inner, g.circuit(provider, callFourElements, verification.ErrNothingDone)}
}

type fourElementsChecker struct {
	inner   verification.FourElementsChecker
	circuit *circuit
}

var _ verification.FourElementsChecker = (*fourElementsChecker)(nil)

// CheckFourElements asks if the circuit allows it.
func (f *fourElementsChecker) CheckFourElements(
	ctx context.Context, q verification.FourElementsQuery,
) (verification.Decision, error) {
	return execute(ctx, f.circuit, func(ctx context.Context) (verification.Decision, error) {
		return f.inner.CheckFourElements(ctx, q)
	}, func(r verification.Decision) verdict { return healthOf(r.Failure) })
}

// DocumentChecker guards the document checks of a provider.
func (g *Guard) DocumentChecker(provider string, inner verification.DocumentChecker) verification.DocumentChecker {
	return &documentChecker{inner, g.circuit(provider, callDocument, verification.ErrNothingDone)}
}

type documentChecker struct {
	inner   verification.DocumentChecker
	circuit *circuit
}

var _ verification.DocumentChecker = (*documentChecker)(nil)

// CheckDocument asks if the circuit allows it.
func (d *documentChecker) CheckDocument(ctx context.Context, q verification.DocumentQuery) (verification.Decision, error) {
	return execute(ctx, d.circuit, func(ctx context.Context) (verification.Decision, error) {
		return d.inner.CheckDocument(ctx, q)
	}, func(r verification.Decision) verdict { return healthOf(r.Failure) })
}

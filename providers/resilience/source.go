package resilience

import (
	"context"

	"renzheng/verification"
)

// BankCardChecker guards the bank-card checks of a provider.
func (g *Guard) BankCardChecker(provider string, inner verification.BankCardChecker) verification.BankCardChecker {
	return &bankCardChecker{inner, g.gate(provider, callBankCard, verification.ErrNothingDone)}
}

type bankCardChecker struct {
	inner verification.BankCardChecker
	gate  *gate
}

var _ verification.BankCardChecker = (*bankCardChecker)(nil)

// CheckBankCard asks where the gate lets it out.
func (b *bankCardChecker) CheckBankCard(ctx context.Context, q verification.BankCardQuery) (verification.Decision, error) {
	return through(ctx, b.gate, func(ctx context.Context) (verification.Decision, error) {
		return b.inner.CheckBankCard(ctx, q)
	}, func(r verification.Decision) verdict { return healthOf(r.Failure) })
}

// FourElementsChecker guards the four-element checks of a provider.
func (g *Guard) FourElementsChecker(provider string, inner verification.FourElementsChecker) verification.FourElementsChecker {
	return &fourElementsChecker{inner, g.gate(provider, callFourElements, verification.ErrNothingDone)}
}

type fourElementsChecker struct {
	inner verification.FourElementsChecker
	gate  *gate
}

var _ verification.FourElementsChecker = (*fourElementsChecker)(nil)

// CheckFourElements asks where the gate lets it out.
func (f *fourElementsChecker) CheckFourElements(
	ctx context.Context, q verification.FourElementsQuery,
) (verification.Decision, error) {
	return through(ctx, f.gate, func(ctx context.Context) (verification.Decision, error) {
		return f.inner.CheckFourElements(ctx, q)
	}, func(r verification.Decision) verdict { return healthOf(r.Failure) })
}

// DocumentChecker guards the document checks of a provider.
func (g *Guard) DocumentChecker(provider string, inner verification.DocumentChecker) verification.DocumentChecker {
	return &documentChecker{inner, g.gate(provider, callDocument, verification.ErrNothingDone)}
}

type documentChecker struct {
	inner verification.DocumentChecker
	gate  *gate
}

var _ verification.DocumentChecker = (*documentChecker)(nil)

// CheckDocument asks where the gate lets it out.
func (d *documentChecker) CheckDocument(ctx context.Context, q verification.DocumentQuery) (verification.Decision, error) {
	return through(ctx, d.gate, func(ctx context.Context) (verification.Decision, error) {
		return d.inner.CheckDocument(ctx, q)
	}, func(r verification.Decision) verdict { return healthOf(r.Failure) })
}

package resilience

import (
	"context"

	"renzheng/identity"
	"renzheng/session"
)

// Authorizer guards the logins of a channel. If a login is rejected, its
// authorization code was not sent and may be used again.
func (g *Guard) Authorizer(provider string, inner session.Authorizer) session.Authorizer {
	return &authorizer{inner, g.circuit(provider, callAuthorize, session.ErrUnavailable)}
}

type authorizer struct {
	inner   session.Authorizer
	circuit *circuit
}

var _ session.Authorizer = (*authorizer)(nil)

// Authorize exchanges a code if the circuit allows it.
func (a *authorizer) Authorize(ctx context.Context, code string) (identity.ChannelUser, error) {
	return execute(ctx, a.circuit, func(ctx context.Context) (identity.ChannelUser, error) {
		return a.inner.Authorize(ctx, code)
	}, func(identity.ChannelUser) verdict { return healthy })
}

// Prefiller guards the prefills of a channel. Their circuit is not that of the
// logins.
func (g *Guard) Prefiller(provider string, inner session.Prefiller) session.Prefiller {
	return &prefiller{inner, g.circuit(provider, callPrefill, session.ErrUnavailable)}
}

type prefiller struct {
	inner   session.Prefiller
	circuit *circuit
}

var _ session.Prefiller = (*prefiller)(nil)

// Prefill exchanges a code if the circuit allows it.
func (p *prefiller) Prefill(ctx context.Context, code string) (session.Prefilled, error) {
	return execute(ctx, p.circuit, func(ctx context.Context) (session.Prefilled, error) {
		return p.inner.Prefill(ctx, code)
	}, func(session.Prefilled) verdict { return healthy })
}

// OwnerChecker guards the checks of an account's owner in a channel. If a check is
// rejected, its code was not sent.
func (g *Guard) OwnerChecker(provider string, inner session.OwnerChecker) session.OwnerChecker {
	return &ownerChecker{inner, g.circuit(provider, callOwner, session.ErrUnavailable)}
}

type ownerChecker struct {
	session.OwnerChecker

	circuit *circuit
}

// CheckOwner compares a document if the circuit allows it.
func (o *ownerChecker) CheckOwner(ctx context.Context, q session.OwnerQuery) (session.OwnerVerdict, error) {
	return execute(ctx, o.circuit, func(ctx context.Context) (session.OwnerVerdict, error) {
		return o.OwnerChecker.CheckOwner(ctx, q)
	}, func(session.OwnerVerdict) verdict { return healthy })
}

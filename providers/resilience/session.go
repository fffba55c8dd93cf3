package resilience

import (
	"context"

	"renzheng/identity"
	"renzheng/session"
)

// Authorizer guards the logins of a channel. Who is turned away may use the same
// authorization code again: it was not sent.
func (g *Guard) Authorizer(provider string, inner session.Authorizer) session.Authorizer {
	return &authorizer{inner, g.gate(provider, callAuthorize, session.ErrUnavailable)}
}

type authorizer struct {
	inner session.Authorizer
	gate  *gate
}

var _ session.Authorizer = (*authorizer)(nil)

// Authorize exchanges a code where the gate lets it out.
func (a *authorizer) Authorize(ctx context.Context, code string) (identity.ChannelUser, error) {
	return through(ctx, a.gate, func(ctx context.Context) (identity.ChannelUser, error) {
		return a.inner.Authorize(ctx, code)
	}, func(identity.ChannelUser) verdict { return well })
}

// Prefiller guards the prefills of a channel, apart from its logins.
func (g *Guard) Prefiller(provider string, inner session.Prefiller) session.Prefiller {
	return &prefiller{inner, g.gate(provider, callPrefill, session.ErrUnavailable)}
}

type prefiller struct {
	inner session.Prefiller
	gate  *gate
}

var _ session.Prefiller = (*prefiller)(nil)

// Prefill exchanges a code where the gate lets it out.
func (p *prefiller) Prefill(ctx context.Context, code string) (session.Prefilled, error) {
	return through(ctx, p.gate, func(ctx context.Context) (session.Prefilled, error) {
		return p.inner.Prefill(ctx, code)
	}, func(session.Prefilled) verdict { return well })
}

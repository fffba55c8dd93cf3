package idp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"renzheng/providers/kit"
	"renzheng/staff"
)

const name = "idp"

// Names of the calls.
const (
	callDiscovery = "discovery"
	callToken     = "token"
	callKeys      = "jwks"
)

// Client is the adapter. Safe for concurrent use.
type Client struct {
	config Config
	roles  map[string]staff.Role
	http   *http.Client

	known     atomic.Pointer[metadata] // nil until the provider was found
	discovery singleflight.Group
}

var _ staff.Provider = (*Client)(nil)

// metadata is what the provider says about itself.
type metadata struct {
	provider   *oidc.Provider
	verifier   *oidc.IDTokenVerifier
	oauth      oauth2.Config
	endSession string
	at         time.Time
}

// rediscover is after how long the provider's metadata is read again. Its keys are read when a token names a new one.
const rediscover = time.Hour

// New returns a client. It calls nobody, so that the service starts while the provider is away.
func New(c Config) (*Client, error) {
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("configuring the identity provider: %w", err)
	}
	proxy, err := kit.ReadProxy(c.Proxy)
	if err != nil {
		return nil, err
	}
	roles, err := readRoles(c.Roles)
	if err != nil {
		return nil, err
	}
	return &Client{config: c, roles: roles, http: &http.Client{
		Transport: bounded{kit.NewTransport(proxy)}, Timeout: c.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// find returns the provider's metadata. Old metadata is returned at once and read again meanwhile, so that a provider that is slow
// or away delays nobody. Callers that find none wait for one common call, each no longer than its own context lasts.
func (c *Client) find(ctx context.Context) (*metadata, error) {
	known := c.known.Load()
	if known != nil && c.config.Clock().Sub(known.at) < rediscover {
		return known, nil
	}
	discovered := c.discovery.DoChan(callDiscovery, func() (any, error) { return nil, c.refresh(ctx) })
	if known != nil {
		return known, nil
	}
	select {
	case <-ctx.Done():
		return nil, unavailable(callDiscovery, ctx.Err())
	case result := <-discovered:
		return c.known.Load(), result.Err
	}
}

// refresh replaces the metadata. Metadata that was read before stays if the provider is away. The context of the caller who was
// the first to need it does not end the call, for which others wait.
func (c *Client) refresh(ctx context.Context) error {
	now := c.config.Clock()
	found, err := c.discover(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	found.at = now
	c.known.Store(found)
	return nil
}

func (c *Client) discover(ctx context.Context) (*metadata, error) {
	// The key set outlives the request that was the first to need it.
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, c.http), c.config.Timeout)
	defer cancel()
	provider, err := oidc.NewProvider(ctx, c.config.Issuer)
	if err != nil {
		return nil, unavailable(callDiscovery, err)
	}
	var more struct {
		EndSession string `json:"end_session_endpoint"`
	}
	if provider.Claims(&more) != nil {
		return nil, kit.Unreadable(name, callDiscovery, http.StatusOK).With(staff.ErrUnavailable)
	}
	m := &metadata{provider: provider, endSession: more.EndSession}
	m.verifier = provider.VerifierContext(oidc.ClientContext(context.WithoutCancel(ctx), c.http), &oidc.Config{
		ClientID: c.config.ClientID, Now: c.config.Clock,
		SupportedSigningAlgs: []string{oidc.RS256, oidc.PS256, oidc.ES256, oidc.EdDSA}, // never a secret's
	})
	m.oauth = oauth2.Config{
		ClientID: c.config.ClientID, ClientSecret: c.config.ClientSecret.Reveal(), Endpoint: provider.Endpoint(),
		RedirectURL: c.config.join(CallbackPath), Scopes: append([]string{oidc.ScopeOpenID}, c.config.Scopes...),
	}
	for _, address := range []string{m.oauth.Endpoint.AuthURL, m.oauth.Endpoint.TokenURL} {
		if _, err = kit.ReadBase(address); err != nil {
			return nil, kit.Unreadable(name, callDiscovery, http.StatusOK).With(staff.ErrUnavailable)
		}
	}
	return m, nil
}

// unavailable returns the error of a call that brought no answer. It keeps no text, which may hold an address or a token.
func unavailable(call string, err error) error {
	e := &kit.CallError{Provider: name, Call: call, Code: kit.CodeBroken, State: kit.Failing}
	switch {
	case errors.Is(err, context.Canceled):
		e.Code, e.State = kit.CodeCancelled, kit.Silent
		e = e.With(context.Canceled)
	case errors.Is(err, context.DeadlineExceeded):
		e.Code = kit.CodeTimeout
	case errors.As(err, new(*oidc.IssuerMismatchError)):
		e.Code = "issuer_mismatch"
	}
	return e.With(staff.ErrUnavailable)
}

// Probe reports whether the provider is found. Error: ErrUnavailable.
func (c *Client) Probe(ctx context.Context) error {
	_, err := c.find(ctx)
	return err
}

package session

import (
	"context"
	"fmt"

	"renzheng/identity"
	"renzheng/random"
	"renzheng/tracing"
)

// OpenRequest is the request for a session.
type OpenRequest struct {
	Channel identity.Channel
	Code    string // the channel's authorization code; single use, secret
	Client  Client
}

// Opened is a session with its token. The token is secret, 43 characters of
// base64url, and returned only here: the store has only its SHA-256.
type Opened struct {
	Token   string
	Session Session
}

// Open exchanges the channel's code and opens a session for its account (R1, R2). The
// session can see nobody's todos yet.
//
// Errors: ErrChannelOff, ErrClientUnsupported (M-4; the code is not used then),
// ErrCodeInvalid, ErrAccountBarred, ErrUnavailable.
func (s *Service) Open(ctx context.Context, r OpenRequest) (_ Opened, err error) {
	ctx, span := tracing.Start(ctx, "session Open")
	defer func() { span.End(err) }()
	authorizer, ok := s.deps.Authorizers[r.Channel]
	if !ok {
		return Opened{}, ErrChannelOff
	}
	if !r.Client.supported() {
		return Opened{}, ErrClientUnsupported
	}
	user, err := authorizer.Authorize(ctx, r.Code)
	if err != nil {
		return Opened{}, fmt.Errorf("exchanging the authorization code: %w", err)
	}
	return s.openFor(ctx, r.Channel, user, r.Client)
}

// OpenSubscriber opens a session for the account of a registered user, who has proved to be it (see package subscriber).
func (s *Service) OpenSubscriber(ctx context.Context, user identity.ChannelUser) (_ Opened, err error) {
	ctx, span := tracing.Start(ctx, "session OpenSubscriber")
	defer func() { span.End(err) }()
	return s.openFor(ctx, identity.Web, user, Client{Platform: "web"})
}

// openFor opens a session for the account of a channel's user.
func (s *Service) openFor(ctx context.Context, channel identity.Channel, user identity.ChannelUser, client Client) (Opened, error) {
	id, err := random.ShortID(s.deps.Rand, "ses_")
	if err != nil {
		return Opened{}, err
	}
	token, hash, err := s.newToken()
	if err != nil {
		return Opened{}, err
	}
	now := s.now()
	opened, err := s.deps.Sessions.OpenSession(ctx, NewSession{
		ID: id, TokenHash: hash, Channel: channel, User: user, Client: client,
		Now: now, IdleUntil: now.Add(Idle), Until: now.Add(Absolute),
	})
	if err != nil {
		return Opened{}, fmt.Errorf("opening a session: %w", err)
	}
	return Opened{Token: token, Session: opened}, nil
}

// Reissue replaces the token of a live session and returns the new one. It serves the
// replay of Open, whose answer with the token is never stored (R31). ErrNotFound if
// the session has ended.
func (s *Service) Reissue(ctx context.Context, sessionID string) (Opened, error) {
	token, hash, err := s.newToken()
	if err != nil {
		return Opened{}, err
	}
	reissued, err := s.deps.Sessions.ReissueToken(ctx, sessionID, hash, s.now())
	if err != nil {
		return Opened{}, fmt.Errorf("reissuing a token: %w", err)
	}
	return Opened{Token: token, Session: reissued}, nil
}

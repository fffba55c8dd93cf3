package session

import (
	"context"
	"time"

	"renzheng/identity"
)

// NewSession is a session to be inserted by Store.OpenSession.
type NewSession struct {
	ID        string
	TokenHash [32]byte // SHA-256 of the token
	Channel   identity.Channel
	User      identity.ChannelUser
	Client    Client
	Now       time.Time
	IdleUntil time.Time
	Until     time.Time
}

// Store keeps accounts and sessions.
type Store interface {
	// OpenSession finds or creates the account (keyed hash of channel, app id and
	// user id, one row per active look-up key) and inserts the session; sessions
	// of the account beyond MaxPerAccount are revoked, oldest first, with their
	// grants. One transaction.
	OpenSession(ctx context.Context, n NewSession) (Session, error)
	// FindSession returns the live session of a token hash with its account and
	// live grant, in one statement. ErrNotFound when unknown, revoked, idle too
	// long or past its end.
	FindSession(ctx context.Context, tokenHash [32]byte, now time.Time) (Session, error)
	// ChannelUser returns the channel's id of an account, zero after its erasure.
	// ErrNotFound.
	ChannelUser(ctx context.Context, accountID string) (identity.ChannelUser, error)
	// RenewSession moves the idle end forward, never beyond the absolute end.
	RenewSession(ctx context.Context, id string, idleUntil time.Time) error
	// ReissueToken replaces the token hash of a live session; the old token dies.
	// ErrNotFound when the session is no longer live.
	ReissueToken(ctx context.Context, id string, tokenHash [32]byte, now time.Time) (Session, error)
	// CloseSession revokes the session, ends its grants and voids its open
	// verifications. It is idempotent.
	CloseSession(ctx context.Context, id string, now time.Time) error
}

// Prefill is a document that a session may use instead of a typed one, kept on the
// server for PrefillLife.
type Prefill struct {
	SessionID  string
	AccountID  string
	Document   identity.Document
	Until      time.Time
	Remembered bool // a copy of the account's remembered document; else the channel's own record of the account's owner
	Differs    bool // the channel says that this is not the account's owner: it cannot be used, and is not to be typed either (R7)
}

// Remembered is the document of an earlier verification that an account's person
// agreed to have remembered.
type Remembered struct {
	ConsentID string // withdrawing this consent deletes it
	Document  identity.Document
	Until     time.Time
}

// PrefillStore keeps at most one prefill per session and one remembered document
// per account, encrypted.
type PrefillStore interface {
	// PutPrefill stores p, replacing an earlier one of the session.
	PutPrefill(ctx context.Context, p Prefill) error
	// Prefill returns the live prefill of the session whether or not it was used.
	// ErrNotFound if it is absent.
	Prefill(ctx context.Context, sessionID string, now time.Time) (Prefill, error)
	// TakePrefill marks it used by one conditional update and returns it.
	// ErrNotFound if it is absent, was used before or differs from the owner.
	TakePrefill(ctx context.Context, sessionID string, now time.Time) (Prefill, error)
	// Remembered returns the remembered document of an account. ErrNotFound if it is
	// absent, expired or deleted; ErrUnreadable.
	Remembered(ctx context.Context, accountID string, now time.Time) (Remembered, error)
	// PutRemembered stores a copy of the account's remembered document as the prefill
	// p, and returns it with its document. ErrNotFound; ErrUnreadable; ErrOwnerKnown if the session
	// has a live prefill of its channel.
	PutRemembered(ctx context.Context, p Prefill, now time.Time) (Prefill, error)
}

// OwnerCheckStore stores at most one open owner check per session.
type OwnerCheckStore interface {
	// BeginOwnerCheck stores the id of an owner check, replacing an earlier one.
	// ErrNotFound if the session has ended.
	BeginOwnerCheck(ctx context.Context, sessionID, id string, until, now time.Time) error
	// TakeOwnerCheck uses up the id by one conditional update, and one of the account's
	// tries of the day. ErrNotFound if the id is not the session's, expired or used, or
	// the session's consent is not live; ErrTooMany, in which case nothing is used up.
	TakeOwnerCheck(ctx context.Context, s Session, id, consentID string, now time.Time) error
}

// Idempotency is one use of an Idempotency-Key (R31).
type Idempotency struct {
	Principal string // account id, or for POST /v1/sessions the scope "code:" + channel + code (hashed by the store)
	Route     string // operation id
	Key       string // 16–64 visible ASCII characters, chosen by the client
	Body      []byte // the request's path and body; the store keeps a keyed hash only
}

// Answer is a stored response, replayed as it was. It is kept encrypted.
type Answer struct {
	Status int
	Header map[string]string // Location and Retry-After only
	Body   []byte
}

// IdempotencyStore keeps keys and answers for 24 h.
type IdempotencyStore interface {
	// Begin claims the key. It returns nil, nil when the caller must do the work;
	// the stored answer when the same work was done; ErrKeyReused when the body
	// differs; ErrStillRunning when the first call has not finished (a claim older
	// than a minute is taken over).
	Begin(ctx context.Context, i Idempotency, now time.Time) (*Answer, error)
	// Finish stores the answer of a claim that this caller holds.
	Finish(ctx context.Context, i Idempotency, a Answer, now time.Time) error
	// Abandon forgets the claim, so that the call may be tried again.
	Abandon(ctx context.Context, i Idempotency) error
}

package subscriber

import (
	"context"
	"time"

	"renzheng/identity"
)

// CodeUse is a code with what it was sent for.
type CodeUse struct {
	ID      string
	Purpose Purpose
	Phone   identity.Phone
	Code    identity.Secret
}

// NewCode is a code to be sent.
type NewCode struct {
	Use        CodeUse
	Network    string // of the client
	PerNetwork int    // codes for the network in 24 h
	Now        time.Time
	ExpiresAt  time.Time
}

// CodeStore keeps one-time codes and counts their sends, exactly on any number of replicas.
type CodeStore interface {
	// ReserveCode takes one send from each of Windows for the number and one from the client's network, and stores the code
	// instead of one for the same purpose and number. One transaction. Errors: *LaterError; then nothing is taken.
	ReserveCode(ctx context.Context, c NewCode) error
	// GiveBackCode returns the sends of a code that was certainly not sent, and voids it. It returns nothing to a window in
	// which another send came after it.
	GiveBackCode(ctx context.Context, c NewCode) error
}

// NewSubscriber is a subscriber to be inserted.
type NewSubscriber struct {
	ID        string // "sbr_…"; the channel's id of the account
	Phone     identity.Phone
	Nickname  identity.Secret
	Agreement Agreement
	Now       time.Time
}

// Store keeps subscribers.
type Store interface {
	// Register uses the code and inserts the subscriber with its account, in one transaction. A wrong code is counted, and
	// the right one used up, whatever else is wrong. Errors: *WrongCodeError, ErrCodeGone, ErrRegistered.
	Register(ctx context.Context, use CodeUse, n NewSubscriber) error
	// SignIn uses the code and returns the channel's user of the subscriber with the number. Errors: *WrongCodeError, ErrCodeGone,
	// ErrNotRegistered.
	SignIn(ctx context.Context, use CodeUse, now time.Time) (identity.ChannelUser, error)
}

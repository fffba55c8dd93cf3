package session

import "errors"

// Kinds of failure. Stores and providers return these, wrapped with the act.
var (
	ErrNotFound          = errors.New("not found")                     // not yours or not there: the same
	ErrCodeInvalid       = errors.New("authorization code invalid")    // used, expired, or of another app
	ErrUnavailable       = errors.New("channel unavailable")           // technical; nothing was decided
	ErrAccountBarred     = errors.New("account barred by its channel") // its risk control; another code changes nothing
	ErrChannelOff        = errors.New("channel is off")                // no authorizer is configured for it
	ErrClientUnsupported = errors.New("client is below the device floor")
	ErrKeyReused         = errors.New("idempotency key reused with another body")
	ErrTooMany           = errors.New("more than a client needs in a day") // sign-ins of an account, or idempotency keys of a session
	ErrStillRunning      = errors.New("first call with this idempotency key still runs")
)

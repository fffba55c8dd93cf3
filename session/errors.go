package session

import "errors"

// The errors of stores and providers. They are returned wrapped.
var (
	ErrNotFound          = errors.New("not found")                     // or not the caller's: the two are not distinguished
	ErrCodeInvalid       = errors.New("authorization code invalid")    // used, expired, or of another app
	ErrUnavailable       = errors.New("channel unavailable")           // technical; nothing was decided
	ErrAccountBarred     = errors.New("account barred by its channel") // by its risk control; another code does not help
	ErrChannelOff        = errors.New("channel is off")                // no authorizer is configured for it
	ErrClientUnsupported = errors.New("client is below the device floor")
	ErrOwnerKnown        = errors.New("session has the channel's own record") // a remembered document does not replace it (R7)
	ErrUnreadable        = errors.New("stored document cannot be read")       // it cannot be decrypted or parsed any more
	ErrKeyReused         = errors.New("idempotency key reused with another body")
	ErrTooMany           = errors.New("more than a client needs in a day") // sign-ins of an account, or idempotency keys of a session
	ErrStillRunning      = errors.New("first call with this idempotency key still runs")
)

package session

import (
	"time"

	"renzheng/identity"
)

// Limits of a session (R2).
const (
	Idle          = 30 * time.Minute // short, for phones that are left on a table
	Absolute      = 12 * time.Hour   // one day at the counter, then a new login
	MaxPerAccount = 3                // phone, tablet, and the phone after a crash
	PrefillLife   = 10 * time.Minute // long enough to read the form (R4)
)

// Bounds on the rows that a client can make (R64).
const (
	OwnerChecksPerDay = 5 // per account; more would be guesses at whose it is

	SignInsPerDay  = 200  // per account; nobody opens a mini-program more often
	KeysPerSession = 1000 // idempotency keys, one for each call that changes something
)

// Account is one user of a channel (R1). Who it is to the channel is read only where it is needed, by Store.ChannelUser.
type Account struct {
	ID      string // "acc_…", random
	Channel identity.Channel
}

// Client describes the person's device. It comes from the client and is a hint only.
type Client struct {
	Platform string // "android", "ios" or "other"
	Version  string // operating system version, digits and dots, e.g. "11.0"
}

// Session is one login of an account. The token is not in it: only its hash is
// ever stored.
type Session struct {
	ID        string // "ses_…", random
	Account   Account
	CreatedAt time.Time
	IdleUntil time.Time // moves forward when used past half of Idle
	Until     time.Time // absolute end
	Grant     *Grant    // nil without a live grant
	Pending   Pending
}

// Pending reports what a session may have begun. It is read with the session, so that
// callers only query what may exist.
type Pending struct {
	Prefill      bool
	Verification bool
}

// Grant lets a session see one subject's todos for a while (R3).
type Grant struct {
	ID             string // "grt_…"
	SubjectID      string // "sub_…"
	VerificationID string
	Document       identity.Document // as verified
	Until          time.Time
}

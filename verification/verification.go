package verification

import (
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/verification/failure"
	"renzheng/verification/policy"
)

// State of a verification (R16).
type State string

// The states. The package comment shows the transitions.
const (
	Open               State = "open"
	AwaitingAcceptance State = "awaiting_acceptance"
	Passed             State = "passed"
	Failed             State = "failed"
	Expired            State = "expired"
	Voided             State = "voided"
	Consumed           State = "consumed"
)

// Times of a verification.
const (
	OpenFor    = 30 * time.Minute // R16: enough to fetch a bank card
	FacePass   = 10 * time.Minute // R5: from face start to pass
	UsableFor  = 10 * time.Minute // R6: from pass to confirmation; also to accept the photo
	GrantFor   = 60 * time.Minute // R3
	CardCounts = 24 * time.Hour   // R13: a bank-card pass counts again
)

// Verification is one run of checks for one purpose.
type Verification struct {
	ID           string // "ver_…"
	AccountID    string
	User         identity.ChannelUser // the channel\'s id of the account; zero if the account is gone. Secrecy: personal
	SessionID    string
	SubjectID    string
	Purpose      policy.Purpose
	Channel      string
	State        State
	Document     identity.Document // typed, prefilled, or from the grant
	Prefilled    bool              // the document is the channel's own record of the account's owner; a remembered one is not
	PolicyDigest string            // of the policy it began under (R15)
	Checks       []Check           // in the order of the policy
	Todo         *TodoBinding      // confirm only
	PortraitID   string            // "" if the provider returned no picture (R17)
	CreatedAt    time.Time
	ExpiresAt    time.Time // end of open
	PassedAt     time.Time // all checks passed
	UsableUntil  time.Time // PassedAt + UsableFor
}

// TodoBinding binds a confirm verification to what was shown (R6).
type TodoBinding struct {
	TodoID        string
	Revision      int64
	ContentDigest string
	GrantID       string
}

// CheckState of a check (R16).
type CheckState string

// The states of a check.
const (
	CheckPending CheckState = "pending"
	CheckOpen    CheckState = "open"
	CheckPassed  CheckState = "passed"
	CheckFailed  CheckState = "failed"  // no tries left
	CheckSkipped CheckState = "skipped" // AttemptID names the attempt that counts instead (R15)
)

// Check is one step of a verification.
type Check struct {
	Kind      policy.CheckKind
	State     CheckState
	AttemptID string       // the open, passing or counting attempt; "" if none
	Failure   failure.Code // of the last attempt that ended without a pass
}

// Next returns the first check that has not passed, or nil if all have.
func (v Verification) Next() *Check {
	for i := range v.Checks {
		if s := v.Checks[i].State; s != CheckPassed && s != CheckSkipped {
			return &v.Checks[i]
		}
	}
	return nil
}

// check returns the check of a kind, or nil if it is absent.
func (v Verification) check(kind policy.CheckKind) *Check {
	for i := range v.Checks {
		if v.Checks[i].Kind == kind {
			return &v.Checks[i]
		}
	}
	return nil
}

// opened returns v with a check that an attempt has opened.
func (v Verification) opened(kind policy.CheckKind, attemptID string) Verification {
	v.Checks = slices.Clone(v.Checks)
	check := v.check(kind)
	check.State, check.AttemptID = CheckOpen, attemptID
	return v
}

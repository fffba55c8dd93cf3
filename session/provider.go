package session

import (
	"context"

	"renzheng/identity"
)

// Authorizer exchanges a channel's authorization code for its user id. The code
// is single use: after a time-out the outcome is unknown, and the call must not be
// repeated with the same code.
//
// Errors: ErrCodeInvalid (used, expired, or of another app), ErrAccountBarred,
// ErrUnavailable.
type Authorizer interface {
	Authorize(ctx context.Context, code string) (identity.ChannelUser, error)
}

// Prefilled is what a channel knows of the owner of an account.
type Prefilled struct {
	User     identity.ChannelUser // whose code it was; must equal the session's account (R4)
	Document identity.Document    // zero when Absent is set
	Absent   AbsentReason         // why there is no document
}

// AbsentReason is the reason why a prefill has no document.
type AbsentReason string

// The reasons.
const (
	NotCertified    AbsentReason = "not_certified"    // the account has no verified owner
	NotPersonal     AbsentReason = "not_personal"     // the account of a company
	NotResidentID   AbsentReason = "not_resident_id"  // certified by another document
	NotProvided     AbsentReason = "not_provided"     // the operator lacks the field permission, or the channel sent no document
	NotThisAccount  AbsentReason = "not_this_account" // the second code belongs to another account
	NotUnderstood   AbsentReason = "not_understood"   // the document cannot be parsed
	NotYetSupported AbsentReason = "channel_has_none" // the channel offers no prefill
	NotOldEnough    AbsentReason = "not_old_enough"   // under 14: nothing is kept (R9)
	NotRemembered   AbsentReason = "not_remembered"   // the account has no remembered document, or it was deleted
	OwnerKnown      AbsentReason = "owner_known"      // the session has the channel's own record, which takes precedence (R7)
)

// Prefiller exchanges a code of the identity scope for the owner's document.
// Its errors are those of Authorizer.
type Prefiller interface {
	Prefill(ctx context.Context, code string) (Prefilled, error)
}

// OwnerChecker asks a channel whether a document is that of the owner of an account.
type OwnerChecker interface {
	// OwnerCall returns the data with which the client obtains a code from the channel.
	// ErrUnavailable.
	OwnerCall(user identity.ChannelUser) (OwnerCall, error)
	// CheckOwner compares the document with the owner's. The code is single use. Errors: ErrCodeInvalid,
	// ErrUnavailable.
	CheckOwner(ctx context.Context, q OwnerQuery) (OwnerVerdict, error)
}

// OwnerCall opens a mini-program of the channel, in which the person agrees to the check.
type OwnerCall struct {
	AppID string
	Path  string
	Data  map[string]string // signed. Secrecy: contains the channel's id of the user
}

// OwnerQuery is a code that the person brought back, and what is compared. Personal.
type OwnerQuery struct {
	User     identity.ChannelUser
	Code     string // secret
	Document identity.Document
}

// OwnerVerdict is what the channel says about a document and an account's owner.
type OwnerVerdict string

// The verdicts.
const (
	OwnerMatches OwnerVerdict = "matches"
	OwnerDiffers OwnerVerdict = "differs" // in name or number; which one is not disclosed (R13)
	OwnerUnknown OwnerVerdict = "unknown" // the channel knows no owner, or knows another type of document
)

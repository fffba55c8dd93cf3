package appeal

import (
	"errors"
	"time"
)

// Bounds of appeals.
const (
	openLimit     = 5 // by an account in openWindow
	openWindow    = 24 * time.Hour
	MaxText       = 1000 // characters of a text
	maxLines      = 20
	MaxShort      = 100 // characters of contact, phone and app
	MaxMessages   = 40  // of an appeal
	MaxMaterials  = 12  // of an appeal, whatever became of them
	MaxTotalBytes = 160 << 20
	maxListed     = 100

	cleanTime  = 30 * time.Second        // to make a clean copy
	claimTime  = cleanTime + time.Minute // until another call may check the material; no read of the first one is left then
	settleTime = 4 * time.Second         // to store what became of material, even if its request has ended
	maxClaims  = 3                       // of a material

	MaxReadings = 24             // photos of an account that are sent to a recognizer in 24 hours
	consentLife = 24 * time.Hour // of the consent to the reading of photos, as of every other consent to a check

	DraftLife   = 7 * 24 * time.Hour  // a draft's materials are deleted then
	ReviewTime  = 5 * 24 * time.Hour  // until a decision
	KeptDecided = 30 * 24 * time.Hour // materials of a decided appeal
)

// Errors of appeals. An appeal of somebody else is ErrNotFound.
var (
	ErrNotFound   = errors.New("no such appeal or material")
	ErrNotOpen    = errors.New("the appeal is in a state that does not allow this")
	ErrNoAppeal   = errors.New("no appeal against this failure: it has another remedy")
	ErrNoFailure  = errors.New("the verification does not have this failure")
	ErrItem       = errors.New("the checklist has no such item")
	ErrIncomplete = errors.New("something that is required is missing")
	ErrChecking   = errors.New("the material is still being checked")
	ErrPart       = errors.New("the part does not have the size that it must have")
	ErrBounds     = errors.New("too many materials, bytes or messages")
	ErrFourEyes   = errors.New("another reviewer has to decide")
	ErrUnread     = errors.New("the reviewer has not read the appeal as it is")
	ErrNoConsent  = errors.New("the person has not agreed that photos are read")
	ErrOutcome    = errors.New("the appeal cannot have this outcome")
)

// LaterError reports that an account has opened as many appeals as it may until a time.
type LaterError struct{ At time.Time }

func (e *LaterError) Error() string { return "too many appeals of this account" }

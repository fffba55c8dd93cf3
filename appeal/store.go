package appeal

import (
	"context"
	"time"

	"renzheng/identity"
	"renzheng/material"
)

// Store keeps appeals of persons. Every method finds an appeal by its account too, and each change is one conditional
// update. Safe for concurrent use.
type Store interface {
	// OpenAppeal stores a draft, or returns the open appeal of this account and person against the same failure. It sets ID,
	// SubjectID and Seen. Errors: ErrNotFound if the verification is not the account's, ErrNoFailure, *LaterError.
	OpenAppeal(ctx context.Context, a Appeal, limit int, window time.Duration) (opened Appeal, created bool, err error)
	// Appeals returns the appeals of an account without messages and materials, newest first.
	Appeals(ctx context.Context, accountID string, limit int) ([]Appeal, error)
	// Appeal returns an appeal with everything. Errors: ErrNotFound.
	Appeal(ctx context.Context, accountID, id string) (Appeal, error)
	// Submit submits a draft that has a ready material for every required item. Errors: ErrNotFound, ErrNotOpen, ErrIncomplete.
	Submit(ctx context.Context, s Submission) error
	// Answer answers a question of an appeal that still has a ready material for every required item. Its materials are kept
	// as those of a submitted appeal. Errors: ErrNotFound, ErrNotOpen, ErrIncomplete, ErrBounds.
	Answer(ctx context.Context, r Reply) error
	// Withdraw ends an appeal that is not decided; its materials are due at once. Errors: ErrNotFound, ErrNotOpen.
	Withdraw(ctx context.Context, accountID, id string, now time.Time) error
}

// Submission is what Submit stores.
type Submission struct {
	AccountID, ID string
	Form          Form
	Required      []string
	Now, Due      time.Time
}

// Reply is what Answer stores.
type Reply struct {
	AccountID, ID string
	Text          identity.Secret // personal
	Required      []string
	Now           time.Time
}

// MaterialStore keeps materials, each under a key of its own. Those of a person are found by the account too.
type MaterialStore interface {
	// AddMaterial adds one to an appeal that is a draft or a question. It sets ID. Errors: ErrNotFound, ErrNotOpen, ErrBounds.
	AddMaterial(ctx context.Context, accountID string, m Material) (Material, error)
	// Material returns one of the account's. Errors: ErrNotFound.
	Material(ctx context.Context, accountID, appealID, id string) (Material, error)
	// PutPart stores a part of a material that is uploading, in place of the same part. Errors: ErrNotFound, ErrNotOpen.
	PutPart(ctx context.Context, accountID, appealID string, p Part) error
	// ClaimMaterial makes a material Checking that is uploading or whose claim has expired, and deletes copies of earlier claims.
	// One that was claimed as often as allowed is rejected instead, and ErrNotOpen is returned.
	// Errors: ErrNotFound, ErrNotOpen, ErrIncomplete, ErrChecking if another claim holds it.
	ClaimMaterial(ctx context.Context, accountID, appealID string, c Claim) error
	// ReleaseMaterial makes a claimed material uploading again and deletes its copy. Errors: ErrNotOpen if the claim is lost.
	ReleaseMaterial(ctx context.Context, r Release) error
	// PutCopy stores a part of the clean copy of a claimed material. Errors: ErrNotOpen if the claim is lost.
	PutCopy(ctx context.Context, p Part) error
	// ReadPart returns a part of a material. Errors: ErrNotFound.
	ReadPart(ctx context.Context, materialID, copyID string, number int) ([]byte, error)
	// FinishMaterial makes the material that m.CopyID claims ready or rejected, and deletes every part that is not of the copy.
	// Errors: ErrNotOpen if the claim is lost, or the appeal takes no materials any more.
	FinishMaterial(ctx context.Context, m Material) error
	// RemoveMaterial erases one that no claim holds. Errors: ErrNotFound, ErrNotOpen.
	RemoveMaterial(ctx context.Context, accountID, appealID, id string, now time.Time) error
}

// Claim is the right of one call to check a material. No other call changes the material while it lasts.
type Claim struct {
	MaterialID string
	CopyID     string // of the copy that is made; it identifies the claim
	Now, Until time.Time
	Most       int             // claims of a material
	Reason     material.Reason // why a material is rejected that has had so many
}

// Release ends a claim without a result, so that the material can be claimed again.
type Release struct {
	MaterialID, CopyID string
	Uncounted          bool // the claim does not count, because the check did not begin
}

// Part is one of a material's parts.
type Part struct {
	MaterialID string
	CopyID     string // of a clean copy; "" = as it arrived
	Number     int    // from 0
	Data       []byte // personal
}

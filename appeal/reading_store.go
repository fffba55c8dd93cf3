package appeal

import (
	"context"
	"time"
)

// ReadingStore keeps the readings of photos, sealed under the key of the appeal. Safe for concurrent use.
type ReadingStore interface {
	// AgreeToReading binds a live consent of the account to an appeal that takes materials. Errors: ErrNotFound, ErrNotOpen.
	AgreeToReading(ctx context.Context, accountID, appealID, consentID string) error
	// ClaimReading makes the caller the only one who ever has a photo read. claimed is false if there is a reading already. The same
	// statement demands the consent bound to the appeal: live, and accepted after since. A photo beyond MaxReadings is stored as
	// NotRead and not claimed. Errors: ErrNotFound, ErrNotOpen, ErrNoConsent.
	ClaimReading(ctx context.Context, accountID string, m Material, now, since time.Time) (claimed bool, err error)
	// FinishReading stores what became of the reading that was claimed at r.AskedAt. Errors: ErrNotOpen if the appeal, the material
	// or the consent has ended meanwhile: then nothing is kept of it, even if the photo was claimed again.
	FinishReading(ctx context.Context, m Material, r PhotoReading) error
	// CorrectReading stores what the person says about a photo that was read. Errors: ErrNotFound, ErrNotOpen.
	CorrectReading(ctx context.Context, accountID string, m Material, c Correction, now time.Time) error
}

package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ appeal.ReadingStore = (*Store)(nil)

// openForReading changes an appeal of the account whose photos may be read, so that other transactions wait. The conditions of the
// consent follow.
const openForReading = "UPDATE appeals SET turn = turn + 1 WHERE id = ? AND account_id = ? AND state IN ('draft', 'question')"

// readingConsent is the condition that an account has a live consent c to the reading of photos.
const readingConsent = "c.account_id = ? AND c.kind = 'document_photo' AND c.withdrawn_at = 0"

// AgreeToReading implements [appeal.ReadingStore].
func (s *Store) AgreeToReading(ctx context.Context, accountID, appealID, consentID string) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := s.stepAppeal(ctx, tx, accountID, appealStep{
			appealID, `UPDATE appeals SET turn = turn + 1, reading_consent = ? WHERE id = ? AND account_id = ? AND state IN ('draft', 'question')
			AND EXISTS (SELECT 1 FROM consents c WHERE c.id = ? AND ` + readingConsent + ")", []any{consentID, appealID, accountID, consentID, accountID},
		})
		return err
	})
}

// ClaimReading implements [appeal.ReadingStore]. The row is the claim. It is never taken over, so that a photo is sent at most once.
func (s *Store) ClaimReading(ctx context.Context, accountID string, m appeal.Material, now, since time.Time) (bool, error) {
	claimed := false
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		claimed = false
		// A concurrent withdrawal of the consent waits for this statement, and then finds the claim.
		_, err := s.stepAppeal(ctx, tx, accountID, appealStep{m.AppealID, openForReading, []any{m.AppealID, accountID}})
		if err != nil {
			return err
		}
		n, err := rowsMatched(tx.ExecContext(ctx, `INSERT INTO appeal_readings (material_id, appeal_id, state, asked_at, tag)
			SELECT m.id, m.appeal_id, 'asking', ?, ? FROM appeal_materials m JOIN appeals x ON x.id = m.appeal_id
			JOIN consents c ON c.id = x.reading_consent AND c.accepted_at > ? AND `+readingConsent+`
			WHERE m.id = ? AND m.appeal_id = ? AND m.account_id = ? AND m.state = 'ready' AND m.copy_id = ?
			AND NOT EXISTS (SELECT 1 FROM appeal_readings r WHERE r.material_id = m.id)`,
			ms(now), s.tag(newReading(m, now)), ms(since), accountID, m.ID, m.AppealID, accountID, m.CopyID))
		if err != nil {
			return raced(err)
		}
		if n == 0 {
			return whyNotClaimed(ctx, tx, accountID, m)
		}
		claimed, err = s.payable(ctx, tx, accountID, m, now)
		return err
	})
	if err != nil {
		return false, err
	}
	return claimed, nil
}

// payable reports whether the account may have one more photo read. Otherwise the photo that was claimed is not read. Photos that
// are removed or whose consent is withdrawn count too.
func (s *Store) payable(ctx context.Context, tx *sqlx.Tx, accountID string, m appeal.Material, now time.Time) (bool, error) {
	_, err := reserve(ctx, tx, policy.Quota{Limit: appeal.MaxReadings, Window: 24 * time.Hour}, "readings|"+accountID, now)
	if errors.As(err, new(*verification.ExhaustedError)) {
		return false, s.endReadings(ctx, tx, m.AppealID, m.ID)
	}
	return err == nil, err
}

// whyNotClaimed returns why a photo was not claimed, and nil if there is a reading of it.
func whyNotClaimed(ctx context.Context, tx *sqlx.Tx, accountID string, m appeal.Material) error {
	var found []bool
	err := tx.SelectContext(ctx, &found, `SELECT EXISTS (SELECT 1 FROM appeal_readings r WHERE r.material_id = m.id)
		FROM appeal_materials m WHERE m.id = ? AND m.appeal_id = ? AND m.account_id = ? AND m.state = 'ready'`, m.ID, m.AppealID, accountID)
	switch {
	case err != nil:
		return fmt.Errorf("reading why a photo is not read: %w", err)
	case len(found) == 0:
		return appeal.ErrNotOpen
	case !found[0]:
		return appeal.ErrNoConsent
	}
	return nil
}

// FinishReading implements [appeal.ReadingStore].
func (s *Store) FinishReading(ctx context.Context, m appeal.Material, r appeal.PhotoReading) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		err := open(exactlyOne(tx.ExecContext(ctx, "UPDATE appeals SET turn = turn + 1 WHERE id = ? AND state IN ('draft', 'question')", m.AppealID)))
		if err != nil {
			return err
		}
		key, err := s.ownerKey(ctx, tx, m.AppealID)
		if err != nil {
			return err
		}
		return s.changeReading(ctx, tx, m, func(row *readingRow) (err error) {
			if row.State != string(appeal.Asking) || row.AskedAt != ms(r.AskedAt) {
				return appeal.ErrNotOpen
			}
			if row.State = string(r.State); r.State == appeal.Read {
				row.Reading, err = sealReading(key, m.ID, r.Values)
			}
			return err
		})
	})
}

// CorrectReading implements [appeal.ReadingStore].
func (s *Store) CorrectReading(ctx context.Context, accountID string, m appeal.Material, c appeal.Correction, now time.Time) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.stepAppeal(ctx, tx, accountID, appealStep{m.AppealID, openForReading, []any{m.AppealID, accountID}})
		if err != nil {
			return err
		}
		sealed, err := sealCorrection(key, m.ID, c)
		if err != nil {
			return err
		}
		return s.changeReading(ctx, tx, m, func(row *readingRow) error {
			if row.State != string(appeal.Read) {
				return appeal.ErrNotOpen
			}
			row.Correction, row.ConfirmedAt = sealed, ms(now)
			return nil
		})
	})
}

func readingAAD(column, materialID string) keyring.AssociatedData {
	return appealAAD("appeal_readings", column, materialID)
}

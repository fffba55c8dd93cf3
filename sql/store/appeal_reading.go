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
			return unclaimed(ctx, tx, accountID, m)
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

// unclaimed returns why a photo was not claimed, and nil if there is a reading of it.
func unclaimed(ctx context.Context, tx *sqlx.Tx, accountID string, m appeal.Material) error {
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

// endReadings ends the readings of an appeal that are still awaited, of one photo or of all (""): their photos are not read. An altered
// one gets no tag.
func (s *Store) endReadings(ctx context.Context, tx *sqlx.Tx, appealID, materialID string) error {
	var awaited []readingRow
	err := tx.SelectContext(ctx, &awaited, "SELECT "+readingColumns+` FROM appeal_readings r
		WHERE r.appeal_id = ? AND r.state = 'asking' AND (? = '' OR r.material_id = ?)`, appealID, materialID, materialID)
	for _, row := range awaited {
		if err == nil {
			next := row
			next.State = string(appeal.NotRead)
			err = s.putReading(ctx, tx, row, next)
		}
	}
	if err != nil {
		return fmt.Errorf("ending readings: %w", err)
	}
	return nil
}

// forgetReadings erases what was read in photos of the account's appeals, because its consent was withdrawn. What reviewers have
// begun to decide on stays as they saw it, until its materials are deleted.
func forgetReadings(ctx context.Context, tx *sqlx.Tx, accountID string) error {
	const undecided = "account_id = ? AND state IN ('draft', 'submitted', 'question')"
	// A claim waits, and then finds the consent withdrawn.
	if _, err := tx.ExecContext(ctx, "UPDATE appeals SET turn = turn + 1, reading_consent = '' WHERE "+undecided, accountID); err != nil {
		return fmt.Errorf("ending the consent to readings: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM appeal_readings WHERE appeal_id IN (SELECT id FROM appeals WHERE "+undecided+")", accountID); err != nil {
		return fmt.Errorf("erasing readings: %w", err)
	}
	return nil
}

// forgetWithdrawnReadings erases what was read in photos of an appeal whose consent was withdrawn while reviewers decided on it.
func forgetWithdrawnReadings(ctx context.Context, tx *sqlx.Tx, appealID string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM appeal_readings WHERE appeal_id = ? AND NOT EXISTS (SELECT 1 FROM appeals x
		JOIN consents c ON c.id = x.reading_consent AND c.withdrawn_at = 0 WHERE x.id = ?)`, appealID, appealID)
	if err != nil {
		return fmt.Errorf("erasing readings: %w", err)
	}
	return nil
}

// addReadings adds what was read to the materials of an appeal.
func (s *Store) addReadings(ctx context.Context, q querier, key keyring.DataKey, appealID string, materials []appeal.Material) error {
	var rows []readingRow
	err := q.SelectContext(ctx, &rows, "SELECT "+readingColumns+" FROM appeal_readings r WHERE r.appeal_id = ?", appealID)
	if err != nil {
		return fmt.Errorf("reading the readings of an appeal: %w", err)
	}
	for _, row := range rows {
		for i := range materials {
			if materials[i].ID != row.MaterialID {
				continue
			}
			if materials[i].Reading, err = s.shownReading(ctx, q, key, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// shownReading opens a reading. One that does not fit its tag is reported, and shown as a photo that was not read: a reviewer reads it.
func (s *Store) shownReading(ctx context.Context, q querier, key keyring.DataKey, row readingRow) (appeal.PhotoReading, error) {
	err := s.verify(ctx, q, row)
	switch {
	case altered(err):
		return appeal.PhotoReading{State: appeal.NotRead}, nil
	case err != nil:
		return appeal.PhotoReading{}, err
	}
	return row.reading(key)
}

// typedDocument adds the document that was typed for the verification of an appeal, which a reviewer has opened. It may be gone.
func (s *Store) typedDocument(ctx context.Context, q querier, a *appeal.Appeal) error {
	var row struct {
		Cipher  []byte `db:"document_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := q.GetContext(ctx, &row, `SELECT v.document_cipher, k.wrapped FROM verifications v JOIN data_keys k ON k.owner_id = v.subject_id
		WHERE v.id = ? AND v.account_id = ? AND v.subject_id = ?`, a.VerificationID, a.AccountID, a.SubjectID)
	if noRow(err) || err == nil && len(row.Cipher) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the document of an appeal: %w", err)
	}
	key, err := s.unwrap(a.SubjectID, row.Wrapped)
	if err == nil {
		a.Typed, err = openDocument(key, verificationAAD(a.VerificationID), row.Cipher)
	}
	return err
}

func readingAAD(column, materialID string) keyring.AssociatedData {
	return appealAAD("appeal_readings", column, materialID)
}

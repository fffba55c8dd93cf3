package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
)

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

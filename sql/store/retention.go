package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
)

// How long rows are kept that persons have made. Every table that a client can make grow is purged (R64). docs/privacy.md
// lists all retention times.
const (
	visitLife        = 30 * 24 * time.Hour      // sessions, and verifications that never passed; people ask for the reason within this time
	passLife         = 3 * 365 * 24 * time.Hour // passed verifications, their consents, and fetches of evidence; PIPL art. 56 requires three years
	notificationLife = 365 * 24 * time.Hour     // an agreement to a message for which there was no occasion
	subjectDays      = 2                        // the subjects of an account on a day count on that day only
)

// Purges of rows that no other row depends on; see those of purge.go.
const (
	purgeSessions = `DELETE FROM sessions WHERE until <= ? AND id IN (SELECT id FROM (
		SELECT id FROM sessions WHERE until <= ? ORDER BY until LIMIT ?) old)`
	purgeUnusedConsents = `DELETE FROM consents WHERE subject_id = '' AND accepted_at <= ? AND id IN (SELECT id FROM (
		SELECT id FROM consents WHERE subject_id = '' AND accepted_at <= ? ORDER BY accepted_at LIMIT ?) old)`
	purgeConsents = `DELETE FROM consents WHERE accepted_at <= ? AND id IN (SELECT id FROM (
		SELECT id FROM consents WHERE accepted_at <= ? ORDER BY accepted_at LIMIT ?) old)`
	purgeErasures = `DELETE FROM erasures WHERE state = 'done' AND next_at <= ? AND id IN (SELECT id FROM (
		SELECT id FROM erasures WHERE state = 'done' AND next_at <= ? ORDER BY next_at LIMIT ?) old)`
	purgeAgreements = `DELETE FROM notifications WHERE agreed_at <= ? AND account_id IN (SELECT account_id FROM (
		SELECT account_id FROM notifications WHERE agreed_at <= ? LIMIT ?) old)`
	purgeAccountSubjects = `DELETE FROM account_subjects WHERE day <= ? AND account_id IN (SELECT account_id FROM (
		SELECT account_id FROM account_subjects WHERE day <= ? LIMIT ?) old)`
	purgeFetches = `DELETE FROM evidence_fetches WHERE day <= ? AND confirmation_id IN (SELECT confirmation_id FROM (
		SELECT confirmation_id FROM evidence_fetches WHERE day <= ? ORDER BY day LIMIT ?) old)`
)

// purgeDays deletes what is counted by day: the subjects of accounts, and the fetches of evidence.
func (s *Store) purgeDays(ctx context.Context, now time.Time, limit int) (int, error) {
	gone := 0
	for _, old := range []struct {
		query string
		until time.Time
	}{
		{purgeAccountSubjects, now.AddDate(0, 0, -subjectDays)},
		{purgeFetches, now.Add(-passLife)},
	} {
		day := identity.DateAt(old.until).String()
		n, err := s.exec(ctx, old.query, day, day, limit)
		if err != nil {
			return gone, fmt.Errorf("purging what is counted by day: %w", err)
		}
		gone += int(n)
	}
	return gone, nil
}

const (
	overVisits = "passed_at = 0 AND created_at <= ?"
	overProofs = "passed_at > 0 AND passed_at <= ?"
)

// purgeVerifications deletes verifications whose retention is over, with all rows that depend on them, each in a
// transaction of its own. A verification with an undecided attempt stays until that is decided (R63).
func (s *Store) purgeVerifications(ctx context.Context, now time.Time, limit int) (int, error) {
	var due []struct {
		ID        string `db:"id"`
		SubjectID string `db:"subject_id"`
	}
	const decided = " AND NOT EXISTS (SELECT 1 FROM attempts WHERE verification_id = verifications.id AND undecided = 1)"
	err := s.read.SelectContext(ctx, &due, "SELECT id, subject_id FROM verifications WHERE "+overVisits+decided+
		" UNION ALL SELECT id, subject_id FROM verifications WHERE "+overProofs+decided+" LIMIT ?",
		ms(now.Add(-visitLife)), ms(now.Add(-passLife)), limit)
	if err != nil {
		return 0, fmt.Errorf("finding verifications to delete: %w", err)
	}
	for gone, v := range due {
		err = s.tx(ctx, func(tx *sqlx.Tx) error {
			if failed := dropVerification(ctx, tx, v.ID); failed != nil {
				return failed
			}
			return dropUnseenSubject(ctx, tx, v.SubjectID, now)
		})
		if err != nil {
			return gone, err
		}
	}
	return len(due), nil
}

func dropVerification(ctx context.Context, tx *sqlx.Tx, id string) error {
	for _, query := range []string{
		"DELETE FROM checks WHERE verification_id = ?", "DELETE FROM attempts WHERE verification_id = ?",
		"DELETE FROM grants WHERE verification_id = ?", "DELETE FROM verifications WHERE id = ?",
	} {
		if _, err := tx.ExecContext(ctx, query, id); err != nil {
			return fmt.Errorf("deleting a verification: %w", err)
		}
	}
	return nil
}

// dropUnseenSubject erases a subject that no verification and no todo names, and that was not seen for visitLife.
func dropUnseenSubject(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	var kept bool
	err := tx.GetContext(ctx, &kept, `SELECT EXISTS (SELECT 1 FROM verifications WHERE subject_id = ?)
		OR EXISTS (SELECT 1 FROM todos WHERE subject_id = ?)`, id, id)
	if err != nil || kept {
		return err
	}
	// A transaction that names the subject meanwhile changes seen_at, so that one of the two waits for the other.
	const unseen = " WHERE id = ? AND seen_at <= ?"
	err = exactlyOne(tx.ExecContext(ctx, "UPDATE subjects SET seen_at = 0"+unseen, id, ms(now.Add(-visitLife))))
	if errors.Is(err, errNotOne) {
		return nil
	}
	for _, query := range []string{"DELETE FROM subject_keys WHERE subject_id = ?", "DELETE FROM subjects WHERE id = ?"} {
		if err == nil {
			_, err = tx.ExecContext(ctx, query, id)
		}
	}
	if err != nil {
		return fmt.Errorf("deleting a subject: %w", err)
	}
	return dropKey(ctx, tx, id)
}

package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
)

// The guards of a purge of verifications: they change the row, so that another transaction that changes it waits.
const (
	freeVerification = " AND NOT EXISTS (" + heldVerification + ")"
	guardFailed      = "UPDATE verifications SET turn = turn + 1 WHERE id = ? AND " + dueFailed + freeVerification
	guardPassed      = "UPDATE verifications SET turn = turn + 1 WHERE id = ? AND " + duePassed + freeVerification
)

func (s *Store) purgeVerifications(ctx context.Context, c retention.Cut, now time.Time, limit int) (retention.Batch, error) {
	return s.purgeEach(ctx, c, limit, func(ctx context.Context, tx *sqlx.Tx, id string) error {
		return purgeVerification(ctx, tx, c, id, now)
	})
}

// purgeVerification deletes a verification that is due, with all rows that depend on it, and erases its subject if nothing
// else names it.
func purgeVerification(ctx context.Context, tx *sqlx.Tx, c retention.Cut, id string, now time.Time) error {
	guard := guardFailed
	if c.Class == retention.PassedVerifications {
		guard = guardPassed
	}
	if err := kept(exactlyOne(tx.ExecContext(ctx, guard, id, ms(c.Before)))); err != nil {
		return fmt.Errorf("taking a verification to delete: %w", err)
	}
	var subjectID string
	if err := tx.GetContext(ctx, &subjectID, "SELECT subject_id FROM verifications WHERE id = ?", id); err != nil {
		return fmt.Errorf("reading a verification to delete: %w", err)
	}
	if err := dropVerification(ctx, tx, id); err != nil {
		return err
	}
	return dropUnseenSubject(ctx, tx, subjectID, now)
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

// unseenFor is how long nothing may have named a subject before it is erased. It is longer than any transaction.
const unseenFor = 24 * time.Hour

const (
	// namesSubject ignores the todos of erased cases, of which only ids are left. What a legal hold keeps at a window names a subject,
	// also the one to which it was set aside.
	namesSubject = `SELECT EXISTS (SELECT 1 FROM verifications WHERE subject_id = ?)
		OR EXISTS (SELECT 1 FROM appeals WHERE subject_id = ?)
		OR EXISTS (SELECT 1 FROM bars WHERE subject_id = ? AND state IN ('proposed', 'in_force'))
		OR EXISTS (SELECT 1 FROM todos WHERE subject_id = ? AND LENGTH(signer_cipher) > 0)
		OR EXISTS (SELECT 1 FROM visits v JOIN legal_holds h ON h.owner_id = v.case_row WHERE h.lifted_at = 0 AND v.subject_id = ?)`
	// guardSubject waits for a transaction that names the subject meanwhile, which changes seen_at.
	// One that was erased on request keeps its look-up hashes while tries count.
	// So does one that is frozen.
	guardSubject = `UPDATE subjects SET seen_at = 0 WHERE id = ? AND seen_at <= ? AND freeze_id = ''
		AND (erased_at = 0 OR NOT EXISTS (SELECT 1 FROM subject_keys WHERE subject_id = subjects.id))`
	guardKey        = "DELETE FROM data_keys WHERE owner_id = ? AND holds = 0"
	dropSubject     = "DELETE FROM subjects WHERE id = ? AND NOT EXISTS (SELECT 1 FROM todos WHERE subject_id = subjects.id)"
	dropCorrections = "DELETE FROM corrections WHERE subject_id = ?"
	dropFreezes     = "DELETE FROM freezes WHERE subject_id = ? AND lifted_at > 0"               // one in force outlives an erasure
	dropBars        = "DELETE FROM bars WHERE subject_id = ? AND state IN ('rejected', 'ended')" // so do others
	dropEscalations = "DELETE FROM escalations WHERE subject_id = ?"
	clearPapersOf   = `UPDATE visit_answers SET paper = '', paper_cipher = x'' WHERE confirmation_id IN (
		SELECT c.id FROM confirmations c WHERE c.subject_id = ?`
	clearPapers  = clearPapersOf + ")"
	dropPhotos   = "DELETE FROM visit_photos WHERE subject_id = ?"
	dropVisits   = "DELETE FROM visits WHERE subject_id = ?"
	emptySubject = "UPDATE subjects SET document_cipher = x'' WHERE id = ?"
)

// dropUnseenSubject erases a subject that nothing personal names any more. If erased cases have its id, an empty row stays.
func dropUnseenSubject(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	var named bool
	if err := tx.GetContext(ctx, &named, namesSubject, id, id, id, id, id); err != nil || named {
		return err
	}
	seen, err := rowsMatched(tx.ExecContext(ctx, guardSubject, id, ms(now.Add(-unseenFor))))
	if err != nil || seen == 0 {
		return err
	}
	return clearSubject(ctx, tx, id)
}

// clearSubject erases a subject's data key, document and look-up hashes. The caller makes sure that nothing personal names
// it. errKept if a hold keeps it.
func clearSubject(ctx context.Context, tx *sqlx.Tx, id string) error {
	n, err := rowsMatched(tx.ExecContext(ctx, guardKey, id))
	if err == nil && n == 0 {
		err = keyGone(ctx, tx, id)
	}
	for _, query := range []string{"DELETE FROM subject_keys WHERE subject_id = ?", dropCorrections, dropFreezes, dropBars, clearPapers, dropPhotos, dropVisits, dropEscalations, emptySubject, dropSubject} {
		if err == nil {
			_, err = tx.ExecContext(ctx, query, id)
		}
	}
	if err != nil {
		return fmt.Errorf("erasing a subject: %w", err)
	}
	return nil
}

// keyGone returns nil if an owner has no data key, and errKept if it has one, which a hold keeps.
func keyGone(ctx context.Context, tx *sqlx.Tx, ownerID string) error {
	var exists bool
	err := tx.GetContext(ctx, &exists, "SELECT EXISTS (SELECT 1 FROM data_keys WHERE owner_id = ?)", ownerID)
	if err == nil && exists {
		return errKept
	}
	return err
}

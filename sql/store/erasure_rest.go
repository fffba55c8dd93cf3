package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
)

// erasureRows is how many verifications one transaction deletes.
const erasureRows = 100

// continueErasure deletes rows that are unreadable already, and erases everything whose ground to stay has ended.
func (s *Store) continueErasure(ctx context.Context, e erasureRow, x rights.Execution) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error { return s.eraseUnheldSubject(ctx, tx, &e, x.Now) }) // a hold may have ended
	if err != nil {
		return err
	}
	for full := true; full; {
		err = s.tx(ctx, func(tx *sqlx.Tx) (err error) {
			full, err = dropErasedVerifications(ctx, tx, e)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		person, err := s.endSubject(ctx, tx, e, x)
		if err != nil {
			return err
		}
		answers, err := s.eraseAnswers(ctx, tx, e, x)
		if err != nil {
			return err
		}
		account, err := s.endAccount(ctx, tx, e, x)
		if err != nil {
			return err
		}
		visits, err := endKeptVisits(ctx, tx, e)
		if err != nil {
			return err
		}
		if person || account || answers || visits {
			return nil
		}
		_, err = tx.ExecContext(ctx, "UPDATE erasures SET state = 'done', done_at = ?, next_at = ? WHERE id = ? AND state = 'partly'",
			ms(x.Now), ms(x.Now), e.ID)
		return err
	})
}

// dropErasedVerifications deletes verifications of before the erasure that are decided, and reports whether there may be more.
func dropErasedVerifications(ctx context.Context, tx *sqlx.Tx, e erasureRow) (more bool, err error) {
	var ids []string
	err = tx.SelectContext(ctx, &ids, `SELECT id FROM verifications WHERE subject_id = ? AND created_at <= ?
		AND NOT EXISTS (SELECT 1 FROM attempts WHERE verification_id = verifications.id AND undecided = 1) AND NOT EXISTS (`+heldVerification+`) LIMIT ?`,
		e.SubjectID, e.ErasedAt, erasureRows)
	if err != nil {
		return false, fmt.Errorf("listing verifications to erase: %w", err)
	}
	for _, id := range ids {
		if err = dropVerification(ctx, tx, id); err != nil {
			return false, err
		}
	}
	return len(ids) == erasureRows, nil
}

// endSubject ends what is left of an erased subject as far as it may, and reports whether something stays. If the person
// has come back, the subject is no longer part of the erasure, except for its earlier verifications.
func (s *Store) endSubject(ctx context.Context, tx *sqlx.Tx, e erasureRow, x rights.Execution) (stays bool, err error) {
	still, err := rowsMatched(tx.ExecContext(ctx, "UPDATE subjects SET seen_at = ? WHERE id = ? AND erased_at = ? AND erased_at > 0",
		ms(x.Now), e.SubjectID, e.ErasedAt))
	if err != nil {
		return false, fmt.Errorf("locking an erased subject: %w", err)
	}
	if still == 0 {
		return isLeft(ctx, tx, e, x.Now)
	}
	if err = s.moveTodos(ctx, tx, e, x.Now); err != nil {
		return false, err
	}
	if needed, failed := needsDocument(ctx, tx, e.SubjectID); failed != nil || needed {
		return true, failed
	}
	if err = dropDocument(ctx, tx, e.SubjectID); err != nil {
		return false, err
	}
	if stays, err = isLeft(ctx, tx, e, x.Now); err != nil || stays || fromMs(e.ErasedAt).Add(x.TriesLast).After(x.Now) {
		return true, err
	}
	return false, execAll(ctx, tx, []string{"DELETE FROM subject_keys WHERE subject_id = ?", "DELETE FROM subjects WHERE id = ?"}, e.SubjectID)
}

// isLeft reports whether verifications of before the erasure are left, or the subject itself, which a legal hold, a freeze or a bar keeps.
func isLeft(ctx context.Context, tx *sqlx.Tx, e erasureRow, now time.Time) (bool, error) {
	var left bool
	err := tx.GetContext(ctx, &left, `SELECT EXISTS (SELECT 1 FROM verifications WHERE subject_id = ? AND created_at <= ?)
		OR EXISTS (SELECT 1 FROM subjects WHERE id = ? AND erased_at = 0 AND created_at <= ?)
		OR EXISTS (SELECT 1 FROM subjects WHERE id = ? AND erased_at = ? AND (freeze_id <> ''
			OR EXISTS (`+barInForce+`subjects.id AND b.until > ?)))`,
		e.SubjectID, e.ErasedAt, e.SubjectID, e.RequestedAt, e.SubjectID, e.ErasedAt, ms(now))
	return left, err
}

// endAccount does for the account what endSubject does for the subject.
func (s *Store) endAccount(ctx context.Context, tx *sqlx.Tx, e erasureRow, x rights.Execution) (stays bool, err error) {
	still, err := rowsMatched(tx.ExecContext(ctx, "UPDATE accounts SET logins = logins + 1 WHERE id = ? AND erased_at > 0 AND erased_at <= ?",
		e.AccountID, e.ErasedAt))
	if err != nil || still == 0 {
		return false, err
	}
	waits, err := hasUndecided(ctx, tx, byAccount, e.AccountID)
	if err != nil || waits {
		return true, err
	}
	if err = s.replaceAccountKey(ctx, tx, e.AccountID); err != nil {
		return false, err
	}
	if fromMs(e.ErasedAt).Add(x.TriesLast).After(x.Now) {
		return true, nil
	}
	if missed, failed := hasMissed(ctx, tx, e.AccountID, x.Now); failed != nil || missed {
		return true, failed
	}
	return false, execAll(ctx, tx, []string{"DELETE FROM account_keys WHERE account_id = ?", "DELETE FROM accounts WHERE id = ?"}, e.AccountID)
}

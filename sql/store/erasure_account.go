package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// eraseAccount erases everything of an account. Its id and look-up hashes stay for as long as tries and missed appointments count, so that
// nobody gets new tries by being erased. A user who signs in again until then gets the same id, and finds nothing else.
func (s *Store) eraseAccount(ctx context.Context, tx *sqlx.Tx, id string, now time.Time) error {
	if err := s.endAll(ctx, tx, byAccount, id, now); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE consents SET withdrawn_at = ? WHERE account_id = ? AND withdrawn_at = 0", ms(now), id)
	if err == nil {
		err = execAll(ctx, tx, []string{
			"DELETE FROM servings WHERE session_id IN (SELECT id FROM sessions WHERE account_id = ?)",
			"DELETE FROM prefills WHERE session_id IN (SELECT id FROM sessions WHERE account_id = ?)",
			"DELETE FROM prefills WHERE account_id = ?",
			"DELETE FROM remembered_documents WHERE account_id = ?",
			"DELETE FROM support_contacts WHERE ticket_id IN (SELECT id FROM support_tickets WHERE account_id = ?)",
			"DELETE FROM support_tickets WHERE account_id = ?",
			"DELETE FROM notification_messages WHERE account_id = ?",
			"DELETE FROM notifications WHERE account_id = ?",
			"DELETE FROM sessions WHERE account_id = ?",
		}, id)
	}
	if err == nil {
		err = dropSubscriber(ctx, tx, id)
	}
	if err == nil {
		err = eraseAppointments(ctx, tx, id, now)
	}
	if err == nil {
		err = dropAppeals(ctx, tx, "account_id = ?", id)
	}
	if err != nil {
		return fmt.Errorf("deleting the rows of an account: %w", err)
	}
	return s.replaceAccountKey(ctx, tx, id)
}

// replaceAccountKey destroys the data key of an account. As long as a provider has not decided, it needs the channel's id
// of the user (R63), which is then encrypted under a new key.
func (s *Store) replaceAccountKey(ctx context.Context, tx *sqlx.Tx, id string) error {
	waits, err := hasUndecided(ctx, tx, byAccount, id)
	if err != nil {
		return err
	}
	sealed := []byte{}
	if waits {
		if sealed, err = s.rekeyedUser(ctx, tx, id); err != nil {
			return err
		}
	} else if err = dropKey(ctx, tx, id); err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "UPDATE accounts SET user_cipher = ? WHERE id = ?", sealed, id); err != nil {
		return fmt.Errorf("erasing the channel's id: %w", err)
	}
	return nil
}

// rekeyedUser replaces the data key of an account and returns the channel's id of its user, encrypted under the new one.
func (s *Store) rekeyedUser(ctx context.Context, tx *sqlx.Tx, id string) ([]byte, error) {
	var u accountUser
	err := tx.GetContext(ctx, &u, "SELECT "+userColumns+" FROM accounts u LEFT JOIN data_keys uk ON uk.owner_id = u.id WHERE u.id = ?", id)
	if err != nil {
		return nil, fmt.Errorf("reading an account: %w", err)
	}
	user, err := s.openUser(id, u)
	if err != nil {
		return nil, err
	}
	if err = dropKey(ctx, tx, id); err != nil {
		return nil, err
	}
	key, err := s.newOwnerKey(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	return key.Seal(accountAAD(id), []byte(user.Reveal()))
}

// hasUndecided reports whether a provider has yet to decide an attempt of an account or of a subject.
func hasUndecided(ctx context.Context, tx *sqlx.Tx, by scope, id string) (bool, error) {
	var waits bool
	err := tx.GetContext(ctx, &waits, `SELECT EXISTS (SELECT 1 FROM verifications v JOIN attempts a ON a.verification_id = v.id AND a.undecided = 1
		WHERE v.`+string(by)+" = ?)", id)
	if err != nil {
		return false, fmt.Errorf("looking for undecided attempts: %w", err)
	}
	return waits, nil
}

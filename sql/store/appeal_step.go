package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
)

// appealStep is a statement that changes one appeal if its state allows it.
type appealStep struct {
	id, change string
	args       []any
}

// stepAppeal changes one appeal of an account and returns its key.
// ErrNotFound if the account has no such appeal, ErrNotOpen if its state does not allow the step.
func (s *Store) stepAppeal(ctx context.Context, tx *sqlx.Tx, accountID string, step appealStep) (keyring.DataKey, error) {
	old, err := s.holdAppeal(ctx, tx, step.id)
	if err != nil {
		return keyring.DataKey{}, err
	}
	err = exactlyOne(tx.ExecContext(ctx, step.change, step.args...))
	if errors.Is(err, errNotOne) {
		var exists bool
		err = tx.GetContext(ctx, &exists, "SELECT EXISTS (SELECT 1 FROM appeals WHERE id = ? AND account_id = ?)", step.id, accountID)
		switch {
		case err != nil:
		case exists:
			err = appeal.ErrNotOpen
		default:
			err = appeal.ErrNotFound
		}
	}
	if err == nil {
		err = s.retagAppeal(ctx, tx, old)
	}
	if err != nil {
		return keyring.DataKey{}, err
	}
	return s.ownerKey(ctx, tx, step.id)
}

// Submit implements [appeal.Store].
func (s *Store) Submit(ctx context.Context, x appeal.Submission) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.stepAppeal(ctx, tx, x.AccountID, appealStep{x.ID, `UPDATE appeals SET state = 'submitted', turn = turn + 1, submitted_at = ?, due_at = ?, kept_from = ?
			WHERE id = ? AND account_id = ? AND state = 'draft'`, []any{ms(x.Now), ms(x.Due), ms(x.Now), x.ID, x.AccountID}})
		if err != nil {
			return err
		}
		if err = s.keepMaterials(ctx, tx, x.ID); err != nil {
			return err
		}
		if err = hasRequired(ctx, tx, x.ID, x.Required); err != nil {
			return err
		}
		form, err := sealForm(key, x.ID, x.Form)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE appeals SET form_cipher = ? WHERE id = ?", form, x.ID)
		return err
	})
}

// keepMaterials keeps the ready materials of an appeal until its decision. The others are of no use and are erased, with the
// claims of calls that check or read them, so that nothing arrives after what reviewers have read.
func (s *Store) keepMaterials(ctx context.Context, tx *sqlx.Tx, id string) error {
	if err := errors.Join(dropMaterials(ctx, tx, "appeal_id = ? AND state <> 'ready'", id), s.endReadings(ctx, tx, id, "")); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE appeal_materials SET delete_after = 0 WHERE appeal_id = ?", id); err != nil {
		return fmt.Errorf("keeping the materials of an appeal: %w", err)
	}
	return nil
}

// hasRequired returns ErrIncomplete unless every required item has a ready material. The appeal and its materials were changed
// before, so that meanwhile none is removed, and none purged.
func hasRequired(ctx context.Context, tx *sqlx.Tx, id string, required []string) error {
	if len(required) == 0 {
		return nil
	}
	query, args, err := in("SELECT COUNT(DISTINCT item) FROM appeal_materials WHERE appeal_id = ? AND state = 'ready' AND item IN (?)", id, required)
	if err != nil {
		return err
	}
	var n int
	if err = tx.GetContext(ctx, &n, query, args...); err != nil {
		return fmt.Errorf("counting the materials of an appeal: %w", err)
	}
	if n < len(required) {
		return appeal.ErrIncomplete
	}
	return nil
}

// Answer implements [appeal.Store].
func (s *Store) Answer(ctx context.Context, r appeal.Reply) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		key, err := s.stepAppeal(ctx, tx, r.AccountID, appealStep{
			r.ID, "UPDATE appeals SET state = 'submitted', turn = turn + 1, kept_from = ? WHERE id = ? AND account_id = ? AND state = 'question'",
			[]any{ms(r.Now), r.ID, r.AccountID},
		})
		if err != nil {
			return err
		}
		if err = s.keepMaterials(ctx, tx, r.ID); err != nil {
			return err
		}
		if err = hasRequired(ctx, tx, r.ID, r.Required); err != nil {
			return err
		}
		return s.addMessage(ctx, tx, key, sender{appealID: r.ID}, appeal.Message{Text: r.Text, At: r.Now})
	})
}

// sender is who writes a message, and about which appeal.
type sender struct{ appealID, staff string }

// addMessage adds a message to an appeal that the transaction has changed.
func (s *Store) addMessage(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, from sender, m appeal.Message) error {
	var number int64
	if err := tx.GetContext(ctx, &number, "SELECT COUNT(*) + 1 FROM appeal_messages WHERE appeal_id = ?", from.appealID); err != nil {
		return fmt.Errorf("counting the messages of an appeal: %w", err)
	}
	if number > appeal.MaxMessages {
		return appeal.ErrBounds
	}
	id, err := s.newID("msg_")
	if err != nil {
		return err
	}
	text, err := key.Seal(messageAAD(id), []byte(m.Text.Reveal()))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO appeal_messages (id, appeal_id, number, by_staff, text_cipher, at) VALUES (?, ?, ?, ?, ?, ?)",
		id, from.appealID, number, from.staff, text, ms(m.At))
	return raced(err)
}

// Withdraw implements [appeal.Store].
func (s *Store) Withdraw(ctx context.Context, accountID, id string, now time.Time) error {
	return s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := s.stepAppeal(ctx, tx, accountID, appealStep{id, `UPDATE appeals SET state = 'withdrawn', turn = turn + 1, open_slot = id, kept_from = ?
			WHERE id = ? AND account_id = ? AND state IN ('draft', 'submitted', 'question')`, []any{ms(now), id, accountID}})
		if err != nil {
			return err
		}
		return dropMaterials(ctx, tx, "appeal_id = ?", id)
	})
}

// dropMaterials erases materials with their parts, keys and readings.
func dropMaterials(ctx context.Context, tx *sqlx.Tx, which string, args ...any) error {
	const ids = "SELECT id FROM appeal_materials WHERE "
	for _, query := range []string{
		"DELETE FROM data_keys WHERE owner_id IN (" + ids + "…)", "DELETE FROM appeal_parts WHERE material_id IN (" + ids + "…)",
		"DELETE FROM appeal_readings WHERE material_id IN (" + ids + "…)", "DELETE FROM appeal_materials WHERE …",
	} {
		if _, err := tx.ExecContext(ctx, strings.Replace(query, "…", which, 1), args...); err != nil {
			return fmt.Errorf("erasing materials: %w", err)
		}
	}
	return nil
}

// dropAppeals erases appeals with everything of them.
func dropAppeals(ctx context.Context, tx *sqlx.Tx, which string, args ...any) error {
	const ids = "SELECT id FROM appeals WHERE "
	if err := dropMaterials(ctx, tx, "appeal_id IN ("+ids+which+")", args...); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM data_keys WHERE owner_id IN (" + ids + "…)", "DELETE FROM appeal_messages WHERE appeal_id IN (" + ids + "…)", "DELETE FROM appeals WHERE …",
	} {
		if _, err := tx.ExecContext(ctx, strings.Replace(query, "…", which, 1), args...); err != nil {
			return fmt.Errorf("erasing appeals: %w", err)
		}
	}
	return nil
}

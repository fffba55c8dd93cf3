package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ appeal.Store = (*Store)(nil)

// hasFailure reports whether a check of the account's verification v has a failure, or no tries left.
const hasFailure = `EXISTS (SELECT 1 FROM checks c WHERE c.verification_id = v.id AND (c.failure = ? OR c.state = 'failed' AND ? = 'tries_exhausted'))`

// OpenAppeal implements [appeal.Store].
func (s *Store) OpenAppeal(ctx context.Context, a appeal.Appeal, limit int, length time.Duration) (appeal.Appeal, bool, error) {
	var (
		opened  appeal.Appeal
		created bool
	)
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		opened, created = a, false
		if err := bindAppeal(ctx, tx, &opened); err != nil {
			return err
		}
		slot := opened.AccountID + "|" + opened.SubjectID + "|" + opened.Failure
		var existing appealRow
		err := tx.GetContext(ctx, &existing, selectAppeal+"WHERE x.open_slot = ? AND x.account_id = ?", slot, opened.AccountID)
		if err == nil {
			opened, err = s.wholeAppeal(ctx, tx, existing)
			return err
		}
		if !noRow(err) {
			return err
		}
		if _, err = reserve(ctx, tx, policy.Quota{Limit: limit, Window: length}, "appeals|"+a.AccountID, a.CreatedAt); err != nil {
			return err
		}
		created = true
		return s.insertAppeal(ctx, tx, &opened, slot)
	})
	if exhausted := new(verification.ExhaustedError); errors.As(err, &exhausted) {
		return appeal.Appeal{}, false, &appeal.LaterError{At: exhausted.NextAt}
	}
	if err != nil {
		return appeal.Appeal{}, false, fmt.Errorf("storing an appeal: %w", err)
	}
	return opened, created, nil
}

// bindAppeal finds the person of an appeal by the account's verification.
func bindAppeal(ctx context.Context, tx *sqlx.Tx, a *appeal.Appeal) error {
	if a.VerificationID == "" {
		return nil
	}
	var found struct {
		SubjectID string `db:"subject_id"`
		Seen      bool   `db:"seen"`
	}
	err := tx.GetContext(ctx, &found, "SELECT v.subject_id, "+hasFailure+" AS seen FROM verifications v WHERE v.id = ? AND v.account_id = ?",
		a.Failure, a.Failure, a.VerificationID, a.AccountID)
	switch {
	case noRow(err):
		return appeal.ErrNotFound
	case err != nil:
		return fmt.Errorf("reading the verification of an appeal: %w", err)
	case !found.Seen:
		return appeal.ErrNoFailure
	}
	a.SubjectID, a.Seen = found.SubjectID, true
	return nil
}

func (s *Store) insertAppeal(ctx context.Context, tx *sqlx.Tx, a *appeal.Appeal, slot string) (err error) {
	if a.ID, err = s.newID("apl_"); err != nil {
		return err
	}
	if _, err = s.newOwnerKey(ctx, tx, a.ID); err != nil {
		return err
	}
	row := appealState{
		ID: a.ID, AccountID: a.AccountID, SubjectID: a.SubjectID, VerificationID: a.VerificationID, Failure: a.Failure, Seen: flag(a.Seen), OpenSlot: slot,
		State: string(appeal.Draft), CreatedAt: ms(a.CreatedAt),
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO appeals (id, account_id, subject_id, verification_id, failure, seen, open_slot, state, created_at, kept_from, tag)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		row.ID, row.AccountID, row.SubjectID, row.VerificationID, row.Failure, row.Seen, row.OpenSlot, row.State, row.CreatedAt, row.CreatedAt, s.tag(row))
	return raced(err)
}

// Appeals implements [appeal.Store].
func (s *Store) Appeals(ctx context.Context, accountID string, limit int) ([]appeal.Appeal, error) {
	var rows []appealRow
	err := s.read.SelectContext(ctx, &rows, selectAppeal+"WHERE x.account_id = ? ORDER BY x.created_at DESC, x.id LIMIT ?", accountID, limit)
	if err != nil {
		return nil, fmt.Errorf("listing appeals: %w", err)
	}
	return s.withoutAltered(ctx, rows)
}

// Appeal implements [appeal.Store].
func (s *Store) Appeal(ctx context.Context, accountID, id string) (appeal.Appeal, error) {
	var row appealRow
	err := s.read.GetContext(ctx, &row, selectAppeal+"WHERE x.id = ? AND x.account_id = ?", id, accountID)
	if noRow(err) {
		return appeal.Appeal{}, appeal.ErrNotFound
	}
	if err != nil {
		return appeal.Appeal{}, fmt.Errorf("reading an appeal: %w", err)
	}
	return s.wholeAppeal(ctx, s.read, row)
}

// wholeAppeal adds messages and materials to an appeal that the caller may see.
func (s *Store) wholeAppeal(ctx context.Context, q querier, row appealRow) (appeal.Appeal, error) {
	if err := s.verify(ctx, q, row.appealState); err != nil {
		return appeal.Appeal{}, err
	}
	a, key, err := s.openAppeal(row)
	if err == nil {
		a.Messages, err = messagesOf(ctx, q, key, row.ID)
	}
	if err == nil {
		a.Materials, err = s.materialsOf(ctx, q, row.ID)
	}
	if err == nil {
		err = s.addReadings(ctx, q, key, row.ID, a.Materials)
	}
	return a, err
}

func messagesOf(ctx context.Context, q querier, key keyring.DataKey, appealID string) ([]appeal.Message, error) {
	var rows []messageRow
	err := q.SelectContext(ctx, &rows, "SELECT id, by_staff, text_cipher, at FROM appeal_messages WHERE appeal_id = ? ORDER BY number", appealID)
	if err != nil {
		return nil, fmt.Errorf("reading the messages of an appeal: %w", err)
	}
	messages := make([]appeal.Message, len(rows))
	for i, row := range rows {
		text, openErr := key.Open(messageAAD(row.ID), row.Text)
		if openErr != nil {
			return nil, openErr
		}
		messages[i] = appeal.Message{FromStaff: row.ByStaff != "", Text: identity.NewSecret(string(text)), At: fromMs(row.At)}
	}
	return messages, nil
}

func receivedOf(ctx context.Context, q querier, materialID string) ([]int, error) {
	received := []int{}
	err := q.SelectContext(ctx, &received, "SELECT number FROM appeal_parts WHERE material_id = ? AND copy_id = '' ORDER BY number", materialID)
	if err != nil {
		return nil, fmt.Errorf("reading which parts have arrived: %w", err)
	}
	return received, nil
}

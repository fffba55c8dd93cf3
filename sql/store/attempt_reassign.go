package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"renzheng/verification"
)

// Reassign implements [verification.AttemptStore].
func (s *Store) Reassign(ctx context.Context, from string, r verification.Reservation) error {
	a := r.Attempt
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		old, err := s.readAttempt(ctx, tx, a.ID)
		if err == nil {
			moved := old.attemptState
			moved.Provider = a.Provider
			err = missed(ctx, tx, old, exactlyOne(tx.ExecContext(ctx, `UPDATE attempts SET provider = ?, tag = ?
				WHERE id = ? AND session_id = ? AND subject_id = ? AND provider = ? AND state = 'open' AND provider_id IS NULL AND tag = ?`,
				a.Provider, s.tagAfter(old, moved), a.ID, a.SessionID, a.SubjectID, from, old.Tag)))
		}
		if errors.Is(err, errNotOne) {
			return verification.ErrConflict
		}
		if err != nil {
			return fmt.Errorf("moving the attempt: %w", err)
		}
		taken, err := readReserved(old.Budgets)
		if err != nil {
			return err
		}
		ofFirst := func(t reserved) bool { return t.Source == from }
		if err = change(ctx, tx, taken, ofFirst, giveBack); err != nil {
			return err
		}
		instead, err := s.reserveAll(ctx, tx, r)
		if err != nil {
			return err
		}
		quotas, err := json.Marshal(append(slices.DeleteFunc(taken, ofFirst), instead...))
		if err != nil {
			return fmt.Errorf("encoding quotas: %w", err)
		}
		_, err = tx.ExecContext(ctx, "UPDATE attempts SET budgets = ? WHERE id = ?", string(quotas), a.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("moving an attempt to another provider: %w", err)
	}
	return nil
}

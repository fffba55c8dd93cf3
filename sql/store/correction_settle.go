package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
)

var _ rights.OfficerStore = (*Store)(nil)

// CorrectionList returns requests for correction without the words of the persons, oldest first: those that are open, or all.
func (s *Store) CorrectionList(ctx context.Context, settled bool) ([]rights.Correction, error) { //nolint:revive // flag-parameter: a filter
	query := "SELECT " + correctionColumns + " FROM corrections x WHERE x.state = 'open' ORDER BY x.created_at, x.id"
	if settled {
		query = "SELECT " + correctionColumns + " FROM corrections x ORDER BY x.created_at, x.id"
	}
	var rows []correctionRow
	if err := s.read.SelectContext(ctx, &rows, query); err != nil {
		return nil, fmt.Errorf("listing requests for correction: %w", err)
	}
	found := make([]rights.Correction, len(rows))
	for i, row := range rows {
		found[i] = row.sealed()
	}
	return found, nil
}

// ReadCorrection returns a request with the words of the person, who is shown that they were read. That is recorded first
// (R51). Errors: rights.ErrNotFound.
func (s *Store) ReadCorrection(ctx context.Context, id, by string, now time.Time) (rights.Correction, error) {
	var c rights.Correction
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, "UPDATE corrections SET read_at = ?, read_by = ? WHERE id = ?", ms(now), []byte(by), id))
		if err != nil {
			return err
		}
		var row correctionRow
		if err = tx.GetContext(ctx, &row, `SELECT `+correctionColumns+`, k.wrapped FROM corrections x JOIN data_keys k ON k.owner_id = x.subject_id
			WHERE x.id = ?`, id); err != nil {
			return err
		}
		c, err = s.openCorrection(row)
		return err
	})
	if errors.Is(err, errNotOne) || noRow(err) {
		return rights.Correction{}, rights.ErrNotFound
	}
	if err != nil {
		return rights.Correction{}, fmt.Errorf("reading a request for correction: %w", err)
	}
	return c, nil
}

// SettleCorrection records the outcome of an open request. Errors: rights.ErrNotFound, also if it is settled already.
func (s *Store) SettleCorrection(ctx context.Context, x rights.Settlement) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, `UPDATE corrections SET state = 'settled', outcome = ?, settled_by = ?, settled_at = ?, kept_from = ?
			WHERE id = ? AND state = 'open' AND NOT EXISTS (SELECT 1 FROM subject_keys o WHERE o.subject_id = corrections.subject_id AND `+isOwnHash+")",
			string(x.Outcome), []byte(x.By), ms(x.At), ms(x.At), x.ID, ownHash(x.Member)))
		if errors.Is(err, errNotOne) {
			return isOwnCorrection(ctx, tx, x)
		}
		if err != nil {
			return err
		}
		var subjectID string
		if err = tx.GetContext(ctx, &subjectID, "SELECT subject_id FROM corrections WHERE id = ?", x.ID); err != nil {
			return err
		}
		key, err := s.ownerKey(ctx, tx, subjectID)
		if err != nil {
			return err
		}
		sealed, err := key.Seal(correctionAAD("ground_cipher", x.ID), []byte(x.Ground.Reveal()))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE corrections SET ground_cipher = ? WHERE id = ?", sealed, x.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("settling a request for correction: %w", err)
	}
	return nil
}

// isOwnCorrection returns why a request was not settled.
func isOwnCorrection(ctx context.Context, tx *sqlx.Tx, x rights.Settlement) error {
	var own int
	err := tx.GetContext(ctx, &own, `SELECT COUNT(*) FROM corrections x JOIN subject_keys o ON o.subject_id = x.subject_id
		WHERE x.id = ? AND `+isOwnHash, x.ID, ownHash(x.Member))
	if err != nil {
		return err
	}
	if own > 0 {
		return rights.ErrOwn
	}
	return rights.ErrNotFound
}

// SealedCorrection implements [rights.OfficerStore].
func (s *Store) SealedCorrection(ctx context.Context, id string) (rights.Correction, error) {
	var row correctionRow
	err := s.read.GetContext(ctx, &row, "SELECT "+correctionColumns+" FROM corrections x WHERE x.id = ?", id)
	if noRow(err) {
		return rights.Correction{}, rights.ErrNotFound
	}
	if err != nil {
		return rights.Correction{}, fmt.Errorf("finding a request for correction: %w", err)
	}
	return row.sealed(), nil
}

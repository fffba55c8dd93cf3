package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/retention"
)

var _ retention.HoldStore = (*Store)(nil)

// holdRow is a row of legal_holds.
type holdRow struct {
	ID       string `db:"id"`
	Kind     string `db:"kind"`
	OwnerID  string `db:"owner_id"`
	Registry string `db:"registry_id"`
	CaseID   string `db:"case_id"`
	SignerID string `db:"signer_id"`
	Ground   string `db:"ground"`
	PlacedBy string `db:"placed_by"`
	PlacedAt int64  `db:"placed_at"`
	LiftedBy string `db:"lifted_by"`
	LiftedAt int64  `db:"lifted_at"`
}

func (r holdRow) hold() retention.Hold {
	return retention.Hold{
		ID: r.ID, Kind: retention.HoldKind(r.Kind), OwnerID: r.OwnerID, Registry: r.Registry, CaseID: r.CaseID, SignerID: r.SignerID,
		Ground: r.Ground, PlacedBy: r.PlacedBy, PlacedAt: fromMs(r.PlacedAt), LiftedBy: r.LiftedBy, LiftedAt: fromMs(r.LiftedAt),
	}
}

const (
	findHeldCase    = "SELECT id FROM cases WHERE registry_id = ? AND case_id = ?"
	findHeldSubject = `SELECT t.subject_id FROM cases c JOIN todos t ON t.case_row = c.id
		WHERE c.registry_id = ? AND c.case_id = ? AND t.signer_id = ? ORDER BY t.revision DESC LIMIT 1`
	// countHold and the guards of erasures change the same row, so that one of the two waits for the other.
	countHold  = "UPDATE data_keys SET holds = holds + 1 WHERE owner_id = ?"
	insertHold = `INSERT INTO legal_holds (id, kind, owner_id, registry_id, case_id, signer_id, ground, placed_by, placed_at, lifted_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, x'')`
	endHold     = "UPDATE legal_holds SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at = 0"
	uncountHold = `UPDATE data_keys SET holds = holds - 1 WHERE holds > 0
		AND owner_id = (SELECT h.owner_id FROM legal_holds h WHERE h.id = ?)`
	// takeUnheld changes nothing. A case is also kept by a hold on a person whom it names.
	takeUnheld = `UPDATE data_keys SET holds = 0 WHERE owner_id = ? AND holds = 0 AND NOT EXISTS (SELECT 1 FROM legal_holds h
		JOIN todos t ON t.subject_id = h.owner_id WHERE h.lifted_at = 0 AND t.case_row = data_keys.owner_id)`
	// takeOwnUnheld changes nothing either. It asks for holds on the owner itself alone.
	takeOwnUnheld = "UPDATE data_keys SET holds = 0 WHERE owner_id = ? AND holds = 0"
	// resumeErasures makes the erasures due that a hold has kept.
	resumeErasures = `UPDATE erasures SET next_at = ? WHERE state = 'partly' AND EXISTS (SELECT 1 FROM legal_holds h WHERE h.id = ?
		AND (h.owner_id = erasures.subject_id OR EXISTS (SELECT 1 FROM todos t JOIN todos o ON o.case_row = t.case_row
			WHERE t.subject_id IN (erasures.subject_id, erasures.kept_id) AND h.owner_id IN (o.case_row, o.subject_id))))`
	listHolds = `SELECT id, kind, owner_id, registry_id, case_id, signer_id, ground, placed_by, placed_at, lifted_by, lifted_at
		FROM legal_holds`
)

// PlaceHold implements [retention.HoldStore].
func (s *Store) PlaceHold(ctx context.Context, h retention.Hold) (retention.Hold, error) {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		query, args := findHeldCase, []any{h.Registry, h.CaseID}
		if h.Kind == retention.HoldSubject {
			query, args = findHeldSubject, append(args, h.SignerID)
		}
		err := tx.GetContext(ctx, &h.OwnerID, query, args...)
		if noRow(err) {
			return retention.ErrUnknown
		}
		if err != nil {
			return err
		}
		err = exactlyOne(tx.ExecContext(ctx, countHold, h.OwnerID))
		if errors.Is(err, errNotOne) {
			return retention.ErrErased
		}
		if err == nil && h.ID == "" {
			h.ID, err = s.newID("hld_")
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, insertHold, h.ID, string(h.Kind), h.OwnerID, h.Registry, h.CaseID, h.SignerID,
			[]byte(h.Ground), []byte(h.PlacedBy), ms(h.PlacedAt))
		return repeated(err)
	})
	if err != nil {
		return retention.Hold{}, fmt.Errorf("placing a legal hold: %w", err)
	}
	return h, nil
}

// isUnheld reports whether no legal hold keeps the owner of a data key, which is a subject or a case. A hold on it that is
// placed at the same time changes the same row, so that one of the two waits for the other.
func isUnheld(ctx context.Context, tx *sqlx.Tx, ownerID string) (bool, error) {
	n, err := rowsMatched(tx.ExecContext(ctx, takeUnheld, ownerID))
	return n == 1, err
}

// isHeld reports whether a legal hold keeps one of some owners of data keys: subjects or cases. A hold that is placed at the same time
// changes the same row, so that one of the two waits for the other.
func isHeld(ctx context.Context, tx *sqlx.Tx, owners ...string) (bool, error) {
	for _, id := range owners {
		n, err := rowsMatched(tx.ExecContext(ctx, takeOwnUnheld, id))
		if err == nil && n == 0 {
			err = keyGone(ctx, tx, id) // one that was erased has no holds
		}
		if errors.Is(err, errKept) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// LiftHold implements [retention.HoldStore].
func (s *Store) LiftHold(ctx context.Context, id, by string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, endHold, ms(now), []byte(by), id))
		if errors.Is(err, errNotOne) {
			return retention.ErrUnknown
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, uncountHold, id)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, resumeErasures, ms(now), id)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("lifting a legal hold: %w", err)
	}
	return nil
}

// Holds implements [retention.HoldStore].
func (s *Store) Holds(ctx context.Context, ended bool) ([]retention.Hold, error) { //nolint:revive // flag-parameter: a filter
	query := listHolds + " WHERE lifted_at = 0 ORDER BY placed_at, id"
	if ended {
		query = listHolds + " ORDER BY placed_at, id"
	}
	var rows []holdRow
	if err := s.read.SelectContext(ctx, &rows, query); err != nil {
		return nil, fmt.Errorf("listing legal holds: %w", err)
	}
	holds := make([]retention.Hold, len(rows))
	for i, row := range rows {
		holds[i] = row.hold()
	}
	return holds, nil
}

// held returns [retention.ErrHeld] instead of errKept.
func held(err error) error {
	if errors.Is(err, errKept) {
		return retention.ErrHeld
	}
	return err
}

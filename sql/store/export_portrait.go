package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/verification"
	"renzheng/verification/policy"
)

// CopyPortrait implements [rights.CopyStore].
func (s *Store) CopyPortrait(ctx context.Context, v rights.Viewer, id string, now time.Time) ([]byte, error) {
	var row struct {
		Cipher  []byte `db:"picture_cipher"`
		Wrapped []byte `db:"wrapped"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT p.picture_cipher, k.wrapped FROM grants g JOIN portraits p ON p.subject_id = g.subject_id
		JOIN data_keys k ON k.owner_id = p.id WHERE `+liveGrant+` AND p.id = ?`, append(viewerArgs(v, now), id)...)
	if noRow(err) {
		return nil, rights.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("reading a portrait: %w", err)
	}
	return s.openPicture(id, row.Cipher, row.Wrapped)
}

// ReserveCopy implements [rights.CopyStore].
func (s *Store) ReserveCopy(ctx context.Context, accountID string, limit int, length time.Duration, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := reserve(ctx, tx, policy.Quota{Limit: limit, Window: length}, "copies|"+accountID, now)
		return err
	})
	if exhausted := new(verification.ExhaustedError); errors.As(err, &exhausted) {
		return &rights.LaterError{At: exhausted.NextAt}
	}
	if err != nil {
		return fmt.Errorf("reserving a copy: %w", err)
	}
	return nil
}

package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/verification"
	"renzheng/verification/policy"
)

var _ rights.CorrectionStore = (*Store)(nil)

// correctionRow is a row of corrections, with the wrapped data key of its subject.
type correctionRow struct {
	ID        string `db:"id"`
	SubjectID string `db:"subject_id"`
	Field     string `db:"field"`
	Text      []byte `db:"text_cipher"`
	Ground    []byte `db:"ground_cipher"`
	State     string `db:"state"`
	Outcome   string `db:"outcome"`
	CreatedAt int64  `db:"created_at"`
	ReadAt    int64  `db:"read_at"`
	SettledAt int64  `db:"settled_at"`
	Wrapped   []byte `db:"wrapped"`
}

const correctionColumns = "x.id, x.subject_id, x.field, x.text_cipher, x.ground_cipher, x.state, x.outcome, x.created_at, x.read_at, x.settled_at"

func correctionAAD(column, id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "corrections", Column: column, Row: id}
}

// sealed returns the request without what is encrypted.
func (r correctionRow) sealed() rights.Correction {
	return rights.Correction{
		ID: r.ID, Field: rights.CorrectionField(r.Field), State: rights.CorrectionState(r.State), Outcome: rights.CorrectionOutcome(r.Outcome),
		CreatedAt: fromMs(r.CreatedAt), ReadAt: fromMs(r.ReadAt), SettledAt: fromMs(r.SettledAt),
	}
}

// open returns the whole request.
func (s *Store) openCorrection(r correctionRow) (rights.Correction, error) {
	c := r.sealed()
	key, err := s.unwrap(r.SubjectID, r.Wrapped)
	if err != nil {
		return c, err
	}
	text, err := key.Open(correctionAAD("text_cipher", r.ID), r.Text)
	c.Text = identity.NewSecret(string(text))
	if err == nil && len(r.Ground) > 0 {
		var ground []byte
		ground, err = key.Open(correctionAAD("ground_cipher", r.ID), r.Ground)
		c.Ground = identity.NewSecret(string(ground))
	}
	return c, err
}

const insertCorrection = `INSERT INTO corrections (id, subject_id, account_id, field, text_cipher, state, created_at, kept_from)
	SELECT ?, g.subject_id, g.account_id, ?, ?, 'open', ?, ? FROM grants g WHERE ` + liveGrant

// RequestCorrection implements [rights.CorrectionStore].
func (s *Store) RequestCorrection(
	ctx context.Context, v rights.Viewer, c rights.Correction, limit int, length time.Duration,
) (rights.Correction, error) {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		_, err := reserve(ctx, tx, policy.Quota{Limit: limit, Window: length}, "corrections|"+v.AccountID, c.CreatedAt)
		if err == nil {
			c.ID, err = s.newID("cor_")
		}
		if err != nil {
			return err
		}
		key, err := s.ownerKey(ctx, tx, v.SubjectID)
		if err != nil {
			return err
		}
		text, err := key.Seal(correctionAAD("text_cipher", c.ID), []byte(c.Text.Reveal()))
		if err != nil {
			return err
		}
		at := ms(c.CreatedAt)
		return exactlyOne(tx.ExecContext(ctx, insertCorrection, append([]any{c.ID, string(c.Field), text, at, at}, viewerArgs(v, c.CreatedAt)...)...))
	})
	exhausted := new(verification.ExhaustedError)
	switch {
	case errors.As(err, &exhausted):
		return rights.Correction{}, &rights.LaterError{At: exhausted.NextAt}
	case errors.Is(err, errNotOne), errors.Is(err, errErased):
		return rights.Correction{}, rights.ErrNoAccess
	case err != nil:
		return rights.Correction{}, fmt.Errorf("storing a request for correction: %w", err)
	}
	return c, nil
}

// Corrections implements [rights.CorrectionStore].
func (s *Store) Corrections(ctx context.Context, v rights.Viewer, now time.Time, limit int) ([]rights.Correction, error) {
	var rows []correctionRow
	err := s.read.SelectContext(ctx, &rows, `SELECT `+correctionColumns+`, k.wrapped FROM grants g JOIN corrections x ON x.subject_id = g.subject_id
		JOIN data_keys k ON k.owner_id = x.subject_id WHERE `+liveGrant+` ORDER BY x.created_at DESC, x.id LIMIT ?`, append(viewerArgs(v, now), limit)...)
	if err != nil {
		return nil, fmt.Errorf("listing requests for correction: %w", err)
	}
	found := make([]rights.Correction, len(rows))
	for i, row := range rows {
		if found[i], err = s.openCorrection(row); err != nil {
			return nil, err
		}
	}
	return found, nil
}

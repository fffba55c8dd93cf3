package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appeal"
	"renzheng/keyring"
)

// readingRow is a row of appeal_readings. What is sealed is among the columns of its tag: emptied, it would not be noticed otherwise,
// and a photo would have no warnings.
type readingRow struct {
	MaterialID  string       `db:"material_id"`
	AppealID    string       `db:"appeal_id"`
	State       string       `db:"state"`
	Reading     sealedColumn `db:"reading_cipher"`
	Correction  sealedColumn `db:"correction_cipher"`
	AskedAt     int64        `db:"asked_at"`
	ConfirmedAt int64        `db:"confirmed_at"`
	Tag         rowTag       `db:"tag"`
}

const readingColumns = "r.material_id, r.appeal_id, r.state, r.reading_cipher, r.correction_cipher, r.asked_at, r.confirmed_at, r.tag"

func (r readingRow) place() AlteredError { return AlteredError{"appeal_readings", r.MaterialID} }

func (r readingRow) stored() []byte { return r.Tag }

func (r readingRow) content() keyring.TagContent {
	return keyring.NewTagContent("appeal_readings").Text(r.MaterialID, r.AppealID, r.State, string(r.Reading), string(r.Correction)).
		Number(r.AskedAt, r.ConfirmedAt)
}

// newReading returns the row of a photo that is claimed.
func newReading(m appeal.Material, at time.Time) readingRow {
	return readingRow{MaterialID: m.ID, AppealID: m.AppealID, State: string(appeal.Asking), AskedAt: ms(at)}
}

// changeReading changes the reading of a photo whose appeal the transaction has changed before, and renews its tag. Errors: *AlteredError,
// appeal.ErrNotOpen if there is no reading, and that of change.
func (s *Store) changeReading(ctx context.Context, tx *sqlx.Tx, m appeal.Material, change func(*readingRow) error) error {
	var old readingRow
	err := tx.GetContext(ctx, &old, "SELECT "+readingColumns+" FROM appeal_readings r WHERE r.material_id = ? AND r.appeal_id = ?", m.ID, m.AppealID)
	if noRow(err) {
		return appeal.ErrNotOpen
	}
	if err != nil {
		return fmt.Errorf("reading what was read in a photo: %w", err)
	}
	next := old
	if err = s.verify(ctx, tx, old); err == nil {
		err = change(&next)
	}
	if err != nil {
		return err
	}
	return s.putReading(ctx, tx, old, next)
}

// putReading stores the next state of a reading that is still as it was read. Errors: errRace.
func (s *Store) putReading(ctx context.Context, tx *sqlx.Tx, old, next readingRow) error {
	err := exactlyOne(tx.ExecContext(ctx, `UPDATE appeal_readings SET state = ?, reading_cipher = ?, correction_cipher = ?, confirmed_at = ?, tag = ?
		WHERE material_id = ? AND state = ? AND asked_at = ? AND tag = ?`,
		next.State, next.Reading, next.Correction, next.ConfirmedAt, rowTag(s.tagAfter(old, next)), old.MaterialID, old.State, old.AskedAt, old.Tag))
	if errors.Is(err, errNotOne) {
		return errRace
	}
	return err
}

package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// eraseAppointments deletes what is booked by an account, and frees its place.
func eraseAppointments(ctx context.Context, tx *sqlx.Tx, accountID string) error {
	row, err := openAppointment(ctx, tx, accountID)
	switch {
	case noRow(err):
		err = nil
	case err == nil:
		err = eraseBooked(ctx, tx, row)
	}
	if err == nil {
		err = execAll(ctx, tx, []string{
			"UPDATE queue_calls SET open_desk = id, open_member = id WHERE number_id IN (SELECT id FROM queue_numbers WHERE account_id = ?)",
			"DELETE FROM queue_numbers WHERE account_id = ?", "DELETE FROM appointments WHERE account_id = ?",
		}, accountID)
	}
	if err != nil {
		return fmt.Errorf("deleting the appointments of an account: %w", err)
	}
	return nil
}

// eraseBooked deletes a booked appointment and frees its place. Whoever cancelled or moved it since it was read has freed that
// place, which must not be freed twice.
func eraseBooked(ctx context.Context, tx *sqlx.Tx, row appointmentRow) error {
	err := exactlyOne(tx.ExecContext(ctx, "DELETE FROM appointments WHERE id = ? AND account_id = ? AND state = 'booked' AND starts_at = ?",
		row.ID, row.AccountID, row.StartsAt))
	if errors.Is(err, errNotOne) {
		return errRace
	}
	if err == nil {
		err = freePlace(ctx, tx, row.Office, row.slot())
	}
	return err
}

package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/appointment"
)

// scopeOfMissed is the scope of the counter of what an account missed before it was erased.
func scopeOfMissed(accountID string) string { return "missed|" + accountID }

// keepMissed counts what an account has missed, so that nobody can book again by being erased. Of each only the number and of the last when
// it ended are kept, for as long as it counts.
func keepMissed(ctx context.Context, tx *sqlx.Tx, accountID string, now time.Time) error {
	var row struct {
		N    int   `db:"n"`
		Last int64 `db:"last_at"`
	}
	err := tx.GetContext(ctx, &row, `SELECT COUNT(*) AS n, COALESCE(MAX(x.ends_at), 0) AS last_at FROM appointments x
		WHERE x.account_id = ? AND x.state = 'missed' AND x.ends_at > ?`, accountID, ms(now.Add(-appointment.MissWindow)))
	if err != nil || row.N == 0 {
		return err
	}
	ends := ms(fromMs(row.Last).Add(appointment.MissWindow))
	// used comes first: MySQL assigns from left to right and would see the new end.
	matched, err := rowsMatched(tx.ExecContext(ctx, `UPDATE budgets SET used = CASE WHEN ends_at <= ? THEN ? ELSE used + ? END,
		ends_at = CASE WHEN ends_at < ? THEN ? ELSE ends_at END WHERE scope = ?`, ms(now), row.N, row.N, ends, ends, scopeOfMissed(accountID)))
	if err == nil && matched == 0 {
		_, err = tx.ExecContext(ctx, "INSERT INTO budgets (scope, used, ends_at) VALUES (?, ?, ?)", scopeOfMissed(accountID), row.N, ends)
		err = raced(err)
	}
	return err
}

// hasMissed reports whether something that an erased account missed still counts. Until then its id and look-up hashes stay.
func hasMissed(ctx context.Context, tx *sqlx.Tx, accountID string, now time.Time) (bool, error) {
	var counts bool
	err := tx.GetContext(ctx, &counts, "SELECT EXISTS (SELECT 1 FROM budgets WHERE scope = ? AND ends_at > ?)", scopeOfMissed(accountID), ms(now))
	return counts, err
}

// eraseAppointments deletes what is booked by an account, and frees its place.
func eraseAppointments(ctx context.Context, tx *sqlx.Tx, accountID string, now time.Time) error {
	if err := keepMissed(ctx, tx, accountID, now); err != nil {
		return fmt.Errorf("counting the missed appointments of an account: %w", err)
	}
	row, err := openAppointment(ctx, tx, accountID)
	switch {
	case noRow(err):
		err = nil
	case err == nil:
		err = eraseBooked(ctx, tx, row)
	}
	if err == nil {
		err = execAll(ctx, tx, []string{"DELETE FROM queue_numbers WHERE account_id = ?", "DELETE FROM appointments WHERE account_id = ?"}, accountID)
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

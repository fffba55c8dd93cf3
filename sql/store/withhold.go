package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/rights"
	"renzheng/staff"
)

const (
	// withheldNow excludes the fetches f that are not to be seen yet.
	withheldNow     = ` AND NOT EXISTS (SELECT 1 FROM withheld_accesses w WHERE w.confirmation_id = f.confirmation_id AND w.until > ?)`
	answersOfSigner = `SELECT c.id, CASE WHEN w.confirmation_id IS NULL THEN 0 ELSE 1 END AS withheld, COALESCE(w.form_id, '') AS form_id FROM cases k
		JOIN todos t ON t.case_row = k.id AND t.signer_id = ? JOIN confirmations c ON c.todo_id = t.id
		LEFT JOIN withheld_accesses w ON w.confirmation_id = c.id WHERE k.registry_id = ? AND k.case_id = ?`
	insertWithheld = "INSERT INTO withheld_accesses (confirmation_id, form_id, ground, placed_by, placed_at, until) VALUES (?, ?, ?, ?, ?, ?)"
	listWithheld   = `SELECT c.registry_id, c.case_id, c.signer_id, w.confirmation_id, w.ground, w.placed_by, w.placed_at, w.until
		FROM withheld_accesses w JOIN confirmations c ON c.id = w.confirmation_id ORDER BY w.placed_at, w.confirmation_id`
)

// Withhold delays that a signer sees who fetched their answers in a case, and returns how many answers these are. An answer that
// is or was withheld stays as it is.
//
// Errors: rights.ErrNotFound if there is no answer, rights.ErrWithheld if there is none that was not withheld, staff.ErrRepeated if the
// same form withheld them before.
func (s *Store) Withhold(ctx context.Context, w rights.Withholding) (int, error) {
	var withheld int
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		withheld = 0
		var answers []struct {
			ID       string `db:"id"`
			Withheld bool   `db:"withheld"`
			FormID   string `db:"form_id"`
		}
		if err := tx.SelectContext(ctx, &answers, answersOfSigner, w.SignerID, w.RegistryID, w.CaseID); err != nil {
			return err
		}
		if len(answers) == 0 {
			return rights.ErrNotFound
		}
		for _, a := range answers {
			if a.Withheld && w.FormID != "" && a.FormID == w.FormID {
				return staff.ErrRepeated
			}
			if a.Withheld {
				continue
			}
			_, err := tx.ExecContext(ctx, insertWithheld, a.ID, w.FormID, []byte(w.Ground), []byte(w.PlacedBy), ms(w.PlacedAt), ms(w.Until))
			if isDuplicate(err) {
				return errRace // somebody else withheld it meanwhile, or the same form did
			}
			if err != nil {
				return err
			}
			withheld++
		}
		if withheld == 0 {
			return rights.ErrWithheld
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("withholding accesses: %w", err)
	}
	return withheld, nil
}

// Withholdings returns all delays, oldest first.
func (s *Store) Withholdings(ctx context.Context) ([]rights.Withholding, error) {
	var rows []struct {
		RegistryID     string `db:"registry_id"`
		CaseID         string `db:"case_id"`
		SignerID       string `db:"signer_id"`
		ConfirmationID string `db:"confirmation_id"`
		Ground         string `db:"ground"`
		PlacedBy       string `db:"placed_by"`
		PlacedAt       int64  `db:"placed_at"`
		Until          int64  `db:"until"`
	}
	if err := s.read.SelectContext(ctx, &rows, listWithheld); err != nil {
		return nil, fmt.Errorf("listing withheld accesses: %w", err)
	}
	found := make([]rights.Withholding, len(rows))
	for i, r := range rows {
		found[i] = rights.Withholding{
			RegistryID: r.RegistryID, CaseID: r.CaseID, SignerID: r.SignerID, ConfirmationID: r.ConfirmationID,
			Ground: r.Ground, PlacedBy: r.PlacedBy, PlacedAt: fromMs(r.PlacedAt), Until: fromMs(r.Until),
		}
	}
	return found, nil
}

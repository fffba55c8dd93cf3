package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/rights"
	"renzheng/todo"
)

// scanAAD binds a page to its answer and its place: all answers of a case have one key, and a row that is moved to another of them
// would be shown to the wrong person.
func scanAAD(confirmationID string, page int) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "answer_scans", Column: "picture_cipher", Row: confirmationID + "/" + strconv.Itoa(page)}
}

// putScan stores the pages of a signed paper under the case's key, as the handwriting of other answers is.
func (s *Store) putScan(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, c todo.Confirmation) error {
	for i, page := range c.Scan {
		id, err := s.newID("scn_")
		if err != nil {
			return err
		}
		cipher, err := key.Seal(scanAAD(c.ID, i+1), page)
		if err != nil {
			return err
		}
		err = insertRows(ctx, tx, "INSERT INTO answer_scans (id, confirmation_id, page, picture_cipher)", [][]any{{id, c.ID, i + 1, cipher}})
		if err != nil {
			return fmt.Errorf("storing a page of a signed paper: %w", err)
		}
	}
	return nil
}

// scanPage is a row of answer_scans.
type scanPage struct {
	Page   int    `db:"page"`
	Cipher []byte `db:"picture_cipher"`
}

// readScan returns the pages of the signed paper of an answer, in their order.
func readScan(ctx context.Context, q querier, key keyring.DataKey, confirmationID string) ([][]byte, error) {
	var rows []scanPage
	err := q.SelectContext(ctx, &rows, "SELECT page, picture_cipher FROM answer_scans WHERE confirmation_id = ? ORDER BY page", confirmationID)
	if err != nil {
		return nil, fmt.Errorf("reading a signed paper: %w", err)
	}
	var pages [][]byte
	for _, row := range rows {
		page, err := key.Open(scanAAD(confirmationID, row.Page), row.Cipher)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// CopyScan implements [rights.CopyStore].
func (s *Store) CopyScan(ctx context.Context, v rights.Viewer, id string, now time.Time) ([]byte, error) {
	var row struct {
		scanPage

		Answer  string `db:"confirmation_id"`
		CaseRow string `db:"case_row"`
		Wrapped []byte `db:"wrapped"`
	}
	err := s.read.GetContext(ctx, &row, `SELECT x.page, x.picture_cipher, x.confirmation_id, c.case_row, k.wrapped`+ofAnswers+`JOIN answer_scans x ON x.confirmation_id = c.id
		JOIN data_keys k ON k.owner_id = c.case_row WHERE `+liveGrant+` AND x.id = ?`, append(viewerArgs(v, now), id)...)
	if noRow(err) {
		return nil, rights.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("reading a page of a signed paper: %w", err)
	}
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return nil, err
	}
	return key.Open(scanAAD(row.Answer, row.Page), row.Cipher)
}

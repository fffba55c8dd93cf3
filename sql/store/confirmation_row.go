package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/keyring"
	"renzheng/todo"
)

// confirmationRow is a row of confirmations with its todo's headline and the case's wrapped data key. Queries choose
// their columns; what is not read stays sealed or empty.
type confirmationRow struct {
	ID             string         `db:"id"`
	TodoID         string         `db:"todo_id"`
	CaseRow        string         `db:"case_row"`
	RegistryID     string         `db:"registry_id"`
	CaseID         string         `db:"case_id"`
	SignerID       string         `db:"signer_id"`
	SubjectID      string         `db:"subject_id"`
	AccountID      string         `db:"account_id"`
	VerificationID sql.NullString `db:"verification_id"`
	Revision       int64          `db:"revision"`
	ContentDigest  string         `db:"content_digest"`
	Decision       string         `db:"decision"`
	Reason         string         `db:"reason"`
	Receipt        string         `db:"receipt"`
	Openings       []byte         `db:"openings_cipher"`
	Strokes        []byte         `db:"strokes_cipher"`
	PortraitID     string         `db:"portrait_id"`
	AnsweredAt     int64          `db:"answered_at"`
	Headline       []byte         `db:"headline_cipher"`
	Wrapped        []byte         `db:"wrapped"`
}

// confirmationHead is what a list of answers shows; a single answer adds confirmationBody.
const (
	confirmationHead = `c.id, c.todo_id, c.case_row, c.registry_id, c.case_id, c.signer_id, c.subject_id, c.account_id,
		c.verification_id, c.revision, c.content_digest, c.decision, c.reason, c.receipt, c.portrait_id, c.answered_at`
	confirmationBody = `c.openings_cipher, c.strokes_cipher`

	// confirmationsOf joins what opening an answer needs. An erased case has no data key.
	confirmationsOf = ` confirmations c JOIN todos t ON t.id = c.todo_id LEFT JOIN data_keys d ON d.owner_id = c.case_row `
)

func confirmationAAD(column, id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "confirmations", Column: column, Row: id}
}

// erased reports whether what was personal in the answer is erased.
func (r confirmationRow) erased() bool { return len(r.Wrapped) == 0 || len(r.Headline) == 0 }

// sealed returns the answer without anything that is encrypted.
func (r confirmationRow) sealed() todo.Confirmation {
	return todo.Confirmation{
		ID: r.ID, TodoID: r.TodoID, CaseRow: r.CaseRow, RegistryID: r.RegistryID, CaseID: r.CaseID, SignerID: r.SignerID,
		SubjectID: r.SubjectID, AccountID: r.AccountID, VerificationID: r.VerificationID.String, Revision: r.Revision,
		ContentDigest: r.ContentDigest, Decision: todo.Decision(r.Decision), Reason: todo.DeclineReason(r.Reason),
		Receipt: r.Receipt, PortraitID: r.PortraitID, AnsweredAt: fromMs(r.AnsweredAt), Erased: r.erased(),
	}
}

// open returns the answer, without openings and strokes where those were not read.
func (r confirmationRow) open(key keyring.DataKey) (todo.Confirmation, error) {
	c := r.sealed()
	var err error
	if _, c.Headline, err = openHeadline(key, r.TodoID, r.Headline); err != nil {
		return todo.Confirmation{}, err
	}
	if r.Openings != nil {
		if err = openJSON(key, confirmationAAD("openings_cipher", r.ID), r.Openings, &c.Openings); err != nil {
			return todo.Confirmation{}, err
		}
	}
	if r.Strokes != nil {
		c.Strokes, err = key.Open(confirmationAAD("strokes_cipher", r.ID), r.Strokes)
	}
	return c, err
}

// getConfirmation reads one answer by a query over confirmationsOf.
func (s *Store) getConfirmation(ctx context.Context, q querier, query string, args ...any) (todo.Confirmation, error) {
	var row confirmationRow
	err := q.GetContext(ctx, &row, query, args...)
	if noRow(err) {
		return todo.Confirmation{}, todo.ErrNotFound
	}
	if err != nil {
		return todo.Confirmation{}, fmt.Errorf("reading a confirmation: %w", err)
	}
	if row.erased() {
		return row.sealed(), nil
	}
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return todo.Confirmation{}, err
	}
	return row.open(key)
}

const insertConfirmation = `INSERT INTO confirmations (id, todo_id, case_row, registry_id, case_id, signer_id, subject_id,
	account_id, verification_id, revision, content_digest, decision, reason, receipt, openings_cipher, strokes_cipher,
	portrait_id, answered_at, grant_id)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// putConfirmation inserts an answer under its case's key; that the todo has one already is ErrAnswered.
func putConfirmation(ctx context.Context, tx *sqlx.Tx, key keyring.DataKey, c todo.Confirmation) error {
	openings, err := sealJSON(key, confirmationAAD("openings_cipher", c.ID), c.Openings)
	if err != nil {
		return err
	}
	var strokes []byte
	if c.Strokes != nil {
		if strokes, err = key.Seal(confirmationAAD("strokes_cipher", c.ID), c.Strokes); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, insertConfirmation, c.ID, c.TodoID, c.CaseRow, c.RegistryID, c.CaseID, c.SignerID,
		c.SubjectID, c.AccountID, sql.NullString{String: c.VerificationID, Valid: c.VerificationID != ""}, c.Revision,
		c.ContentDigest, string(c.Decision), string(c.Reason), c.Receipt, openings, strokes, c.PortraitID, ms(c.AnsweredAt), c.GrantID)
	if isDuplicate(err) {
		return todo.ErrAnswered
	}
	if err != nil {
		return fmt.Errorf("inserting a confirmation: %w", err)
	}
	return nil
}

package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/todo"
)

var _ todo.ReportStore = (*Store)(nil)

// putReport stores the report of an answer for a reviewer, and the event by which its registry learns of it.
func putReport(ctx context.Context, tx *sqlx.Tx, a todo.Answer) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO impersonation_reports (confirmation_id, registry_id, state, created_at, kept_from)
		VALUES (?, ?, 'open', ?, ?)`, a.Confirmation.ID, a.Confirmation.RegistryID, ms(a.Now), ms(a.Now))
	if err != nil {
		return fmt.Errorf("storing a report: %w", err)
	}
	return insertEvents(ctx, tx, a.Report)
}

type reportRow struct {
	ConfirmationID string `db:"confirmation_id"`
	RegistryID     string `db:"registry_id"`
	CaseID         string `db:"case_id"`
	SignerID       string `db:"signer_id"`
	State          string `db:"state"`
	Outcome        string `db:"outcome"`
	CreatedAt      int64  `db:"created_at"`
	SettledAt      int64  `db:"settled_at"`
}

// Reports implements [todo.ReportStore].
func (s *Store) Reports(ctx context.Context, state todo.ReportState, limit int) ([]todo.Report, error) {
	var rows []reportRow
	err := s.read.SelectContext(ctx, &rows, `SELECT r.confirmation_id, r.registry_id, c.case_id, c.signer_id, r.state, r.outcome, r.created_at, r.settled_at
		FROM impersonation_reports r JOIN confirmations c ON c.id = r.confirmation_id WHERE r.state = ?
		ORDER BY r.created_at, r.confirmation_id LIMIT ?`, string(state), limit)
	if err != nil {
		return nil, fmt.Errorf("listing reports: %w", err)
	}
	found := make([]todo.Report, len(rows))
	for i, r := range rows {
		found[i] = todo.Report{
			ConfirmationID: r.ConfirmationID, RegistryID: r.RegistryID, CaseID: r.CaseID, SignerID: r.SignerID,
			State: todo.ReportState(r.State), Outcome: todo.ReportOutcome(r.Outcome), CreatedAt: fromMs(r.CreatedAt), SettledAt: fromMs(r.SettledAt),
		}
	}
	return found, nil
}

const settleReport = `UPDATE impersonation_reports SET state = 'settled', outcome = ?, settled_by = ?, settled_at = ?, kept_from = ?
	WHERE confirmation_id = ? AND state = 'open' AND NOT EXISTS (` + reportOwner + `)`

// reportOwner finds the document of the person who reports, if it is the member's own.
const reportOwner = `SELECT 1 FROM confirmations c JOIN subject_keys o ON o.subject_id = c.subject_id WHERE c.id = ? AND ` + isOwnHash

// SettleReport implements [todo.ReportStore].
func (s *Store) SettleReport(ctx context.Context, r todo.ReportSettlement) error {
	own := r.Own
	if len(own) == 0 {
		own = []byte{0} // which no stored hash equals
	}
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		err := exactlyOne(tx.ExecContext(ctx, settleReport, string(r.Outcome), r.By, ms(r.At), ms(r.At), r.ConfirmationID, r.ConfirmationID, own))
		if err != nil {
			return err
		}
		return s.recordReview(ctx, tx, r.Entry)
	})
	if err == nil {
		return nil
	}
	if !errors.Is(err, errNotOne) {
		return fmt.Errorf("settling a report: %w", err)
	}
	var isOwn bool // says why; the update decided
	if err = s.read.GetContext(ctx, &isOwn, "SELECT EXISTS ("+reportOwner+")", r.ConfirmationID, own); err != nil {
		return fmt.Errorf("reading whose report it is: %w", err)
	}
	if isOwn {
		return todo.ErrReportOwn
	}
	return todo.ErrConflict
}

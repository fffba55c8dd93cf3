package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"renzheng/identity"
	"renzheng/window"
)

// TicketOf implements [window.TraceStore].
func (s *Store) TicketOf(ctx context.Context, l window.Lookup, code string) (window.Ticket, []window.Trace, error) {
	var row ticketRow
	var tried []window.Trace
	err := s.lookUp(ctx, l, typedMiss{"no_such_ticket", []string{"ticket", code}}, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &row, "SELECT "+ticketColumns+" FROM support_tickets t WHERE t.code = ? AND t.expires_at > ?", code, ms(l.Now))
		if noRow(err) {
			return window.ErrNotFound
		}
		if err == nil {
			tried, err = s.ticketTraces(ctx, tx, l.Act, row)
		}
		return err
	})
	return window.Ticket{
		ID: row.ID, Channel: row.Channel, DocumentType: identity.DocumentType(row.DocumentType), Failure: row.Failure,
		Purpose: row.Purpose, CreatedAt: fromMs(row.CreatedAt),
	}, tried, visited("tracing a ticket", err)
}

// ticketTraces records the access of the persons of a ticket's account and returns what they tried.
func (s *Store) ticketTraces(ctx context.Context, tx *sqlx.Tx, a window.Act, t ticketRow) ([]window.Trace, error) {
	var rows []verificationTraceRow
	err := tx.SelectContext(ctx, &rows, "SELECT "+tracedColumns+` FROM verifications WHERE account_id = ? AND created_at > ?
		ORDER BY created_at DESC, id LIMIT ?`, t.AccountID, ms(a.Now.Add(-tracedFor)), maxTraced)
	if err == nil {
		err = s.recordTried(ctx, tx, a, t.ID, personsOf(rows))
	}
	if err != nil {
		return nil, err
	}
	return traces(ctx, tx, rows)
}

// SignersOf implements [window.TraceStore].
func (s *Store) SignersOf(ctx context.Context, l window.Lookup, registryID, caseID string) ([]window.Signer, error) {
	var id string
	err := s.lookUp(ctx, l, typedMiss{"no_such_case", []string{"case", registryID, caseID}}, func(tx *sqlx.Tx) error {
		var err error
		id, err = findCase(ctx, tx, registryID, caseID)
		return err
	})
	if err != nil {
		return nil, visited("finding a case", err)
	}
	var rows []todoState
	err = s.read.SelectContext(ctx, &rows, "SELECT "+todoColumns+` FROM todos t WHERE t.case_row = ? AND NOT EXISTS (
		SELECT 1 FROM todos n WHERE n.case_row = t.case_row AND n.signer_id = t.signer_id AND n.revision > t.revision) ORDER BY t.signer_id`, id)
	if err != nil {
		return nil, fmt.Errorf("listing the signers of a case: %w", err)
	}
	signers := make([]window.Signer, len(rows))
	for i, row := range rows {
		if err = s.verify(ctx, s.read, row); err != nil {
			return nil, err
		}
		signers[i] = window.Signer{SignerID: row.SignerID, State: row.State, ExpiresAt: fromMs(row.ExpiresAt)}
	}
	return signers, nil
}

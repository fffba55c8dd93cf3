package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"renzheng/operations"
)

var _ operations.TicketStore = (*Store)(nil)

// listedTicket is a ticket as an operator sees it.
type listedTicket struct {
	ticketRow

	AnsweredAt int64 `db:"answered_at"`
	Contacts   int   `db:"contacts"` // this and the next one only if it is read alone
	AttachedAt int64 `db:"attached_at"`
}

const (
	listedTickets = "SELECT " + ticketColumns + ", t.answered_at FROM support_tickets t WHERE t.expires_at > ?"
	oneTicket     = "SELECT " + ticketColumns + `, t.answered_at, (SELECT COUNT(*) FROM support_contacts c WHERE c.ticket_id = t.id) AS contacts,
		(SELECT COALESCE(MAX(c.scanned_at), 0) FROM support_contacts c WHERE c.ticket_id = t.id) AS attached_at FROM support_tickets t WHERE t.expires_at > ? AND t.id = ?`
)

func (r listedTicket) listed() operations.Ticket {
	return operations.Ticket{
		ID: r.ID, Code: r.Code, Channel: r.Channel, DocumentType: r.DocumentType, Failure: r.Failure, Purpose: r.Purpose, Language: r.Language,
		State: r.State, Contacts: r.Contacts, CreatedAt: fromMs(r.CreatedAt), AttachedAt: fromMs(r.AttachedAt), AnsweredAt: fromMs(r.AnsweredAt), ExpiresAt: fromMs(r.ExpiresAt),
	}
}

// SupportTickets implements [operations.TicketStore].
func (s *Store) SupportTickets(ctx context.Context, failure string, now time.Time, limit int) ([]operations.Ticket, error) {
	var rows []listedTicket
	err := s.read.SelectContext(ctx, &rows, listedTickets+" AND (? = '' OR t.failure = ?) ORDER BY t.expires_at, t.id LIMIT ?", ms(now), failure, failure, limit)
	if err != nil {
		return nil, fmt.Errorf("listing tickets: %w", err)
	}
	found := make([]operations.Ticket, len(rows))
	for i, row := range rows {
		found[i] = row.listed()
	}
	return found, nil
}

// SupportTicket implements [operations.TicketStore].
func (s *Store) SupportTicket(ctx context.Context, id string, now time.Time) (operations.Ticket, error) {
	var row listedTicket
	err := s.read.GetContext(ctx, &row, oneTicket, ms(now), id)
	if noRow(err) {
		return operations.Ticket{}, operations.ErrNotFound
	}
	if err != nil {
		return operations.Ticket{}, fmt.Errorf("reading a ticket: %w", err)
	}
	return row.listed(), nil
}

// AnswerTicket implements [operations.TicketStore].
func (s *Store) AnswerTicket(ctx context.Context, id, member string, now time.Time) error {
	err := s.tx(ctx, func(tx *sqlx.Tx) error {
		n, err := rowsMatched(tx.ExecContext(ctx, "UPDATE support_tickets SET answered_at = ?, answered_by = ? WHERE id = ? AND expires_at > ? AND answered_at = 0", ms(now), member, id, ms(now)))
		if err != nil || n == 1 {
			return err
		}
		var exists bool
		err = tx.GetContext(ctx, &exists, "SELECT EXISTS (SELECT 1 FROM support_tickets WHERE id = ? AND expires_at > ?)", id, ms(now))
		if err == nil && !exists {
			err = operations.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("recording the answer to a ticket: %w", err)
	}
	return nil
}

// TicketFailures implements [operations.TicketStore].
func (s *Store) TicketFailures(ctx context.Context, now time.Time) ([]operations.Reason, error) {
	var rows []struct {
		Failure string `db:"failure"`
		N       int    `db:"n"`
	}
	err := s.read.SelectContext(ctx, &rows, "SELECT failure, COUNT(*) AS n FROM support_tickets WHERE expires_at > ? GROUP BY failure ORDER BY n DESC, failure", ms(now))
	if err != nil {
		return nil, fmt.Errorf("counting tickets: %w", err)
	}
	found := make([]operations.Reason, len(rows))
	for i, r := range rows {
		found[i] = operations.Reason{Failure: r.Failure, Count: r.N}
	}
	return found, nil
}
